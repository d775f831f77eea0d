package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.refactoring.Moves;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.state.InstanceAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Warns of what {@code -replace} names and no instance is: nothing is made anew there, and the plan
 * says nothing of it.
 *
 * @param known the addresses of all instances
 */
record RequestedReplacements(Module root, Set<String> known, Moves moves) {
  /** Warns of each of these addresses that no instance has. */
  void check(Set<String> requested, Diagnostics diagnostics) {
    new TreeSet<>(requested)
        .stream()
            .filter(address -> !known.contains(address))
            .map(address -> unmatched(InstanceAddress.parse(address)))
            .forEach(diagnostics::add);
  }

  private Diagnostic unmatched(InstanceAddress address) {
    return Diagnostic.warning(
        "unmatched-replacement",
        "Nothing is replaced at " + address,
        lackingKeys(address)
            .or(() -> moved(address))
            .or(() -> withoutInstance(address))
            .orElseGet(() -> unknown(address)));
  }

  /** A resource or a module with count or for_each needs a key to be one instance. */
  private Optional<String> lackingKeys(InstanceAddress address) {
    List<String> instances =
        known.stream()
            .filter(each -> completes(address.steps(), InstanceAddress.parse(each).steps()))
            .sorted()
            .map(each -> "-replace='" + each + "'")
            .toList();
    return instances.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The address lacks the key of an instance. Say which: " + Listing.of(instances));
  }

  private static boolean completes(List<String> written, List<String> whole) {
    if (written.size() != whole.size()) {
      return false;
    }
    for (int i = 0; i < written.size(); i++) {
      String step = whole.get(i);
      if (!step.equals(written.get(i)) && !step.startsWith(written.get(i) + "[")) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> moved(InstanceAddress address) {
    return Optional.ofNullable(moves.addresses().get(address.text()))
        .map(to -> "It moves to " + to + ": name that.");
  }

  private Optional<String> withoutInstance(InstanceAddress address) {
    if (root.declaring(address).isEmpty()) {
      return Optional.empty();
    }
    List<String> instances =
        known.stream()
            .filter(each -> InstanceAddress.parse(each).resource().equals(address.resource()))
            .sorted()
            .toList();
    return Optional.of(
        instances.isEmpty()
            ? "The resource has no instances."
            : "The resource has no such instance; it has " + Listing.of(instances) + ".");
  }

  private String unknown(InstanceAddress address) {
    return "Neither configuration nor state has it."
        + NearestName.of(address.text(), known)
            .map(near -> " Did you mean " + near + "?")
            .orElse("");
  }
}
