package io.pgha.cli;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of all commands that make a plan. */
final class PlanningOptions {
  @Option(
      names = {"-target", "--target"},
      paramLabel = "ADDRESS",
      description = "Plan only this resource, module or instance and what it needs.")
  List<String> targets = new ArrayList<>();

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

  @Option(
      names = {"-lock", "--lock"},
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Whether the state is locked.")
  boolean lock;

  @Option(
      names = {"-lock-timeout", "--lock-timeout"},
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "How long to wait for a lock that another holds, such as 30s.")
  Duration lockTimeout = Duration.ZERO;

  PlanOptions options(Mode mode) {
    return new PlanOptions(mode, Set.copyOf(targets), Set.copyOf(replacements));
  }

  PlanOptions options() {
    return options(destroy ? Mode.DESTROY : Mode.NORMAL);
  }
}
