package io.pgha.core.plan;

import io.pgha.language.value.Value;
import java.util.Optional;

/**
 * An output before and after.
 *
 * @param before what state says; empty where it has none
 * @param after what it will be, perhaps unknown; empty where it goes
 * @param sensitive whether neither is to be shown
 */
public record PlannedOutput(
    String name, Optional<Value> before, Optional<Value> after, boolean sensitive) {
  /** Whether it changes. */
  public boolean isChange() {
    return !before.equals(after);
  }
}
