package io.pgha.provider.change;

import io.pgha.provider.Instance;
import java.util.Optional;

/**
 * What to compare.
 *
 * @param instance the desired instance; for a deletion the instance as it was last applied
 * @param deletion whether the instance is to go
 * @param prior what was last applied; empty where nothing ever was
 * @param live what the machines say
 * @param claimed whether this lineage began to make the instance before, on these very machines:
 *     what is found may be its own unfinished work, and a create goes on instead of refusing
 */
public record PlanRequest(
    Instance instance, boolean deletion, Optional<Prior> prior, Live live, boolean claimed) {
  /** Whether what is found may be taken as this instance's own. */
  public boolean owned() {
    return prior.isPresent() || claimed;
  }
}
