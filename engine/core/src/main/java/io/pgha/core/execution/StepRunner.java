package io.pgha.core.execution;

import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import io.pgha.provider.step.Verdict;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.TransportException;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Runs steps: one at a time on a host, so many in all, each with its intent recorded before. */
final class StepRunner {
  /** The code of an instance that was begun and not finished, since the user asked to stop. */
  static final String STOPPED = "stopped";

  private static final Duration POLL = Duration.ofMillis(250);

  private final Fleet fleet;
  private final StateSession session;
  private final Progress progress;
  private final Stop stop;
  private final Semaphore all;
  private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();
  private final Function<String, String> hostNames;

  StepRunner(
      Fleet fleet,
      StateSession session,
      Progress progress,
      Stop stop,
      int parallelism,
      Function<String, String> hostNames) {
    this.fleet = fleet;
    this.session = session;
    this.progress = progress;
    this.stop = stop;
    this.all = new Semaphore(parallelism);
    this.hostNames = hostNames;
  }

  /** Runs the steps one after the other; the first that fails ends it. */
  void run(PlannedInstance instance, List<PlacedStep> steps, int firstIndex)
      throws ExecutionException, InterruptedException {
    int index = firstIndex;
    for (PlacedStep placed : steps) {
      run(instance, placed, index);
      index++;
    }
  }

  /** Waits for the step's turn; what is awaited has none, since it keeps no machine busy. */
  private void run(PlannedInstance instance, PlacedStep placed, int index)
      throws ExecutionException, InterruptedException {
    String host = host(instance, placed);
    if (placed.step() instanceof Step.Await) {
      run(instance, host, placed.step(), index);
      return;
    }
    Semaphore one = hosts.computeIfAbsent(host, key -> new Semaphore(1, true));
    one.acquire();
    try {
      all.acquire();
      try {
        run(instance, host, placed.step(), index);
      } finally {
        all.release();
      }
    } finally {
      one.release();
    }
  }

  /** Does a step whose turn has come, between the records that say so. */
  private void run(PlannedInstance instance, String host, Step step, int index)
      throws ExecutionException, InterruptedException {
    if (stop.isRequested()) {
      throw new ExecutionException(stopped(instance, ""));
    }
    String name = hostNames.apply(host);
    record(() -> session.intent(instance.address(), index, step.describe()));
    Instant start = Instant.now();
    progress.stepStarted(instance, name, step);
    if (step instanceof Step.Await await) {
      await(instance, name, await);
    } else {
      outcome(instance, host, name, step);
    }
    progress.stepDone(instance, name, step, Duration.between(start, Instant.now()));
    record(() -> session.done(instance.address(), index));
  }

  /** Says that something was begun and is not finished, as the user asked to stop. */
  private static Diagnostic stopped(PlannedInstance instance, String unmet) {
    return Diagnostic.error(
            STOPPED,
            "Stopped before " + instance.address() + " was done",
            "You asked to stop"
                + (unmet.isEmpty() ? "" : ", and this was not waited for any longer: " + unmet)
                + ". What was done is recorded; the next apply goes on.")
        .about(instance.address());
  }

  /** Something that is written to the state. */
  interface Recording {
    void run() throws StateException;
  }

  static void record(Recording recording) throws ExecutionException {
    try {
      recording.run();
    } catch (StateException e) {
      throw ExecutionException.unrecorded(e);
    }
  }

  private static String host(PlannedInstance instance, PlacedStep placed)
      throws ExecutionException {
    return switch (placed.target()) {
      case Target.Host(String host) -> host;
      case Target.Leader(String group) ->
          throw new ExecutionException(
              Diagnostic.error(
                      "no-leader",
                      "No leader in " + group,
                      "\""
                          + placed.step().describe()
                          + "\" runs on the leader, but "
                          + group
                          + " has none. See why with patronictl list on one of its nodes, and"
                          + " apply again.")
                  .about(instance.address()));
    };
  }

