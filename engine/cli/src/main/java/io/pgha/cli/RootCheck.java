package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.drift.DriftCheck;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Ignores;
import io.pgha.core.drift.RootReport;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.provider.transport.Transport;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.file.LocalBackend;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at one root for {@code pgha drift}. */
final class RootCheck {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Main main;
  private final Main.Root root;
  private final ProjectOptions project;
  private final DriftCommand.DriftOptions options;
  private final boolean oneOfMany;
  private final Diagnostics diagnostics = new Diagnostics();

  RootCheck(
      Main main,
      Main.Root root,
      ProjectOptions project,
      DriftCommand.DriftOptions options,
      boolean oneOfMany) {
    this.main = main;
    this.root = root;
    this.project = project;
    this.options = options;
    this.oneOfMany = oneOfMany;
  }

  /**
   * What came of it.
   *
   * @param diagnostics what there is to show besides
   * @param sources what they show lines of
   */
  record Result(RootReport report, Diagnostics diagnostics, SourceFiles sources) {}

  Result result() throws Exception {
    try {
      options.repair().map(root.folder()::resolve).ifPresent(SavedPlan::checkTarget);
      return look();
    } catch (StateException e) {
      diagnostics.add(States.error(e));
    } catch (CommandFailure e) {
      if (!oneOfMany) {
        throw e;
      }
      diagnostics.add(e.diagnostic());
    }
    return new Result(nothingSeen(State.EMPTY), diagnostics, new SourceFiles());
  }

  private Result look() throws Exception {
    Project loaded =
        Project.load(
            root.folder(), project.given(main.surroundings()), Providers.types(), diagnostics);
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    Ignores ignores = Ignores.read(root.folder(), today, diagnostics, loaded.sources());
    State state = States.read(root.folder());
    if (loaded.configuration().isEmpty() || diagnostics.hasErrors()) {
      return new Result(nothingSeen(state), diagnostics, loaded.sources());
    }
    if (state.lineage().isEmpty()) {
      diagnostics.add(nothingApplied());
      return new Result(nothingSeen(state), diagnostics, loaded.sources());
    }
    States.checkIdle(root.folder());
    Configuration configuration = loaded.configuration().get();
    DriftCheck check =
        new DriftCheck(
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
    Supplier<Transport> transport = Providers.transport(configuration);
    RootReport report;
    try (Fleet fleet = new Fleet(transport, check::connection, main.surroundings().stages())) {
      Optional<DriftCheck.Seen> seen = check.look(fleet);
      if (seen.isEmpty()) {
        return new Result(nothingSeen(state), diagnostics, loaded.sources());
      }
      boolean whole = options.targets.isEmpty() && options.exclusions.isEmpty();
      Ignores.Outcome told =
          ignores.apply(seen.get().findings(), seen.get().silences(), whole, today);
      report = report(state, seen.get(), told);
      if (options.repair().isPresent()) {
        Set<String> wanted =
            told.findings().stream()
                .map(Finding::addresses)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        new RepairPlan(loaded, state, seen.get(), fleet, diagnostics)
            .write(
                root.folder(),
                options.repair().get(),
                wanted,
                new Continuation(configuration.module().variables(), address -> false)
                    .words(main.arguments()));
      }
    }
    return new Result(report, diagnostics, loaded.sources());
  }

  private RootReport report(State state, DriftCheck.Seen seen, Ignores.Outcome told) {
    return new RootReport(
        root.name(),
        state.lineage(),
        state.serial(),
        seen.checked(),
        told.findings().stream().map(each -> repaired(each, seen)).toList(),
        told.ignored(),
        told.remarks(),
        seen.pending(),
        seen.silences(),
        diagnostics.all());
  }

  private RootReport nothingSeen(State state) {
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

  /** A nightly run whose state was forgotten must not say that all is well. */
  private Diagnostic nothingApplied() {
    return Diagnostic.error(
        "no-state",
        "Nothing was ever applied here",
        "There is no state in %s, so there is nothing that could have drifted. Run pgha apply first; where that was done, bring its %s here."
            .formatted(root.folder(), LocalBackend.FILE_NAME));
  }

  private Finding repaired(Finding finding, DriftCheck.Seen seen) {
    List<String> targets =
        finding.addresses().stream().filter(seen.repairs()::containsKey).toList();
    return targets.isEmpty() ? finding : finding.repairedBy(repairCommand(targets));
  }

  /** What repairs just these: a plan of their own, which holds nothing of new configuration. */
  private String repairCommand(List<String> addresses) {
    String pgha =
        root.name().equals(".") ? "pgha" : "pgha -chdir=" + Continuation.quoted(root.name());
    return pgha
        + " drift -repair-plan=repair.plan"
        + addresses.stream()
            .map(address -> " " + Continuation.quoted("-target=" + address))
            .collect(Collectors.joining())
        + " && "
        + pgha
        + " apply repair.plan";
  }
}
