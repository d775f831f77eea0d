package io.pgha.provider.change;

import io.pgha.language.value.ObjectValue;
import java.util.List;

/**
 * What was last applied to an instance, from state.
 *
 * @param attributes its attributes without secrets and volatile ones
 * @param artifacts what it owned on its hosts
 */
public record Prior(ObjectValue attributes, List<ArtifactDigest> artifacts) {
  public Prior {
    artifacts = List.copyOf(artifacts);
  }
}
