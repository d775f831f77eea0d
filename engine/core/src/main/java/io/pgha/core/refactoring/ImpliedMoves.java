package io.pgha.core.refactoring;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Repetition;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves that nobody has to declare: what had no count and has one now is its instance 0, and what
 * was instance 0 is the only one where count is gone. For resources as Terraform does; for modules
 * too, where Terraform would destroy all that they hold and make it anew.
 */
final class ImpliedMoves {
  private static final String FIRST = "[0]";

  private final Module root;
  private final State state;

  /** What {@link #taken} found, once it was asked. */
  private @Nullable Set<String> taken;

  ImpliedMoves(Module root, State state) {
    this.root = root;
    this.state = state;
  }

  /** The addresses of all instances and of all module instances that state has. */
  private Set<String> taken() {
    Set<String> found = taken;
    if (found == null) {
      found = new HashSet<>();
      for (SortedMap<String, InstanceState> all : List.of(state.instances(), state.deposed())) {
        for (InstanceState instance : all.values()) {
          List<Part> parts = RelativeAddress.parts(instance.address());
          for (int length = 1; length <= parts.size(); length++) {
            found.add(RelativeAddress.text(parts.subList(0, length)));
          }
        }
      }
      taken = found;
    }
    return found;
  }

  /** Where the first part of an address that counts otherwise by now takes it. */
  Optional<List<Part>> next(List<Part> address) {
    Module module = root;
    for (int i = 0; i < address.size(); i++) {
      Part part = address.get(i);
      String name = part.name().substring(part.name().indexOf('.') + 1);
      Call call = part.isModule() ? module.calls().get(name) : null;
      String key = key(part, repetition(module, part, call));
      if (!key.equals(part.key())) {
        List<Part> moved = new ArrayList<>(address);
        moved.set(i, part.withKey(key));
        if (!taken().contains(RelativeAddress.text(moved.subList(0, i + 1)))) {
          return Optional.of(moved);
        }
      }
      if (call == null) {
        return Optional.empty();
      }
      module = call.module();
    }
    return Optional.empty();
  }

  private static @Nullable Repetition repetition(Module module, Part part, @Nullable Call call) {
    if (call != null) {
      return call.repetition();
    }
    Resource resource = part.isModule() ? null : module.resources().get(part.name());
    return resource == null ? null : resource.repetition();
  }

  /** The key that a part has by now. */
  private static String key(Part part, @Nullable Repetition repetition) {
    if (repetition instanceof Repetition.Count && part.key().isEmpty()) {
      return FIRST;
    }
    return repetition instanceof Repetition.Single && part.key().equals(FIRST) ? "" : part.key();
  }
}
