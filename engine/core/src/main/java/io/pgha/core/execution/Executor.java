package io.pgha.core.execution;

import io.pgha.core.Configuration;
import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.Vertex.Apply;
import io.pgha.core.execution.Vertex.Prepare;
import io.pgha.core.execution.Vertex.Ready;
import io.pgha.core.execution.Vertex.Released;
import io.pgha.core.execution.Vertex.Remove;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Findings;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.PlannedOutput;
import io.pgha.core.plan.Planner;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import io.pgha.state.StateSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Carries a plan out: everything as soon as what it waits for is done, a virtual thread each.
 *
 * <p>What fails leaves alone what needs it; the rest goes on. Once the user asked to stop, what was
 * begun is finished and nothing else is begun. Used once.
 */
public final class Executor {
  private final ExecutionOrder order;
  private final InstanceExecution instances;
  private final RolloutTurns turns;
  private final FinalInstances finals;
  private final Progress progress;
  private final Diagnostics diagnostics;
  private final Map<Vertex, Integer> open = new HashMap<>();
  private final Set<Vertex> failed = new HashSet<>();

  /** What kept a joint from coming about, for messages. */
  private final Map<Vertex, String> causes = new HashMap<>();

  private final Map<String, Instant> started = new ConcurrentHashMap<>();

  /** What was not done because of the stop: what waits for it need not be told of. */
  private final Set<Vertex> stopped = ConcurrentHashMap.newKeySet();

  /** The addresses of what was begun. */
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  /** What was applied and recorded, whether it is as it has to be or not. */
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  private final Stop stop;
  private final StateSession session;
  private final StateChanges stateChanges;
  private final Mode mode;
  private final TypeRegistry types;
  private final Module module;
  private final Set<String> reported = new TreeSet<>();

  /** The outputs that the plan is not about. */
  private final Set<String> kept = new HashSet<>();

  private int unfinished;

  /** What an executor works with. */
  public record Setup(
      Configuration configuration,
      Planner planner,
      Fleet fleet,
      StateSession session,
      Progress progress,
      Stop stop,
      int parallelism) {}

  /** An executor for a plan. */
  public Executor(Plan plan, Setup setup, Diagnostics diagnostics) {
    this.order = ExecutionOrder.of(plan, setup.configuration().types());
    this.progress = setup.progress();
    this.diagnostics = diagnostics;
    this.stop = setup.stop();
    this.session = setup.session();
    this.stateChanges = plan.stateChanges();
    this.mode = plan.mode();
    this.types = setup.configuration().types();
    this.module = setup.configuration().module();
    plan.outputs().stream().filter(PlannedOutput::kept).map(PlannedOutput::name).forEach(kept::add);
    this.finals = new FinalInstances(setup.planner(), setup.configuration().types(), diagnostics);
    UnaryOperator<String> names = plan::hostName;
    StepRunner steps =
        new StepRunner(
            setup.fleet(),
            setup.session(),
            setup.progress(),
            setup.stop(),
            setup.parallelism(),
            names);
    GroupWatch watch =
        new GroupWatch(setup.fleet(), setup.configuration().types(), finals, steps, diagnostics);
    this.turns = new RolloutTurns(order, watch);
    this.instances = new InstanceExecution(setup, finals, steps, diagnostics);
  }

