package io.pgha.core.plan;

import io.pgha.provider.change.ArtifactDigest;
import io.pgha.state.ArtifactState;
import java.util.List;

/** What providers and state each know of artifacts, by one another. */
public final class ArtifactStates {
  private ArtifactStates() {}

  /** What state keeps of artifacts. */
  public static List<ArtifactState> of(List<ArtifactDigest> artifacts) {
    return artifacts.stream().map(a -> new ArtifactState(a.host(), a.key(), a.facts())).toList();
  }

  /** What state has kept of artifacts. */
  static List<ArtifactDigest> digests(List<ArtifactState> artifacts) {
    return artifacts.stream().map(a -> new ArtifactDigest(a.host(), a.key(), a.facts())).toList();
  }
}
