package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.ephemeral.EphemeralType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens ephemeral resources: each once with the same arguments, however often it is evaluated.
 * Thread-safe.
 */
public abstract class Ephemerals {
  /** For whoever only looks at a configuration: what is opened by a run is not known. */
  public static final Ephemerals CLOSED =
      new Ephemerals() {
        @Override
        Opening open(String address, EphemeralType type, ObjectValue values) {
          return new Opening(Optional.empty(), Optional.empty());
        }
      };

  private Ephemerals() {}

  /**
   * For a run.
   *
   * @param directory the root module's folder
   */
  public static Ephemerals opened(Path directory) {
    return new Opened(new LocalSources(directory));
  }

  /**
   * What came of opening an instance: its computed attributes or why there are none; neither where
   * it was not opened.
   */
  record Opening(Optional<ObjectValue> attributes, Optional<Diagnostic> failure) {}

  /**
   * Opens an instance.
   *
   * @param values its arguments, all known
   */
  abstract Opening open(String address, EphemeralType type, ObjectValue values);

  private static final class Opened extends Ephemerals {
    private record Key(String address, ObjectValue values) {}

    private final LocalSources sources;
    private final Map<Key, Opening> known = new HashMap<>();

    private Opened(LocalSources sources) {
      this.sources = sources;
    }

    @Override
    synchronized Opening open(String address, EphemeralType type, ObjectValue values) {
      return known.computeIfAbsent(new Key(address, values), key -> opening(type, values));
    }

    private Opening opening(EphemeralType type, ObjectValue values) {
      try {
        String text = sources.text(type.source(values));
        return new Opening(Optional.of(type.read(values, text)), Optional.empty());
      } catch (LocalSources.Failure e) {
        return new Opening(Optional.empty(), Optional.of(e.diagnostic()));
      }
    }
  }
}