  /**
   * Carries out everything; returns when nothing runs any more. Where state can't take what changes
   * in it alone, nothing is carried out.
   */
  public void run() throws InterruptedException {
    if (stateChanges.isAnythingFirst() && !recordStateChanges()) {
      return;
    }
    unfinished = order.vertices().size();
    List<Vertex> ready = new ArrayList<>();
    for (Vertex vertex : order.vertices()) {
      int before = order.before(vertex).size();
      open.put(vertex, before);
      if (before == 0) {
        ready.add(vertex);
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      start(ready, threads);
      synchronized (this) {
        while (unfinished > 0) {
          wait();
        }
      }
    }
    if (!stateChanges.forgotten().isEmpty()) {
      forget();
    }
  }

  /**
   * What is to be forgotten goes last, and stays where something needs it that could not be taken
   * away: without its host nobody could any more.
   */
  private void forget() {
    State now = session.state();
    Map<String, String> kept = StillNeeded.among(stateChanges.forgotten(), now, order.planned());
    kept.forEach((id, user) ->
        diagnostics.add(
            Diagnostic.warning(
                    "not-forgotten",
                    "Not forgotten yet: " + id,
                    user
                        + " needs it and is still there. The next apply forgets it once that is"
                        + " gone or forgotten too.")
                .about(id)));
    if (kept.size() == stateChanges.forgotten().size()) {
      return;
    }
    try {
      StepRunner.record(() -> session.commit(stateChanges.lastRecords(now, kept.keySet())));
      progress.forgotten(stateChanges.forgotten().size() - kept.size());
    } catch (ExecutionException e) {
      diagnostics.add(e.diagnostic());
    }
  }

  /** All that follows is recorded in a state that says where everything is by now. */
  private boolean recordStateChanges() {
    try {
      StepRunner.record(() -> session.commit(stateChanges.firstRecords(session.state(), types)));
      progress.recorded(stateChanges);
      return true;
    } catch (ExecutionException e) {
      diagnostics.add(e.diagnostic());
      return false;
    }
  }

  /**
   * What state is to keep of the root module's outputs by all that is known now.
   *
   * @param before what it had
   */
  public Map<String, OutputState> outputs(Map<String, OutputState> before) {
    return switch (mode) {
      case NORMAL -> evaluated(before);
      case REFRESH_ONLY -> before;
      case DESTROY -> untouched(before);
    };
  }

  /** Those that the plan is not about: not all goes where targets were named. */
  private Map<String, OutputState> untouched(Map<String, OutputState> before) {
    Map<String, OutputState> untouched = new TreeMap<>(before);
    untouched.keySet().retainAll(kept);
    return untouched;
  }

  /**
   * Those of the configuration; nothing of one that is null.
   *
   * @param before kept for those that are not known yet, that the plan is not about, and that use
   *     something which was not done
   */
  private Map<String, OutputState> evaluated(Map<String, OutputState> before) {
    Map<String, OutputState> outputs = new TreeMap<>();
    Set<String> left = left();
    finals
        .outputs()
        .forEach((name, value) -> {
          Value plain = Marks.removeDeep(value);
          OutputState old = before.get(name);
          if (kept.contains(name) || usesAny(name, left)) {
            if (old != null) {
              outputs.put(name, old);
            }
            return;
          }
          if (plain.isNull()) {
            // As in Terraform: an output that is null is none.
            return;
          }
          if (Values.whollyKnown(plain)) {
            outputs.put(name, new OutputState(plain, Marks.has(value, Mark.SENSITIVE)));
          } else if (old != null) {
            outputs.put(name, old);
          }
        });
    return outputs;
  }

  /** The addresses of what is not as it was planned to be. */
  private synchronized Set<String> left() {
    return failed.stream().map(Vertex::address).collect(Collectors.toSet());
  }

  private boolean usesAny(String output, Set<String> addresses) {
    return !addresses.isEmpty()
        && finals.outputDependencies(output).stream()
            .flatMap(name -> order.instances(name).stream())
            .anyMatch(addresses::contains);
  }

  private void work(Vertex vertex, ExecutorService threads) {
    PlannedInstance instance = order.planned(vertex);
    boolean succeeded = false;
    try {
      succeeded = carryOut(vertex, instance);
    } catch (ExecutionException e) {
      // A group whose first member was stopped refuses the others: that is the stop too.
      if (mayGoOn(instance)) {
        report(instance, e.diagnostic());
      }
      if (!mayGoOn(instance) || e.diagnostic().code().equals(StepRunner.STOPPED)) {
        stopped.add(vertex);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      report(
          instance,
          Diagnostic.error(
              "interrupted", "Interrupted: " + instance.address(), "The run was stopped."));
    } catch (RuntimeException | Error e) {
      report(
          instance,
          Diagnostic.error(
              "internal-error",
              "Internal error while applying " + instance.address(),
              "This is a mistake in pgha: " + e + ". Run again with PGHA_LOG=debug to see more."));
      // A logger is only made where there is something to say: its search through all jars takes
      // longer than the start of pgha.
      System.getLogger(Executor.class.getName())
          .log(System.Logger.Level.DEBUG, "applying " + instance.address(), e);
    } finally {
      finish(vertex, succeeded, threads);
    }
  }

  private boolean carryOut(Vertex vertex, PlannedInstance instance)
      throws ExecutionException, InterruptedException {
    switch (vertex) {
      case Prepare _ -> {
        if (!mayGoOn(instance)) {
          stopped.add(vertex);
          return false;
        }
        begun.add(instance.address());
        progress.started(instance);
        instances.prepare(instance);
      }
      case Apply _ -> {
        return inTurn(vertex, instance, instances::apply);
      }
      case Remove _ -> {
        return inTurn(vertex, instance, instances::remove);
      }
      case Ready _, Released _ -> {
        // nothing but a place in the order
      }
    }
    return true;
  }

  /** Whether nobody asked to stop, or this was begun before that. */
  private boolean mayGoOn(PlannedInstance instance) {
    return !stop.isRequested() || begun.contains(instance.address());
  }

  private interface Work {
    void on(PlannedInstance instance) throws ExecutionException, InterruptedException;
  }

  /**
   * Does a part of an instance's change; its group waits from the first part to the last.
   *
   * @return whether it was done: it is not begun once the user asked to stop
   */
  private boolean inTurn(Vertex vertex, PlannedInstance instance, Work work)
      throws ExecutionException, InterruptedException {
    boolean last = vertex.equals(ExecutionOrder.last(instance));
    boolean succeeded = false;
    try {
      if (vertex.equals(ExecutionOrder.first(instance))) {
        if (mayGoOn(instance)) {
          turns.await(instance);
        }
        if (!mayGoOn(instance)) {
          stopped.add(vertex);
          return false;
        }
        begun.add(instance.address());
        started.put(instance.address(), Instant.now());
        progress.started(instance);
      }
      inPart(vertex, instance, work);
      if (last) {
        Instant since = started.getOrDefault(instance.address(), Instant.now());
        done.add(instance.address());
        progress.done(instance, Duration.between(since, Instant.now()));
      }
      if (vertex instanceof Apply) {
        // Told of before: it was made, whatever is wrong with it.
        instances.judge(instance);
      }
      succeeded = true;
      if (!last) {
        turns.pause(instance);
      }
      return true;
    } finally {
      if (last || !succeeded) {
        turns.finished(instance, succeeded);
      }
    }
  }

  /** Does a part of an instance's change, and tells of it where there are two. */
  private void inPart(Vertex vertex, PlannedInstance instance, Work work)
      throws ExecutionException, InterruptedException {
    if (instance.action() != Action.REPLACE) {
      work.on(instance);
      return;
    }
    Action part = vertex instanceof Remove ? Action.DELETE : Action.CREATE;
    Instant since = Instant.now();
    progress.partStarted(instance, part);
    work.on(instance);
    progress.partDone(instance, part, Duration.between(since, Instant.now()));
  }

  private synchronized void report(PlannedInstance instance, Diagnostic error) {
    Diagnostic why = Findings.weighed(error, instance, module);
    if (reported.add(instance.address())) {
      diagnostics.add(why);
      if (!done.contains(instance.address())) {
        progress.failed(instance, why);
      }
    }
  }

  /** Told as it goes, and no finding of its own: there may be ten thousand of one cause. */
  private synchronized void leftAlone(PlannedInstance instance, String cause) {
    if (reported.add(instance.address())) {
      progress.failed(
          instance,
          Diagnostic.warning(
                  "left-alone",
                  "Left alone: " + instance.address(),
                  "It needs "
                      + cause
                      + (done.contains(cause)
                          ? ", which is not as it has to be."
                          : ", which was not done."))
              .about(instance.address()));
    }
  }

  /** Starts what waited for a vertex, or leaves it alone where the vertex failed. */
  private void finish(Vertex vertex, boolean succeeded, ExecutorService threads) {
    Deque<Vertex> ended = new ArrayDeque<>(List.of(vertex));
    List<Vertex> ready = new ArrayList<>();
    if (!succeeded) {
      synchronized (this) {
        failed.add(vertex);
      }
    }
    while (!ended.isEmpty()) {
      for (Vertex next : unblocked(ended.removeFirst())) {
        boolean blocked = isBlocked(next);
        if (blocked) {
          skip(next);
        }
        if (blocked || !next.isWork()) {
          ended.add(next);
        } else {
          ready.add(next);
        }
      }
    }
    ready.forEach(next -> threads.execute(() -> work(next, threads)));
  }

  /** What waited for a vertex that has ended, and waits for nothing else. */
  private synchronized List<Vertex> unblocked(Vertex ended) {
    List<Vertex> all = new ArrayList<>();
    for (Vertex next : order.after(ended)) {
      if (open.merge(next, -1, Integer::sum) == 0) {
        all.add(next);
      }
    }
    if (--unfinished == 0) {
      notifyAll();
    }
    return all;
  }

  private synchronized boolean isBlocked(Vertex vertex) {
    return !failed.isEmpty() && order.before(vertex).stream().anyMatch(failed::contains);
  }

  private void start(List<Vertex> ready, ExecutorService threads) {
    for (Vertex vertex : ready) {
      if (vertex.isWork()) {
        threads.execute(() -> work(vertex, threads));
      } else {
        finish(vertex, true, threads);
      }
    }
  }

  private void skip(Vertex vertex) {
    String cause;
    synchronized (this) {
      cause =
          order.before(vertex).stream()
              .filter(failed::contains)
              .findFirst()
              .map(failed -> causes.getOrDefault(failed, failed.address()))
              .orElse("");
      if (order.before(vertex).stream().filter(failed::contains).allMatch(stopped::contains)) {
        stopped.add(vertex);
      }
      failed.add(vertex);
      if (!vertex.isWork()) {
        causes.put(vertex, cause);
        return;
      }
    }
    PlannedInstance instance = order.planned(vertex);
    if (!cause.equals(instance.address()) && !stopped.contains(vertex)) {
      leftAlone(instance, cause);
    }
    if (!(vertex instanceof Prepare)) {
      try {
        turns.finished(instance, false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
