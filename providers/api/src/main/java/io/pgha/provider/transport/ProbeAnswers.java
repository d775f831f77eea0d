package io.pgha.provider.transport;

import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.Map;

/**
 * A machine's answers to a batch of probes.
 *
 * @param machine facts of the machine, asked for or not
 * @param results the answer to each probe; never unreachable
 */
public record ProbeAnswers(MachineFacts machine, Map<Probe<?>, ProbeResult<?>> results) {
  public ProbeAnswers {
    results = Map.copyOf(results);
  }
}
