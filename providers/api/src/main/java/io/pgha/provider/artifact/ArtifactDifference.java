package io.pgha.provider.artifact;

import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.step.PlacedStep;
import java.util.List;
import java.util.Set;

/**
 * One artifact that is not as it should be.
 *
 * @param artifact the artifact as it should be, or for a removal as it was
 * @param aspects in what it differs
 * @param change the difference as people see it
 * @param steps what mends just this one; an installation names this package alone
 */
public record ArtifactDifference(
    Artifact artifact, Set<Aspect> aspects, ArtifactChange change, List<PlacedStep> steps) {
  public ArtifactDifference {
    aspects = Set.copyOf(aspects);
    steps = List.copyOf(steps);
  }

  /** In what an artifact can differ. */
  public enum Aspect {
    /** It is not there. */
    MISSING,
    /** It is there and must not be. */
    PRESENT,
    /** Something else is in its place, such as a directory where a file should be. */
    KIND,
    CONTENT,
    /** Mode, owner or group. */
    PERMISSIONS,
    VERSION,
    HOLD,
    ENABLED,
    RUNNING
  }
}
