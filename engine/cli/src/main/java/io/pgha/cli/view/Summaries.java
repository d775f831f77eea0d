package io.pgha.cli.view;

import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect.Kind;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Counts what a plan adds, changes and destroys, and what that touches. */
final class Summaries {
  private Summaries() {}

  static PlanView.Summary of(Plan plan) {
    long replaced = plan.count(Action.REPLACE);
    return new PlanView.Summary(
        plan.count(Action.CREATE) + replaced,
        plan.count(Action.UPDATE),
        plan.count(Action.DELETE) + replaced,
        plan.stateChanges().moves().addresses().size(),
        plan.stateChanges().imported().size(),
        plan.stateChanges().forgotten().size(),
        plan.stateChanges().refreshedCount(),
        plan.stateChanges().goneCount(),
        touched(plan));
  }

  private static List<String> touched(Plan plan) {
    Set<String> hosts = new TreeSet<>();
    int files = 0;
    int packages = 0;
    for (PlacedStep placed : (Iterable<PlacedStep>) steps(plan)::iterator) {
      if (placed.target() instanceof Target.Host(String host)) {
        hosts.add(host);
      }
      if (placed.step() instanceof Step.WriteFile) {
        files++;
      } else if (placed.step() instanceof Step.InstallPackages install) {
        packages += install.packages().size();
      }
    }
    List<String> parts = new ArrayList<>();
    count(parts, hosts.size(), "host");
    count(parts, files, "file");
    count(parts, packages, "package");
    count(parts, effects(plan, Kind.RELOAD), "reload");
    count(parts, effects(plan, Kind.RESTART), "restart");
    count(parts, effects(plan, Kind.SWITCHOVER), "switchover");
    count(parts, effects(plan, Kind.OUTAGE), "outage");
    return parts;
  }

  private static Stream<PlacedStep> steps(Plan plan) {
    return plan.changes().stream()
        .flatMap(instance ->
            Stream.concat(Stream.of(instance.change()), instance.removal().stream()).distinct())
        .flatMap(change -> Stream.concat(change.prepare().stream(), change.activate().stream()));
  }

  private static int effects(Plan plan, Kind kind) {
    return (int)
        plan.changes().stream()
            .map(PlannedInstance::change)
            .map(Change::effect)
            .filter(effect -> effect.kind() == kind)
            .count();
  }

  private static void count(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(number + " " + what + (number == 1 ? "" : "s"));
    }
  }
}
