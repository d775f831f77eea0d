package io.pgha.provider.transport;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.List;

/** An open connection to one machine. Thread-safe; several scripts may run at once. */
public interface HostSession extends AutoCloseable {
  /**
   * Asks all probes in one remote script and one round trip; nothing is written on the machine.
   *
   * @throws TransportException where the connection was lost, or no answer came in time
   */
  ProbeAnswers probe(List<Probe<?>> probes, Duration timeout)
      throws TransportException, InterruptedException;

  /**
   * Runs one step. {@link Step.Await} is the engine's own and never comes here.
   *
   * @throws TransportException where the connection was lost or no answer came in time: the step
   *     may or may not have been done
   */
  StepOutcome run(Step step, Duration timeout) throws TransportException, InterruptedException;

  @Override
  void close();
}
