package io.pgha.core.testing;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.Transport;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A fleet of machines that hold files in memory and remember what was done to them. */
public final class FakeHosts implements Transport {
  private final Map<String, Map<String, String>> files = new TreeMap<>();
  private final Map<String, String> machineIds = new TreeMap<>();
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final Set<String> dying = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  private volatile Runnable atStep = () -> {};

  /** Has something done while each step runs. */
  public void atStep(Runnable happening) {
    atStep = happening;
  }

  /** The files of the machine with an address. */
  public synchronized Map<String, String> files(String address) {
    return files.computeIfAbsent(address, key -> Collections.synchronizedMap(new TreeMap<>()));
  }

  /** Gives the machine with an address another id, as a new machine has. */
  public synchronized void replaceMachine(String address) {
    machineIds.put(address, "new-" + address);
    files(address).clear();
  }

  /** Takes a machine down, or lets it come back. */
  public void setDown(String address, boolean isDown) {
    if (isDown) {
      down.add(address);
    } else {
      down.remove(address);
    }
  }

  /** Lets a machine lose its power when the next step is done on it. */
  public void dieAtNextStep(String address) {
    dying.add(address);
  }

  /** Lets steps fail that write to a path, or lets them be. */
  public void refuse(String path, boolean isRefused) {
    if (isRefused) {
      refused.add(path);
    } else {
      refused.remove(path);
    }
  }

  /** What was done, as {@code address: step}, in order. */
  public List<String> done() {
    synchronized (done) {
      return List.copyOf(done);
    }
  }

  /** Which machines were asked, once for each round trip. */
  public List<String> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  /** Forgets what was done and asked. */
  public void forget() {
    done.clear();
    asked.clear();
  }

  /** The addresses of the machines that anything was done to. */
  public Set<String> touched() {
    Set<String> addresses = new TreeSet<>();
    done().forEach(line -> addresses.add(line.substring(0, line.indexOf(':'))));
    return addresses;
  }

  @Override
  public HostSession open(HostConnection connection) throws TransportException {
    if (down.contains(connection.address())) {
      throw new TransportException(
          Code.UNREACHABLE,
          connection.name() + " at " + connection.address() + " does not answer.");
    }
    return new Session(connection.address());
  }

  @Override
  public void close() {}

  private final class Session implements HostSession {
    private final String address;

    Session(String address) {
      this.address = address;
    }

    private void check() throws TransportException {
      if (down.contains(address)) {
        throw new TransportException(Code.CONNECTION_LOST, address + " was lost");
      }
    }

    @Override
    public ProbeAnswers probe(List<Probe<?>> probes, Duration timeout) throws TransportException {
      check();
      asked.add(address);
      Map<Probe<?>, ProbeResult<?>> results = new HashMap<>();
      for (Probe<?> probe : probes) {
        results.put(probe, answer(probe));
      }
      return new ProbeAnswers(machine(), results);
    }

    private ProbeResult<?> answer(Probe<?> probe) {
      return switch (probe) {
        case Probe.OfFile file -> {
          String text = files(address).get(file.path());
          yield text == null
              ? new ProbeResult.Absent<FileFacts>()
              : new ProbeResult.Found<>(facts(text));
        }
        case Probe.OfMachine _ -> new ProbeResult.Found<>(machine());
        default -> throw new IllegalArgumentException("not asked in these tests: " + probe);
      };
    }

    private static FileFacts facts(String text) {
      return new FileFacts(
          FileFacts.Kind.FILE,
          0644,
          "root",
          "root",
          text.length(),
          Optional.empty(),
          Optional.of(text),
          false);
    }

    private MachineFacts machine() {
      return new MachineFacts(
          machineIds.getOrDefault(address, "id-" + address),
          address,
          "debian",
          "13",
          "trixie",
          "6.12",
          "amd64",
          2,
          1L << 30,
          List.of(),
          0,
          "boot");
    }

    @Override
    public StepOutcome run(Step step, Duration timeout) throws TransportException {
      if (dying.remove(address)) {
        setDown(address, true);
      }
      check();
      atStep.run();
      switch (step) {
        case Step.WriteFile file -> {
          if (refused.contains(file.path())) {
            return new StepOutcome.Failed("No space left on device", "");
          }
          files(address).put(file.path(), Fragment.reveal(file.content()));
        }
        case Step.RemovePath path -> files(address).remove(path.path());
        default -> throw new IllegalArgumentException("not done in these tests: " + step);
      }
      done.add(address + ": " + step.describe());
      return new StepOutcome.Done();
    }

    @Override
    public void close() {}
  }
}
