package io.pgha.core.evaluation;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks for the names that were probably meant, for the first errors only. To find one, all names
 * are compared: for thousands of errors among thousands of names that takes minutes, and who has so
 * many mends the cause of the first.
 */
final class Suggestions {
  private static final int MOST = 20;

  private int sought;

  /** What a search finds; nothing once there were many. */
  Optional<String> of(Supplier<Optional<String>> search) {
    return ++sought > MOST ? Optional.empty() : search.get();
  }
}
