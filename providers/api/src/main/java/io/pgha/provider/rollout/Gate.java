package io.pgha.provider.rollout;

import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What must hold before a rollout goes on. A gate that stays shut stops the rollout with the rest
 * untouched.
 *
 * @param description what must hold, in words
 * @param probes what to ask
 * @param condition what the answers must say
 * @param timeout how long to wait for it
 */
public record Gate(
    String description,
    List<PlacedProbe> probes,
    Function<ProbeResults, Verdict> condition,
    Duration timeout) {
  public Gate {
    probes = List.copyOf(probes);
  }

  /** A gate that is always open. */
  public static final Gate OPEN =
      new Gate("", List.of(), results -> Verdict.holds(), Duration.ZERO);
}