  private void outcome(PlannedInstance instance, String host, String name, Step step)
      throws ExecutionException, InterruptedException {
    StepOutcome outcome;
    try {
      outcome = attempt(fleet, host, step);
    } catch (TransportException e) {
      throw new ExecutionException(
          Diagnostic.error(
                  "step-lost",
                  "Lost " + name + " while doing: " + step.describe(),
                  sentence(String.valueOf(e.getMessage()))
                      + " It is not known whether this step was done; everything before it was,"
                      + " and is recorded. Apply again when the host answers: what is there is"
                      + " looked at first.")
              .about(instance.address())
              .on(name));
    }
    if (outcome instanceof StepOutcome.Failed(String reason, String output)) {
      throw new ExecutionException(
          Diagnostic.error(
                  "step-failed",
                  "Failed on " + name + ": " + step.describe(),
                  reason + (output.isBlank() ? "" : "\n" + output))
              .about(instance.address())
              .on(name));
    }
  }

  /** What a connection is lost by is said without a full stop. */
  private static String sentence(String reason) {
    return reason.endsWith(".") ? reason : reason + ".";
  }

  /**
   * A step whose connection dropped is tried once more where it is safe to run again. A switchover
   * is not: the second request would be refused, or undo what the first one did.
   */
  static StepOutcome attempt(Fleet fleet, String host, Step step)
      throws TransportException, InterruptedException {
    Duration timeout = timeout(step);
    try {
      return fleet.run(host, step, timeout);
    } catch (TransportException e) {
      if (e.code() != TransportException.Code.CONNECTION_LOST || !step.isRepeatable()) {
        throw e;
      }
      return fleet.run(host, step, timeout);
    }
  }

  private void await(PlannedInstance instance, String name, Step.Await await)
      throws ExecutionException, InterruptedException {
    Optional<Unmet> unmet = await(await, instance);
    if (unmet.isEmpty()) {
      return;
    }
    String reason = unmet.get().reason();
    throw new ExecutionException(
        unmet.get().stopped()
            ? stopped(instance, await.description() + " (" + reason + ")").on(name)
            : Diagnostic.error(
                    "await-failed",
                    "Gave up on " + name + ": " + await.description(),
                    "It did not come true within " + await.timeout().toSeconds() + " s: " + reason)
                .about(instance.address())
                .on(name));
  }

  /**
   * A condition that was waited for and did not come true.
   *
   * @param reason what was still missing
   * @param stopped whether it might have come true, had the user not asked to stop
   */
  record Unmet(String reason, boolean stopped) {}

  /** Waits for a condition; empty once it holds. */
  Optional<Unmet> await(Step.Await await, PlannedInstance instance) throws InterruptedException {
    Instant deadline = Instant.now().plus(await.timeout());
    String told = "";
    while (true) {
      Answers answers = fleet.ask(await.probes());
      switch (await.condition().apply(answers)) {
        case Verdict.Holds() -> {
          return Optional.empty();
        }
        case Verdict.Never(String reason) -> {
          return Optional.of(new Unmet(reason, false));
        }
        case Verdict.NotYet(String reason) -> {
          if (!Instant.now().isBefore(deadline)) {
            return Optional.of(new Unmet(reason, false));
          }
          if (stop.isRequested()) {
            return Optional.of(new Unmet(reason, true));
          }
          if (!reason.equals(told)) {
            progress.waiting(instance, reason);
            told = reason;
          }
        }
      }
      Thread.sleep(POLL);
    }
  }

  private static Duration timeout(Step step) {
    return switch (step) {
      case Step.InstallPackages _ -> Duration.ofMinutes(20);
      case Step.RefreshPackageLists _ -> Duration.ofMinutes(5);
      case Step.UnitAction _ -> Duration.ofMinutes(3);
      case Step.RunScript script -> script.timeout();
      case Step.SendHttp http -> http.timeout();
      case Step.RunSql sql -> sql.timeout();
      case Step.Await await -> await.timeout();
      case Step.WriteFile _,
          Step.MakeDirectory _,
          Step.SetPermissions _,
          Step.RemovePath _,
          Step.HoldPackages _ ->
          Duration.ofMinutes(2);
    };
  }
}
