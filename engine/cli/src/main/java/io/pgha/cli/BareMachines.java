package io.pgha.cli;

import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Machines on which there is nothing, for planning without any: the training runs of the AOT cache
 * plan for them. Nothing can be done to them.
 */
final class BareMachines implements Transport {
  @Override
  public HostSession open(HostConnection connection) {
    return new Session(connection);
  }

  @Override
  public void close() {}

  private record Session(HostConnection connection) implements HostSession {
    @Override
    public ProbeAnswers probe(List<Probe<?>> probes, Duration timeout) {
      MachineFacts machine =
          new MachineFacts(
              "id-of-" + connection.name(),
              connection.name(),
              "debian",
              "13",
              "trixie",
              "6.12",
              "amd64",
              2,
              1L << 30,
              List.of("eth0 " + connection.address() + "/24"),
              0,
              "boot");
      Map<Probe<?>, ProbeResult<?>> results = new HashMap<>();
      for (Probe<?> probe : probes) {
        results.put(
            probe,
            probe instanceof Probe.OfMachine
                ? new ProbeResult.Found<>(machine)
                : new ProbeResult.Absent<>());
      }
      return new ProbeAnswers(machine, results);
    }

    @Override
    public StepOutcome run(Step step, Duration timeout) {
      return new StepOutcome.Failed("there is no machine: " + step.describe(), "");
    }

    @Override
    public void close() {}
  }
}
