package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.drift.DriftCheck;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Ignores;
import io.pgha.core.drift.RootReport;
import io.pgha.core.observation.Fleet;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.provider.transport.Transport;
import io.pgha.state.State;
import io.pgha.state.StateException;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at one root for {@code pgha drift}. Used once. */
final class RootCheck {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Main main;
  private final Main.Root root;
  private final ProjectOptions project;
  private final DriftCommand.DriftOptions options;
  private final Diagnostics diagnostics = new Diagnostics();
  private SourceFiles sources = new SourceFiles();
  private State state = State.EMPTY;

  RootCheck(Main main, Main.Root root, ProjectOptions project, DriftCommand.DriftOptions options) {
    this.main = main;
    this.root = root;
    this.project = project;
    this.options = options;
  }

  /**
   * What came of it.
   *
   * @param diagnostics what there is to show besides
   * @param sources what they show lines of
   */
  record Result(RootReport report, Diagnostics diagnostics, SourceFiles sources) {}

  /** Looks. What goes wrong is an error of this root, and keeps no other from being told of. */
  Result result() throws InterruptedException {
    RootReport report;
    try {
      report = look();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      failed(e);
      report = nothingSeen();
    }
    return new Result(report, diagnostics, sources);
  }

  private void failed(Throwable e) {
    diagnostics.add(Failures.describe(e));
    if (!(e instanceof CommandFailure || e instanceof StateException)) {
      Failures.trace(e, main.surroundings());
    }
  }

  private RootReport look() throws Exception {
    Project loaded =
        Project.load(
            root.folder(), project.given(main.surroundings()), Providers.types(), diagnostics);
    sources = loaded.sources();
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    Ignores ignores = Ignores.read(root.folder(), today, diagnostics, sources);
    if (loaded.storage().isEmpty()) {
      return nothingSeen();
    }
    States states = States.of(loaded);
    state = states.read();
    if (loaded.configuration().isEmpty() || diagnostics.hasErrors()) {
      return nothingSeen();
    }
    if (state.lineage().isEmpty()) {
      diagnostics.add(nothingApplied(loaded));
      return nothingSeen();
    }
    states.checkIdle();
    Configuration configuration = loaded.configuration().get();
    DriftCheck check = check(configuration);
    Supplier<Transport> transport =
        Providers.transport(configuration, main.surroundings().transport());
    try (Fleet fleet = new Fleet(transport, check::connection, main.surroundings().stages())) {
      Optional<DriftCheck.Seen> seen = check.look(fleet);
      if (seen.isEmpty()) {
        return nothingSeen();
      }
      states.checkUnchanged(state);
      if (state.instances().isEmpty()) {
        diagnostics.add(nothingCompared());
      }
      boolean whole = options.targets.isEmpty() && options.exclusions.isEmpty();
      Ignores.Outcome told =
          ignores.apply(seen.get().findings(), seen.get().silences(), whole, today);
      SortedMap<String, Integer> ignored = ignored(told);
      writeRepairs(loaded, seen.get(), told, ignored, fleet);
      return report(configuration, seen.get(), told, ignored.keySet());
    }
  }

  private DriftCheck check(Configuration configuration) {
    return new DriftCheck(
        configuration,
        state,
        new PlanOptions(
            Mode.NORMAL,
            Set.copyOf(options.targets),
            Set.copyOf(options.exclusions),
            Set.of(),
            true),
        new DriftCheck.Settling(options.settle, PAUSE, Thread::sleep),
        diagnostics);
  }

  /** Keeps a plan where one is asked for. Where that fails, what was found is still told. */
  private void writeRepairs(
      Project loaded,
      DriftCheck.Seen seen,
      Ignores.Outcome told,
      SortedMap<String, Integer> ignored,
      Observer machines)
      throws InterruptedException {
    if (options.repair().isEmpty()) {
      return;
    }
    Set<String> wanted =
        told.findings().stream()
            .flatMap(finding -> seen.repairable(finding).stream())
            .filter(this::isAskedFor)
            .collect(Collectors.toSet());
    Continuation command =
        new Continuation(
            loaded.configuration().orElseThrow().module().variables(), address -> false);
    try {
      new RepairPlan(loaded, state, seen, machines, diagnostics)
          .write(
              root.folder(),
              options.repair().get(),
              wanted,
              ignored,
              command.words(main.arguments()));
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  /** Whether an instance is a target itself, and not only needed by one. */
  private boolean isAskedFor(String address) {
    return options.targets.isEmpty()
        || options.targets.stream().anyMatch(target -> Addresses.names(target, address));
  }

  /** The instances of which something is ignored, and the line of the entry that says so. */
  private static SortedMap<String, Integer> ignored(Ignores.Outcome told) {
    SortedMap<String, Integer> lines = new TreeMap<>();
    for (RootReport.Ignored each : told.ignored()) {
      each.finding().addresses().forEach(address -> lines.putIfAbsent(address, each.line()));
    }
    return lines;
  }

  private RootReport report(
      Configuration configuration,
      DriftCheck.Seen seen,
      Ignores.Outcome told,
      Set<String> ignored) {
    RepairCommand command = new RepairCommand(root, project, configuration.module().variables());
    if (seen.isMoving() && !told.findings().isEmpty() && options.repair().isEmpty()) {
      diagnostics.add(
          Diagnostic.warning(
              "no-repair-command", "No finding says how to repair it", RepairPlan.moving(seen)));
    }
    // A plan of what was not applied yet would do that too, and one of an instance all of it.
    Set<String> left = new TreeSet<>(ignored);
    seen.pending().forEach(each -> left.add(each.address()));
    return new RootReport(
        root.name(),
        state.lineage(),
        state.serial(),
        seen.checked(),
        told.findings().stream().map(each -> repaired(each, seen, left, command)).toList(),
        told.ignored(),
        told.remarks(),
        seen.pending(),
        seen.silences(),
        diagnostics.all());
  }

  /** The finding with the command that repairs it, where one does. */
  private static Finding repaired(
      Finding finding, DriftCheck.Seen seen, Set<String> left, RepairCommand command) {
    List<String> targets =
        seen.repairable(finding).stream().filter(address -> !left.contains(address)).toList();
    return seen.isMoving() || targets.isEmpty() ? finding : finding.repairedBy(command.of(targets));
  }

  private RootReport nothingSeen() {
    return new RootReport(
        root.name(),
        state.lineage(),
        state.serial(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        diagnostics.all());
  }

  /** All may have been destroyed on purpose, and all may have been forgotten by mistake. */
  private Diagnostic nothingCompared() {
    return Diagnostic.warning(
        "nothing-compared",
        "Nothing was looked at",
        "State knows of nothing that is applied, so there is nothing that could have drifted. Where that is not to be so, see whether this is the right state.");
  }

  /** A nightly run whose state was forgotten must not say that all is well. */
  private Diagnostic nothingApplied(Project loaded) {
    return Diagnostic.error(
        "no-state",
        "Nothing was ever applied here",
        "There is no state in %s, so there is nothing that could have drifted. Run pgha apply first; where that was done, bring its %s here."
            .formatted(root.folder(), loaded.storage().orElseThrow().file().getFileName()));
  }
}
