package io.pgha.cli;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.testing.FakeMachines;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Containers with Debian 13 for whole commands, each by its address. Files, packages and units are
 * kept in memory; scripts are not done. Thread-safe.
 */
final class MachinesInMemory implements Transport {
  private final FakeMachines machines = new FakeMachines();
  private final Set<String> known = new TreeSet<>();
  private volatile Runnable atLook = () -> {};

  /** Has something done whenever a machine is asked, before it answers. */
  void atLook(Runnable happening) {
    atLook = happening;
  }

  /** Writes a file on a machine, as somebody does by hand. */
  synchronized void write(String address, String path, String text) {
    machines.file(address, path, text, 0644, "root", "root");
  }

  /** What a file on a machine says. */
  String read(String address, String path) {
    return text(address, path).orElseThrow();
  }

  private synchronized Optional<String> text(String address, String path) {
    return machines
        .get(address, new Probe.OfFile(path, Probe.Content.TEXT))
        .found()
        .flatMap(FileFacts::text);
  }

  /** Lets a machine have a further address as soon as a file is there, as its service would. */
  synchronized void holdsBy(String address, String path, String further) {
    if (text(address, path).isPresent()) {
      MachineFacts facts = machines.get(address, new Probe.OfMachine()).found().orElseThrow();
      machines.machine(
          address,
          new MachineFacts(
              facts.machineId(),
              facts.hostName(),
              facts.osId(),
              facts.osVersion(),
              facts.osCodename(),
              facts.kernel(),
              facts.architecture(),
              facts.processors(),
              facts.memoryBytes(),
              List.of(facts.addresses().getFirst(), "eth0 " + further + "/24"),
              facts.clockOffsetMillis(),
              facts.bootId()));
    }
  }

  @Override
  public synchronized HostSession open(HostConnection connection) {
    String address = connection.address();
    if (known.add(address)) {
      machines.machine(address, FakeMachines.debian13(connection.name()));
      write(address, "/run/systemd/container", "systemd-nspawn");
    }
    return new Session(address);
  }

  @Override
  public void close() {}

  private synchronized ProbeAnswers answers(String address, List<Probe<?>> probes) {
    Map<Probe<?>, ProbeResult<?>> results = new HashMap<>();
    probes.forEach(probe -> results.put(probe, machines.get(address, probe)));
    return new ProbeAnswers(
        machines.get(address, new Probe.OfMachine()).found().orElseThrow(), results);
  }

  private synchronized StepOutcome done(String address, Step step) {
    return machines.run(List.of(PlacedStep.on(address, step))).isEmpty()
        ? new StepOutcome.Done()
        : new StepOutcome.Failed("not done in these tests: " + step.describe(), "");
  }

  private final class Session implements HostSession {
    private final String address;

    Session(String address) {
      this.address = address;
    }

    @Override
    public ProbeAnswers probe(List<Probe<?>> probes, Duration timeout) {
      atLook.run();
      return answers(address, probes);
    }

    @Override
    public StepOutcome run(Step step, Duration timeout) {
      return done(address, step);
    }

    @Override
    public void close() {}
  }
}
