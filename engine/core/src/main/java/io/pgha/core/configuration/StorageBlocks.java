package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Block;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a module says of where state is kept; only what the root module says counts.
 *
 * @param backend its {@code backend} block
 * @param encryption its {@code encryption} block
 */
public record StorageBlocks(Optional<Block> backend, Optional<Block> encryption) {
  /** Says nothing of that. */
  public static final StorageBlocks NONE = new StorageBlocks(Optional.empty(), Optional.empty());

  /** Whether there is anything to it. */
  public boolean isEmpty() {
    return backend.isEmpty() && encryption.isEmpty();
  }

  /** These and what another {@code pgha} block says; each can be said once. */
  StorageBlocks and(List<Block> backends, List<Block> encryptions, Diagnostics diagnostics) {
    return new StorageBlocks(
        single(backend, backends, diagnostics), single(encryption, encryptions, diagnostics));
  }

  private static Optional<Block> single(
      Optional<Block> before, List<Block> found, Diagnostics diagnostics) {
    List<Block> all = Stream.concat(before.stream(), found.stream()).toList();
    all.stream()
        .skip(1)
        .forEach(block ->
            diagnostics.add(
                Diagnostic.error(
                    "duplicate-block",
                    "Duplicate " + block.type() + " configuration",
                    "A module may have only one %s block, and there is one at %s already."
                        .formatted(block.type(), all.getFirst().headerRange()),
                    block.headerRange())));
    return all.stream().findFirst();
  }

  /** Warns of what does not count, since another module calls this one. */
  void warnIgnored(Diagnostics diagnostics) {
    for (Optional<Block> each : List.of(backend, encryption)) {
      each.ifPresent(block ->
          diagnostics.add(
              Diagnostic.warning(
                      "ignored-block",
                      "The %s block does nothing here".formatted(block.type()),
                      "There is one state for a module and all that it calls: only the root module says"
                          + " where that is kept, and how.")
                  .at(block.headerRange())));
    }
  }
}
