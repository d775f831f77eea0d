package io.pgha.core.drift;

import io.pgha.language.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;

/**
 * Configuration that was not applied yet. That is no drift.
 *
 * @param address the instance, as configuration has it
 * @param action what an apply would do
 * @param attributes the paths of the arguments that were changed; empty where it comes or goes as a
 *     whole
 * @param previousAddress the address that it was last applied at, where it moves
 * @param declared the line that declares it; empty where it goes
 */
public record Pending(
    String address,
    PendingAction action,
    List<String> attributes,
    Optional<String> previousAddress,
    Optional<SourceRange> declared) {
  public Pending {
    attributes = List.copyOf(attributes);
  }

  /** Something that stays at its address. */
  public Pending(
      String address,
      PendingAction action,
      List<String> attributes,
      Optional<SourceRange> declared) {
    this(address, action, attributes, Optional.empty(), declared);
  }
}
