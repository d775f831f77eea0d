package io.pgha.core.observation;

import io.pgha.provider.probe.PlacedProbe;
import java.util.Collection;

/**
 * Whoever asks machines, and can do nothing else: the handle of what only looks. Every probe is
 * read-only, and no step can be given to it.
 */
public interface Observer {
  /** Asks all probes, hosts in parallel, one round trip each. */
  Answers ask(Collection<PlacedProbe> probes) throws InterruptedException;
}
