package io.pgha.cli;

import io.pgha.cli.drift.HistoryFolder;
import io.pgha.cli.drift.OutputFailure;
import io.pgha.cli.drift.Outputs;
import io.pgha.core.drift.DriftCheck;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.RootReport;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** {@code pgha drift}. */
final class DriftCommand implements Subcommand, Callable<Integer> {
  /** More roots at once would only wait for each other. */
  private static final int ROOTS_AT_ONCE = 8;

  /** What has not passed by then does not pass by itself. */
  private static final Duration LONGEST_SETTLING = Duration.ofHours(1);

  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions project = new ProjectOptions();
  private final DriftOptions options = new DriftOptions();
  private List<String> outputs = new ArrayList<>();
  private @Nullable Path record;
  private int pendingExitCode;
  private int unreachableExitCode;

  DriftCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Look whether the machines are still as they were last applied. Nothing is changed anywhere.",
        "Ends with 0 where they are, 2 where something has drifted, 1 where something went wrong or a"
            + " machine could not be looked at.");
    takes.subcommand("history", new DriftHistoryCommand(main));
    view.declare(takes);
    project.declare(takes);
    options.declare(takes);
    takes.options(
        "-out",
        "FORMAT=FILE",
        String.class,
        "Write a report too: json, junit, sarif, markdown, html or codequality. May be given more"
            + " than once; - as FILE is the standard output.",
        given -> outputs = given);
    takes.option(
        "-record",
        "FOLDER",
        Path.class,
        "Keep this run's result in the folder, for pgha drift history.",
        given -> record = given);
    takes.option(
        "-pending-exitcode",
        "N",
        Integer.class,
        "0",
        "End with this where nothing has drifted and configuration is not applied yet. Default:"
            + " ${DEFAULT-VALUE}.",
        given -> pendingExitCode = given);
    takes.option(
        "-unreachable-exitcode",
        "N",
        Integer.class,
        "1",
        "End with this where nothing has drifted as far as could be seen, and not all could."
            + " Default: ${DEFAULT-VALUE}.",
        given -> unreachableExitCode = given);
  }

  @Override
  public Integer call() throws Exception {
    check(pendingExitCode, 0, "-pending-exitcode");
    check(unreachableExitCode, 1, "-unreachable-exitcode");
    checkSettling();
    Console console = main.console(view);
    List<Main.Root> roots = main.roots();
    Outputs files = outputs();
    if (options.repair().isPresent()) {
      RepairPlan.clear(roots, options.repair().get());
    }
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<RootCheck.Result> results = look(roots);
    DriftReport report =
        new DriftReport(
            started,
            Duration.between(started, Instant.now()),
            Version.current().number(),
            results.stream().map(RootCheck.Result::report).toList());
    for (RootCheck.Result result : results) {
      if (!files.toStandardOutput()) {
        console.line(DriftText.of(result.report(), roots.size() > 1, console.paint()));
      }
      console.show(result.diagnostics(), result.sources());
    }
    if (roots.size() > 1 && !files.toStandardOutput()) {
      console.line(DriftText.total(report, console.paint()));
    }
    Diagnostics unwritten = write(report, files);
    console.show(unwritten, new SourceFiles());
    return unwritten.hasErrors() ? Operation.FAILED : status(report);
  }

  /** Writes reports and history: where one can't be, the other is. */
  private Diagnostics write(DriftReport report, Outputs files) {
    Diagnostics unwritten = new Diagnostics();
    try {
      files.write(report, main.surroundings().out());
    } catch (OutputFailure e) {
      unwritten.add(e.diagnostic());
    } catch (RuntimeException e) {
      unwritten.add(Failures.describe(e));
      Failures.trace(e, main.surroundings());
    }
    if (record != null) {
      try {
        new HistoryFolder(record).record(report);
      } catch (OutputFailure e) {
        unwritten.add(e.diagnostic());
      }
    }
    return unwritten;
  }

  /** What there is to write, looked at before the run. */
  private Outputs outputs() {
    try {
      if (record != null) {
        new HistoryFolder(record).check();
      }
      return Outputs.of(outputs, main.surroundings().environment());
    } catch (OutputFailure e) {
      throw new CommandFailure(e.diagnostic());
    }
  }

  /** One root on this thread; several at once, each as if it were alone. */
  private List<RootCheck.Result> look(List<Main.Root> roots) throws Exception {
    List<Callable<RootCheck.Result>> checks =
        roots.stream()
            .<Callable<RootCheck.Result>>map(
                root -> () -> new RootCheck(main, root, project, options).result())
            .toList();
    if (checks.size() == 1) {
      return List.of(DeepStack.call(checks.getFirst()));
    }
    List<RootCheck.Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(ROOTS_AT_ONCE)) {
      List<Future<RootCheck.Result>> running =
          checks.stream().map(check -> threads.submit(() -> DeepStack.call(check))).toList();
      for (Future<RootCheck.Result> each : running) {
        try {
          results.add(each.get());
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case Exception cause -> throw cause;
            case Error cause -> throw cause;
            case null, default -> throw e;
          }
        }
      }
    }
    return results;
  }

  private int status(DriftReport report) {
    if (report.count(RootReport.Verdict.ERROR) > 0) {
      return Operation.FAILED;
    }
    boolean silent = report.roots().stream().anyMatch(root -> !root.silences().isEmpty());
    if (silent && unreachableExitCode == Operation.FAILED) {
      return Operation.FAILED;
    }
    if (report.count(RootReport.Verdict.DRIFT) > 0) {
      return Operation.CHANGES;
    }
    if (silent) {
      return unreachableExitCode;
    }
    boolean pending = report.roots().stream().anyMatch(DriftCommand::mayHavePending);
    return pending ? pendingExitCode : Operation.OK;
  }

  /** What could not be planned is not applied yet either. */
  private static boolean mayHavePending(RootReport root) {
    return !root.pending().isEmpty()
        || root.problems().stream()
            .anyMatch(each -> each.code().equals(DriftCheck.PENDING_UNKNOWN));
  }

  private void checkSettling() {
    if (options.settle.compareTo(LONGEST_SETTLING) > 0) {
      throw CommandFailure.of(
          "usage",
          "-settle must be at most 1h",
          "What has not passed by itself in an hour does not pass by itself.");
    }
  }

  private static void check(int code, int usual, String option) {
    if (code != usual && (code < 3 || code > 125)) {
      throw CommandFailure.of(
          "usage",
          option + " must be between 3 and 125",
          "It was given %d. 0, 1 and 2 mean clean, an error and drift; from 126 on shells have their own."
              .formatted(code));
    }
  }

  /** What a look is about. */
  static final class DriftOptions {
    List<String> targets = new ArrayList<>();
    List<String> exclusions = new ArrayList<>();
    @Nullable Path repair;
    Duration settle = Duration.ZERO;

    void declare(Arguments takes) {
      takes.options(
          "-target",
          "ADDRESS",
          String.class,
          "Look only at this resource, module or instance and what it needs.",
          given -> targets = given);
      takes.options(
          "-exclude",
          "ADDRESS",
          String.class,
          "Look at all but this resource, module or instance and what needs it.",
          given -> exclusions = given);
      takes.option(
          "-repair-plan",
          "FILE",
          Path.class,
          "Keep a plan in this file that repairs the drift and nothing else: pgha apply FILE does"
              + " it.",
          given -> repair = given);
      takes.option(
          "-settle",
          "DURATION",
          Duration.class,
          "60s",
          "How long what passes by itself is given, such as a failover that is under way. Default:"
              + " ${DEFAULT-VALUE}.",
          given -> settle = given);
    }

    Optional<Path> repair() {
      return Optional.ofNullable(repair);
    }
  }
}
