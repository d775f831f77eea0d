package io.pgha.provider.change;

import java.util.List;

/**
 * A difference in something that an instance owns on a host.
 *
 * @param host the address of the host
 * @param key what it is, as in {@link ArtifactDigest}
 * @param kind what is done to it
 * @param summary one line, such as {@code stopped -> running} or {@code mode 0666 -> 0640}
 * @param diff the lines of a unified diff without file headers, secrets hidden; empty for what has
 *     no text
 * @param reason why, such as {@code changed outside pgha}; may be empty
 */
public record ArtifactChange(
    String host, String key, Kind kind, String summary, List<String> diff, String reason) {
  public ArtifactChange {
    diff = List.copyOf(diff);
  }

  /** What is done to an artifact. */
  public enum Kind {
    CREATE,
    UPDATE,
    DELETE
  }
}
