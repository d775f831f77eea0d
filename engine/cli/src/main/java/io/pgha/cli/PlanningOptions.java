package io.pgha.cli;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that make a plan. */
final class PlanningOptions {
  @Option(
      names = {"-target", "--target"},
      paramLabel = "ADDRESS",
      description = "Plan only this resource, module or instance and what it needs.")
  List<String> targets = new ArrayList<>();

  @Option(
      names = {"-exclude", "--exclude"},
      paramLabel = "ADDRESS",
      description = "Plan all but this resource, module or instance and what needs it.")
  List<String> exclusions = new ArrayList<>();

  @Option(
      names = {"-replace", "--replace"},
      paramLabel = "ADDRESS",
      description = "Make this instance anew.")
  List<String> replacements = new ArrayList<>();

  @Option(
      names = {"-destroy", "--destroy"},
      description = "Plan to take away all that was made.")
  boolean destroy;

  @Option(
      names = {"-refresh", "--refresh"},
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description =
          "Whether the machines are asked. Without, a plan compares configuration with what was last"
              + " applied; it can't be carried out.")
  boolean refresh;

  @Option(
      names = {"-refresh-only", "--refresh-only"},
      description = "Take what the machines say for what was last applied. No machine is changed.")
  boolean refreshOnly;

  @Option(
      names = {"-parallelism", "--parallelism"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many steps may run at once. Default: ${DEFAULT-VALUE}.")
  int parallelism;

  @Mixin LockOptions lock = new LockOptions();

  PlanOptions options(Mode mode) {
    checkParallelism();
    if (refreshOnly) {
      checkRefreshOnly(mode == Mode.DESTROY);
    }
    return new PlanOptions(
        mode, Set.copyOf(targets), Set.copyOf(exclusions), Set.copyOf(replacements), refresh);
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

  /** Refuses to carry out what nobody has looked at. */
  void checkRefresh(String what) {
    if (!refresh) {
      throw CommandFailure.of(
          "usage",
          "-refresh=false is for looking only",
          what
              + " needs to know how the machines are: no step is known without. Leave"
              + " -refresh=false out.");
    }
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
