package io.pgha.cli;

import io.pgha.language.diagnostic.NearestName;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.List;
import java.util.stream.Stream;

/** Finds instances of a state by what the user calls them. */
final class Addresses {
  private Addresses() {}

  /** The instances that an address names: one, all of a resource, or all of a module. */
  static List<InstanceState> matching(State state, String address) {
    return named(state, address, state.instances().values().stream());
  }

  /** The same, and what replacements put aside and did not come to remove. */
  static List<InstanceState> objects(State state, String address) {
    return named(state, address, state.objects());
  }

  private static List<InstanceState> named(
      State state, String address, Stream<InstanceState> objects) {
    List<InstanceState> found =
        objects.filter(object -> names(address, object.address().text())).toList();
    if (found.isEmpty()) {
      throw unknown(state, address);
    }
    return found;
  }

  /** Whether an address names anything. */
  static boolean isKnown(State state, String address) {
    return state.instances().keySet().stream().anyMatch(each -> names(address, each));
  }

  /** The one instance at an address. */
  static InstanceState one(State state, String address) {
    InstanceState instance = state.instances().get(address);
    if (instance != null) {
      return instance;
    }
    List<InstanceState> found = matching(state, address);
    throw CommandFailure.of(
        "several-instances",
        address + " is more than one instance",
        "Say which: "
            + String.join(", ", found.stream().map(each -> each.address().text()).toList())
            + ". In a shell, put single quotes around it.");
  }

  static boolean names(String wanted, String address) {
    return address.equals(wanted)
        || address.startsWith(wanted + "[")
        || (wanted.startsWith("module.") && address.startsWith(wanted + "."));
  }

  private static CommandFailure unknown(State state, String address) {
    String near =
        NearestName.of(address, state.instances().keySet())
            .map(name -> " Did you mean " + name + "?")
            .orElse("");
    String quotes =
        address.contains("[") && !address.contains("\"")
            ? " A shell takes quotes away: put single quotes around the address."
            : "";
    return CommandFailure.of(
        "unknown-address",
        "The state has no " + address,
        "pgha state list shows all that it has." + near + quotes);
  }
}
