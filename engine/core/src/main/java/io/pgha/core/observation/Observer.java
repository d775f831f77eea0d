package io.pgha.core.observation;

import io.pgha.provider.probe.PlacedProbe;
import java.util.Collection;
import java.util.Set;

/**
 * Whoever asks machines, and can do nothing else: the handle of what only looks. Every probe is
 * read-only, and no step can be given to it.
 */
public interface Observer {
  /** Asks all probes, hosts in parallel, one round trip each. */
  Answers ask(Collection<PlacedProbe> probes) throws InterruptedException;

  /**
   * Says that the given hosts, by the addresses of their instances, will be asked something soon:
   * whoever connects can do so by then.
   */
  default void expect(Set<String> hosts) {}
}
