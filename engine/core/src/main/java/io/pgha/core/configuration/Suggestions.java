package io.pgha.core.configuration;

import io.pgha.language.diagnostic.NearestName;
import java.util.Collection;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class Suggestions {
  private Suggestions() {}

  /** The known name that is nearest to a wrong one, where one is near enough to be a slip. */
  public static Optional<String> nearest(String wrong, Collection<String> known) {
    return NearestName.of(wrong, known);
  }
}
