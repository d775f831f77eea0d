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
      names = {"-parallelism", "--parallelism"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many steps may run at once. Default: ${DEFAULT-VALUE}.")
  int parallelism;

  @Mixin LockOptions lock = new LockOptions();

  PlanOptions options(Mode mode) {
    checkParallelism();
    return new PlanOptions(
        mode, Set.copyOf(targets), Set.copyOf(exclusions), Set.copyOf(replacements));
  }

  void checkParallelism() {
    if (parallelism < 1) {
      throw CommandFailure.of(
          "usage", "-parallelism must be 1 or more", "It was given " + parallelism + ".");
    }
  }

  /** Whether an option says what is planned: everything as configured without one. */
  boolean shapesThePlan() {
    return destroy || !targets.isEmpty() || !exclusions.isEmpty() || !replacements.isEmpty();
  }

  PlanOptions options() {
    return options(destroy ? Mode.DESTROY : Mode.NORMAL);
  }
}
