package io.pgha.core.observation;

import io.pgha.provider.probe.PlacedProbe;
import io.pgha.state.InstanceState;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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

  /**
   * Says what of state is compared with machines from now on; each instance once.
   *
   * @param instances is asked only by who wants to know, and once then
   */
  default void refreshing(Supplier<List<InstanceState>> instances) {}

  /** Says of which of them it is known by now how they are; each instance once. */
  default void refreshed(Supplier<List<InstanceState>> instances) {}
}
