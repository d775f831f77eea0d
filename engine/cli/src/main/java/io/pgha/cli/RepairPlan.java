package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.drift.DriftCheck;
import io.pgha.core.drift.Pending;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.Listing;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A saved plan that takes machines back to what was last applied, and does nothing else. It is an
 * ordinary plan, limited to the instances that have drifted and whose configuration was applied:
 * where configuration would do more than undo the drift, the instance is left out.
 */
final class RepairPlan {
  private final Project project;
  private final Configuration configuration;
  private final State state;
  private final DriftCheck.Seen seen;
  private final Observer machines;
  private final Diagnostics diagnostics;

  RepairPlan(
      Project project,
      State state,
      DriftCheck.Seen seen,
      Observer machines,
      Diagnostics diagnostics) {
    this.project = project;
    this.configuration = project.configuration().orElseThrow();
    this.state = state;
    this.seen = seen;
    this.machines = machines;
    this.diagnostics = diagnostics;
  }

  /**
   * Takes away the plans of earlier runs: whoever applies what this run leaves must not come upon
   * one of them where this one finds nothing to repair.
   *
   * @throws CommandFailure where the file can't be written, or would be that of several roots;
   *     nothing is taken away then
   */
  static void clear(List<Main.Root> roots, Path file) throws IOException {
    Set<Path> targets = new HashSet<>();
    for (Main.Root root : roots) {
      // What can't be read is an error of that root alone, and gets no plan.
      if (Files.isReadable(root.folder()) && !targets.add(target(root, file))) {
        throw CommandFailure.of(
            "usage",
            "-repair-plan=%s is one file for several folders".formatted(file),
            "-chdir matches %d folders, and each has a plan of its own. Give a name without a folder, such as repair.plan: it is written in each of them."
                .formatted(roots.size()));
      }
    }
    for (Path target : targets) {
      Files.deleteIfExists(target);
    }
  }

  private static Path target(Main.Root root, Path file) throws IOException {
    Path named = root.folder().resolve(file).toAbsolutePath().normalize();
    SavedPlan.checkTarget(named);
    Path target = Files.exists(named) ? named.toRealPath() : named;
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw unwritable(named, "There is no folder " + parent + ". Make it first.");
    }
    if (!Files.isWritable(parent)) {
      throw unwritable(named, "This user may not write there.");
    }
    return parent.toRealPath().resolve(target.getFileName());
  }

  private static CommandFailure unwritable(Path file, String why) {
    return CommandFailure.of("not-written", file + " can't be written", why);
  }

  /**
   * Writes the plan, where there is something to repair; says what is left out.
   *
   * @param wanted the addresses of what is to be repaired
   * @param ignored the addresses of what is also ignored in part, with the line of the entry
   * @param command the words of the command that asks for it
   */
  void write(
      Path folder,
      Path file,
      Set<String> wanted,
      SortedMap<String, Integer> ignored,
      List<String> command)
      throws IOException, InterruptedException {
    Set<String> targets = new TreeSet<>(seen.repairs().keySet());
    targets.retainAll(wanted);
    if (seen.isMoving() && !targets.isEmpty()) {
      diagnostics.add(left(targets, moving(seen)));
      targets.clear();
    }
    tellIgnored(targets, ignored);
    targets.removeAll(ignored.keySet());
    Set<String> pending =
        seen.pending().stream()
            .map(Pending::address)
            .collect(Collectors.toCollection(TreeSet::new));
    pending.retainAll(targets);
    targets.removeAll(pending);
    Set<String> others = new TreeSet<>();
    Optional<Plan> plan = Optional.empty();
    while (plan.isEmpty() && !targets.isEmpty()) {
      Diagnostics found = new Diagnostics();
      PlanOptions options = PlanOptions.exactly(targets);
      Optional<Plan> made = new Planner(configuration, state, options, found).plan(machines);
      if (made.isEmpty() || found.hasErrors()) {
        diagnostics.addAll(found.all());
        break;
      }
      Set<String> more = doingMore(made.get());
      if (more.isEmpty()) {
        plan = made;
        SavedPlan.write(
            folder.resolve(file), made.get(), options, project, state, command, found.all());
      } else {
        others.addAll(more);
        targets.removeAll(more);
      }
    }
    tell(file, plan, pending, others);
  }

  /**
   * Why nothing is repaired as long as addresses change that were not applied yet: a plan that
   * moves nothing would leave a state that nobody described.
   */
  static String moving(DriftCheck.Seen seen) {
    return seen.pending().stream()
        .flatMap(each -> each.previousAddress().map(old -> old + " to " + each.address()).stream())
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                moves ->
                    "Addresses change that were not applied yet, and every plan changes all of them: "
                        + Listing.of(moves)
                        + ". Run pgha apply for these first, or take the change back."));
  }

  /** The instances for which a plan would do something else than undo their drift. */
  private Set<String> doingMore(Plan plan) {
    Set<String> more = new TreeSet<>();
    for (PlannedInstance planned : plan.changes()) {
      Change repair = seen.repairs().get(planned.address());
      boolean same =
          repair != null
              && (planned.action() == Action.UPDATE || planned.action() == Action.CREATE)
              && planned.change().attributes().equals(repair.attributes())
              && planned.change().artifacts().equals(repair.artifacts());
      if (!same) {
        more.add(planned.address());
      }
    }
    return more;
  }

  /** An instance is repaired as a whole: what is ignored of it would be undone too. */
  private void tellIgnored(Set<String> targets, SortedMap<String, Integer> ignored) {
    Map<Integer, Set<String>> byLine = new TreeMap<>();
    ignored.forEach((address, line) -> {
      if (targets.contains(address)) {
        byLine.computeIfAbsent(line, _ -> new TreeSet<>()).add(address);
      }
    });
    byLine.forEach((line, addresses) ->
        diagnostics.add(
            left(
                addresses,
                "Line %d of .pghaignore is about other drift there, which a plan would undo too. Take the entry out, or repair by hand."
                    .formatted(line))));
  }

  private void tell(Path file, Optional<Plan> plan, Set<String> pending, Set<String> others) {
    if (!pending.isEmpty()) {
      diagnostics.add(
          left(
              pending,
              "Their configuration was changed and not applied yet: pgha apply would do both at"
                  + " once. Look at pgha plan."));
    }
    if (!others.isEmpty()) {
      diagnostics.add(
          left(
              others,
              "A plan would do more than undo their drift, since what they refer to was changed in"
                  + " the configuration, or the machines changed meanwhile. Look at pgha plan."));
    }
    if (plan.isEmpty()) {
      diagnostics.add(
          Diagnostic.warning(
              "no-repair-plan",
              "No repair plan was written",
              "There is nothing that %s could repair.".formatted(file)));
    }
  }

  private static Diagnostic left(Set<String> addresses, String why) {
    return Diagnostic.warning(
        "not-in-repair-plan", "Not in the repair plan: " + Listing.of(List.copyOf(addresses)), why);
  }
}
