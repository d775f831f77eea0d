package io.pgha.core.refactoring;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A block with the place of its module.
 *
 * @param calls the module calls that lead to the module, as {@link Part#name} has them
 */
record Scoped<T>(List<String> calls, T block) {
  /** Which keys of an address have to be those that a block has. */
  enum Keys {
    ALL,
    ALL_BUT_THE_LAST,
    NONE
  }

  /** The blocks of a kind in a module and in those that it calls. */
  static <T> List<Scoped<T>> all(Module root, Function<Module, List<T>> kind) {
    List<Scoped<T>> all = new ArrayList<>();
    collect(root, List.of(), kind, all);
    return all;
  }

  private static <T> void collect(
      Module module, List<String> calls, Function<Module, List<T>> kind, List<Scoped<T>> all) {
    kind.apply(module).forEach(block -> all.add(new Scoped<>(calls, block)));
    module
        .calls()
        .forEach((name, call) -> {
          List<String> deeper = new ArrayList<>(calls);
          deeper.add("module." + name);
          collect(call.module(), deeper, kind, all);
        });
  }

  /**
   * Reports the blocks that mean an instance which is configured, each with the first such
   * instance.
   *
   * @param isMeant whether a block means what is at an address
   */
  static <T> void stillConfigured(
      List<Scoped<T>> blocks,
      Collection<String> configured,
      BiPredicate<List<Part>, Scoped<T>> isMeant,
      BiConsumer<T, String> report) {
    if (blocks.isEmpty()) {
      return;
    }
    List<List<Part>> addresses =
        configured.stream().map(InstanceAddress::parse).map(RelativeAddress::parts).toList();
    for (Scoped<T> block : blocks) {
      addresses.stream()
          .filter(address -> isMeant.test(address, block))
          .findFirst()
          .ifPresent(address -> report.accept(block.block(), RelativeAddress.text(address)));
    }
  }

  /** Whether an instance is, or is in, what the block means by an address. */
  boolean isWithin(List<Part> instance, RelativeAddress meant, Keys keys) {
    int start = calls.size();
    if (instance.size() < start + meant.parts().size()) {
      return false;
    }
    for (int i = 0; i < start; i++) {
      if (!instance.get(i).name().equals(calls.get(i))) {
        return false;
      }
    }
    for (int i = 0; i < meant.parts().size(); i++) {
      Part wanted = meant.parts().get(i);
      Part part = instance.get(start + i);
      boolean last = i == meant.parts().size() - 1;
      boolean anyKey = keys == Keys.NONE || (last && keys == Keys.ALL_BUT_THE_LAST);
      if (!part.name().equals(wanted.name()) || !(anyKey || part.key().equals(wanted.key()))) {
        return false;
      }
    }
    return true;
  }
}
