package io.pgha.core.drift;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.provider.change.Action;
import java.util.List;
import java.util.Optional;

/**
 * Configuration that was not applied yet. That is no drift.
 *
 * @param address the instance
 * @param action what an apply would do
 * @param attributes the paths of the arguments that were changed; empty where it comes or goes as a
 *     whole
 * @param declared the line that declares it; empty where it goes
 */
public record Pending(
    String address, Action action, List<String> attributes, Optional<SourceRange> declared) {
  public Pending {
    attributes = List.copyOf(attributes);
  }
}
