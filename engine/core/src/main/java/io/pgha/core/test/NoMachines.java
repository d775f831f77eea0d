package io.pgha.core.test;

import io.pgha.core.observation.Fleet;
import java.util.Optional;

/** The machines of a test: none. */
final class NoMachines {
  /** How much is done at once. */
  static final int PARALLELISM = 10;

  private NoMachines() {}

  /** A fleet that has no way to reach a machine, and knows none. */
  static Fleet fleet() {
    return new Fleet(
        () -> {
          throw new IllegalStateException("a test opens no connection");
        },
        _ -> Optional.empty());
  }
}
