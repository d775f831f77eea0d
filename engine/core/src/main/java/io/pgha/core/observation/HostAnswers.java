package io.pgha.core.observation;

import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.transport.TransportException;
import java.util.Map;

/** What came of asking one host. */
public sealed interface HostAnswers {
  /** It answered. */
  record Answered(MachineFacts machine, Map<Probe<?>, ProbeResult<?>> results)
      implements HostAnswers {}

  /** It could not be asked. */
  record Unreachable(TransportException.Code code, String reason) implements HostAnswers {}
}
