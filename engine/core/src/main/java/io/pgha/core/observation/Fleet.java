package io.pgha.core.observation;

import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.Transport;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The machines of a run, each reached over one connection that is opened when first needed. */
public final class Fleet implements Observer, AutoCloseable {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(60);

  private final Supplier<Transport> transports;
  private final Function<String, Optional<HostConnection>> connections;
  private final Stages stages;
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private @Nullable Transport transport;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A fleet that is not connected yet.
   *
   * @param transports makes the transport when the first host is needed
   * @param connections how to reach a host, by the address of its {@code host} instance
   */
  public Fleet(
      Supplier<Transport> transports, Function<String, Optional<HostConnection>> connections) {
    this(transports, connections, Stages.UNSEEN);
  }

  /**
   * A fleet that is not connected yet.
   *
   * @param transports makes the transport when the first host is needed
   * @param connections how to reach a host, by the address of its {@code host} instance
   * @param stages is told of every connection and of every round trip
   */
  public Fleet(
      Supplier<Transport> transports,
      Function<String, Optional<HostConnection>> connections,
      Stages stages) {
    this.transports = transports;
    this.connections = connections;
    this.stages = stages;
  }

  @Override
  public Answers ask(Collection<PlacedProbe> probes) throws InterruptedException {
    Map<String, Set<Probe<?>>> byHost = new TreeMap<>();
    for (PlacedProbe placed : probes) {
      byHost.computeIfAbsent(placed.host(), host -> new LinkedHashSet<>()).add(placed.probe());
    }
    if (byHost.size() == 1) {
      String host = byHost.keySet().iterator().next();
      return new Answers(Map.of(host, ask(host, new ArrayList<>(byHost.get(host)))));
    }
    Map<String, Future<HostAnswers>> running = new LinkedHashMap<>();
    byHost.forEach((host, questions) ->
        running.put(host, threads.submit(() -> ask(host, new ArrayList<>(questions)))));
    Map<String, HostAnswers> answers = new TreeMap<>();
    for (Map.Entry<String, Future<HostAnswers>> entry : running.entrySet()) {
      try {
        answers.put(entry.getKey(), entry.getValue().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("asking " + entry.getKey() + " failed", e.getCause());
      }
    }
    return new Answers(answers);
  }

  @Override
  public void expect(Set<String> hosts) {
    for (String host : hosts) {
      // Where that fails, whoever asks is told.
      Future<HostSession> _ = threads.submit(() -> machine(host).session());
    }
  }

  private HostAnswers ask(String host, List<Probe<?>> probes) throws InterruptedException {
    try {
      ProbeAnswers answers = machine(host).probe(probes);
      return new HostAnswers.Answered(answers.machine(), answers.results());
    } catch (TransportException e) {
      return new HostAnswers.Unreachable(e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** Runs a step on a host. */
  public StepOutcome run(String host, Step step, Duration timeout)
      throws TransportException, InterruptedException {
    return machine(host).run(step, timeout);
  }

  private Machine machine(String host) {
    return machines.computeIfAbsent(host, Machine::new);
  }

  private synchronized Transport transport() {
    Transport made = transport;
    if (made == null) {
      made = transports.get();
      transport = made;
    }
    return made;
  }

  @Override
  public void close() {
    threads.close();
    machines.values().forEach(Machine::close);
    synchronized (this) {
      if (transport != null) {
        transport.close();
      }
    }
  }

  /** One machine's connection; opened by whoever comes first while the others wait. */
  private final class Machine {
    private final String host;
    private String name;
    private @Nullable HostSession session;
    private @Nullable TransportException refusal;

    /** Held while the connection is opened. */
    private final ReentrantLock connecting = new ReentrantLock();

    Machine(String host) {
      this.host = host;
      this.name = host;
    }

    ProbeAnswers probe(List<Probe<?>> probes) throws TransportException, InterruptedException {
      HostSession open = session();
      Instant start = Instant.now();
      try {
        ProbeAnswers answers = open.probe(probes, PROBE_TIMEOUT);
        reached("answered " + probes.size() + " questions", start);
        return answers;
      } catch (TransportException e) {
        reached("no answer, " + e.code(), start);
        throw e;
      }
    }

    StepOutcome run(Step step, Duration timeout) throws TransportException, InterruptedException {
      HostSession open = session();
      Instant start = Instant.now();
      try {
        StepOutcome outcome = open.run(step, timeout);
        boolean done = outcome instanceof StepOutcome.Done;
        reached((done ? "done: " : "failed: ") + step.describe(), start);
        return outcome;
      } catch (TransportException e) {
        reached("lost, " + e.code() + ": " + step.describe(), start);
        throw e;
      }
    }

    /** Tells of something that began at {@code start} and is over. */
    private synchronized void reached(String what, Instant start) {
      long took = Duration.between(start, Instant.now()).toMillis();
      stages.reached(name + " " + what + " (" + took + " ms)");
    }

    /** The connection; whoever waits while another opens it can be interrupted. */
    HostSession session() throws TransportException, InterruptedException {
      connecting.lockInterruptibly();
      try {
        return opened();
      } finally {
        connecting.unlock();
      }
    }

    private HostSession opened() throws TransportException, InterruptedException {
      HostSession open = session;
      if (open != null) {
        return open;
      }
      TransportException before = refusal;
      if (before != null) {
        throw before;
      }
      HostConnection connection =
          connections
              .apply(host)
              .orElseThrow(() ->
                  new TransportException(
                      Code.UNREACHABLE, "It is not known how to reach " + host + "."));
      name = connection.name();
      Instant start = Instant.now();
      try {
        HostSession fresh = transport().open(connection);
        session = fresh;
        reached("connected", start);
        return fresh;
      } catch (TransportException e) {
        refusal = e;
        reached("no connection, " + e.code(), start);
        throw e;
      }
    }

    void close() {
      connecting.lock();
      try {
        if (session != null) {
          session.close();
        }
      } finally {
        connecting.unlock();
      }
    }
  }
}
