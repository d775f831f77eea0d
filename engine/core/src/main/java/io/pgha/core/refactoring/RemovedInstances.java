package io.pgha.core.refactoring;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Removal;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.refactoring.Scoped.Keys;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.InstanceAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the {@code removed} blocks of all modules say. */
public final class RemovedInstances {
  private final List<Scoped<Removal>> blocks;

  /** What a root module and all below it say. */
  public RemovedInstances(Module root) {
    // Of several blocks for one address the first holds, and a module's before its callees'.
    Map<List<String>, Scoped<Removal>> first = new LinkedHashMap<>();
    Scoped.all(root, Module::removals).forEach(each -> first.putIfAbsent(address(each), each));
    blocks = List.copyOf(first.values());
  }

  private static List<String> address(Scoped<Removal> removal) {
    return Stream.concat(
            removal.calls().stream(), removal.block().from().parts().stream().map(Part::name))
        .toList();
  }

  /**
   * Whether an instance is forgotten once it is not configured any more, and not destroyed. It is
   * where any address that blocks name, its own or that of a module that it is in, is to be
   * forgotten; of several blocks for the same address the first holds.
   */
  public boolean isForgotten(InstanceAddress address) {
    if (blocks.isEmpty()) {
      return false;
    }
    List<Part> parts = RelativeAddress.parts(address);
    return blocks.stream()
        .anyMatch(removal -> !removal.block().destroy() && isMeant(parts, removal));
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
