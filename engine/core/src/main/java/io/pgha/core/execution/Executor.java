package io.pgha.core.execution;

import io.pgha.core.Configuration;
import io.pgha.core.execution.Vertex.Apply;
import io.pgha.core.execution.Vertex.Prepare;
import io.pgha.core.execution.Vertex.Remove;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.Value;
import io.pgha.state.StateSession;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Carries a plan out: everything as soon as what it waits for is done, a virtual thread each.
 *
 * <p>What fails leaves alone what needs it; the rest goes on. Used once.
 */
public final class Executor {
  private static final System.Logger LOG = System.getLogger(Executor.class.getName());

  private final ExecutionOrder order;
  private final InstanceExecution instances;
  private final RolloutTurns turns;
  private final FinalInstances finals;
  private final Progress progress;
  private final Diagnostics diagnostics;
  private final Map<Vertex, Integer> open = new HashMap<>();
  private final Set<Vertex> failed = new HashSet<>();
  private final Set<String> reported = new TreeSet<>();
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
    this.finals =
        new FinalInstances(
            setup.configuration(),
            setup.planner().computed(),
            setup.planner().desired(),
            setup.planner().prior(),
            diagnostics);
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

  /** Carries out everything; returns when nothing runs any more. */
  public void run() throws InterruptedException {
    unfinished = order.vertices().size();
    order.vertices().forEach(vertex -> open.put(vertex, order.before(vertex).size()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      synchronized (this) {
        for (Vertex vertex : order.vertices()) {
          if (order.before(vertex).isEmpty()) {
            threads.execute(() -> work(vertex, threads));
          }
        }
        while (unfinished > 0) {
          wait();
        }
      }
    }
  }

  /** The root module's outputs with all that is known now. */
  public Map<String, Value> outputs() {
    return finals.outputs();
  }

  private void work(Vertex vertex, ExecutorService threads) {
    PlannedInstance instance = order.planned(vertex);
    boolean succeeded = false;
    try {
      succeeded = carryOut(vertex, instance);
    } catch (ExecutionException e) {
      report(instance, e.diagnostic());
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
      LOG.log(System.Logger.Level.DEBUG, "applying " + instance.address(), e);
    } finally {
      finish(vertex, succeeded, threads);
    }
  }

  private boolean carryOut(Vertex vertex, PlannedInstance instance)
      throws ExecutionException, InterruptedException {
    Instant start = Instant.now();
    switch (vertex) {
      case Prepare _ -> {
        progress.started(instance);
        instances.prepare(instance);
      }
      case Apply _, Remove _ -> {
        boolean succeeded = false;
        try {
          turns.await(instance);
          progress.started(instance);
          instances.apply(instance);
          succeeded = true;
          progress.done(instance, Duration.between(start, Instant.now()));
        } finally {
          turns.finished(instance, succeeded);
        }
      }
    }
    return true;
  }

  private synchronized void report(PlannedInstance instance, Diagnostic why) {
    if (reported.add(instance.address())) {
      diagnostics.add(why);
      progress.failed(instance, why);
    }
  }

  /** Starts what waited for a vertex, or leaves it alone where the vertex failed. */
  private void finish(Vertex vertex, boolean succeeded, ExecutorService threads) {
    Set<Vertex> ready = new HashSet<>();
    Set<Vertex> skipped = new HashSet<>();
    synchronized (this) {
      if (!succeeded) {
        failed.add(vertex);
      }
      unfinished--;
      for (Vertex next : order.after(vertex)) {
        int left = open.merge(next, -1, Integer::sum);
        if (left == 0) {
          boolean blocked = order.before(next).stream().anyMatch(failed::contains);
          (blocked ? skipped : ready).add(next);
        }
      }
      notifyAll();
    }
    ready.forEach(next -> threads.execute(() -> work(next, threads)));
    for (Vertex next : skipped) {
      skip(next, threads);
    }
  }

  private void skip(Vertex vertex, ExecutorService threads) {
    PlannedInstance instance = order.planned(vertex);
    String cause =
        order.before(vertex).stream()
            .filter(failed::contains)
            .findFirst()
            .map(Vertex::address)
            .orElse("");
    if (!cause.equals(instance.address())) {
      report(
          instance,
          Diagnostic.warning(
                  "left-alone",
                  "Left alone: " + instance.address(),
                  "It needs " + cause + ", which was not done.")
              .about(instance.address()));
    }
    try {
      if (!(vertex instanceof Prepare)) {
        turns.finished(instance, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish(vertex, false, threads);
    }
  }
}
