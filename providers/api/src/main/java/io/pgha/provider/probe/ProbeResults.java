package io.pgha.provider.probe;

/** The answers to the probes of an instance. */
public interface ProbeResults {
  /**
   * The answer of a host to a probe.
   *
   * @throws IllegalArgumentException where it was never asked: a provider's mistake
   */
  <F> ProbeResult<F> get(String host, Probe<F> probe);
}
