package io.pgha.core.refactoring;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Removal;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.refactoring.Scoped.Keys;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What the {@code removed} blocks of all modules say. */
public final class RemovedInstances {
  private final List<Scoped<Removal>> blocks;

  /** What a root module and all below it say. */
  public RemovedInstances(Module root) {
    blocks = new ArrayList<>(Scoped.all(root, Module::removals));
    // What is said of a resource comes before what is said of its whole module.
    blocks.sort(
        Comparator.<Scoped<Removal>>comparingInt(
                removal -> removal.calls().size() + removal.block().from().parts().size())
            .reversed());
  }

  /** Whether an instance is forgotten once it is not configured any more, and not destroyed. */
  public boolean isForgotten(InstanceAddress address) {
    if (blocks.isEmpty()) {
      return false;
    }
    List<Part> parts = RelativeAddress.parts(address);
    return blocks.stream()
        .filter(removal -> isMeant(parts, removal))
        .findFirst()
        .filter(removal -> !removal.block().destroy())
        .isPresent();
  }

  private static boolean isMeant(List<Part> address, Scoped<Removal> removal) {
    return removal.isWithin(address, removal.block().from(), Keys.NONE);
  }

  /**
   * Reports blocks that say that something was removed which is still configured.
   *
   * @param configured the addresses of all configured instances
   */
  public void check(Collection<String> configured, Diagnostics diagnostics) {
    Scoped.stillConfigured(
        blocks,
        configured,
        RemovedInstances::isMeant,
        (removal, address) ->
            diagnostics.add(
                Diagnostic.error(
                    "still-there",
                    "What was removed is still there",
                    "This says that %s was removed, but the configuration has %s. Take away one of"
                            .formatted(removal.from(), address)
                        + " the two.",
                    removal.range())));
  }
}
