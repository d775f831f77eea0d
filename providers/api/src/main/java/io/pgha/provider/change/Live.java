package io.pgha.provider.change;

import io.pgha.language.value.ObjectValue;
import io.pgha.provider.probe.ProbeResults;
import java.util.List;

/**
 * What the machines say of an instance.
 *
 * @param presence whether it is there
 * @param found what was found, in words, for the error that refuses to overwrite it; empty text
 *     where nothing was
 * @param attributes attributes as they are, volatile ones too and without secrets; one that can't
 *     be read is left out
 * @param artifacts what of its artifacts is there
 * @param answers the answers themselves, for what {@code plan} must see besides
 */
public record Live(
    Presence presence,
    String found,
    ObjectValue attributes,
    List<ArtifactDigest> artifacts,
    ProbeResults answers) {
  public Live {
    artifacts = List.copyOf(artifacts);
  }

  /** Whether an instance is there. */
  public enum Presence {
    /** Nothing of it is there. */
    ABSENT,
    /** What is there is the distribution's untouched default: it may be replaced. */
    DEFAULT,
    /** It, or something in its place, is there. */
    PRESENT,
    /** Nobody who knows has answered; as far as can be seen nothing is there. */
    UNKNOWN;

    /** Whether something is known to be there. */
    public boolean isThere() {
      return this == DEFAULT || this == PRESENT;
    }
  }
}
