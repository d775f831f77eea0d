package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.state.InstanceAddress;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The options of all commands that make a plan. */
final class PlanningOptions {
  List<String> targets = new ArrayList<>();
  List<String> exclusions = new ArrayList<>();
  List<String> replacements = new ArrayList<>();
  boolean destroy;
  boolean refresh;
  boolean refreshOnly;
  int parallelism;

  final LockOptions lock = new LockOptions();

  /** Declares them. */
  void declare(Arguments takes) {
    takes.options(
        "-target",
        "ADDRESS",
        String.class,
        "Plan only this resource, module or instance and what it needs.",
        given -> targets = given);
    takes.options(
        "-exclude",
        "ADDRESS",
        String.class,
        "Plan all but this resource, module or instance and what needs it.",
        given -> exclusions = given);
    takes.options(
        "-replace",
        "ADDRESS",
        String.class,
        "Make this instance anew.",
        given -> replacements = given);
    takes.flag("-destroy", "Plan to take away all that was made.", given -> destroy = given);
    takes.toggle(
        "-refresh",
        true,
        "Whether the machines are asked. Without, a plan compares configuration with what was last"
            + " applied; it can't be carried out.",
        given -> refresh = given);
    takes.flag(
        "-refresh-only",
        "Take what the machines say for what was last applied. No machine is changed.",
        given -> refreshOnly = given);
    takes.option(
        "-parallelism",
        "N",
        Integer.class,
        "10",
        "How many steps may run at once. Default: ${DEFAULT-VALUE}.",
        given -> parallelism = given);
    lock.declare(takes);
  }

  PlanOptions options(Mode mode) {
    checkParallelism();
    replacements.forEach(PlanningOptions::checkReplacement);
    if (refreshOnly) {
      checkRefreshOnly(mode == Mode.DESTROY);
    }
    if (mode == Mode.DESTROY && !replacements.isEmpty()) {
      throw CommandFailure.of(
          "usage",
          "Nothing is replaced where all is destroyed",
          "-replace says otherwise: leave one of them out.");
    }
    return new PlanOptions(
        mode, Set.copyOf(targets), Set.copyOf(exclusions), Set.copyOf(replacements), refresh);
  }

  private static void checkReplacement(String address) {
    String summary = "Invalid address \"" + address + "\" of -replace";
    InstanceAddress parsed;
    try {
      parsed = InstanceAddress.parse(address);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.of("invalid-address", summary, e.getMessage() + ".");
    }
    if (parsed.mode() == InstanceAddress.Mode.DATA) {
      throw CommandFailure.of(
          "invalid-address", summary, "What is only read can't be made anew: name a resource.");
    }
  }

  private void checkRefreshOnly(boolean destroys) {
    if (destroys || !replacements.isEmpty() || !refresh) {
      throw CommandFailure.of(
          "usage",
          "-refresh-only changes no machine",
          (destroys ? "To destroy" : refresh ? "-replace" : "-refresh=false")
              + " says otherwise: leave one of them out.");
    }
  }

  /**
   * The options of what is to be carried out. Where nothing is on a machine, none is asked anyway.
   *
   * @throws CommandFailure where nobody would have looked at the machines
   */
  static PlanOptions looking(
      PlanOptions options, String what, Configuration configuration, State state) {
    if (!options.refresh() && configuration.reachesMachines(state)) {
      throw CommandFailure.of(
          "usage",
          "-refresh=false is for looking only",
          what
              + " needs to know how the machines are: no step is known without. Leave"
              + " -refresh=false out.");
    }
    return options.withRefresh();
  }

  void checkParallelism() {
    if (parallelism < 1) {
      throw CommandFailure.of(
          "usage", "-parallelism must be 1 or more", "It was given " + parallelism + ".");
    }
  }

  /** Whether an option says what is planned: everything as configured without one. */
  boolean shapesThePlan() {
    return destroy
        || refreshOnly
        || !refresh
        || !targets.isEmpty()
        || !exclusions.isEmpty()
        || !replacements.isEmpty();
  }

  PlanOptions options() {
    return options(destroy ? Mode.DESTROY : refreshOnly ? Mode.REFRESH_ONLY : Mode.NORMAL);
  }
}
