package io.pgha.core.test;

import io.pgha.core.plan.Plan;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param started when it began; where it was skipped, when that was found
 * @param found what is to be told of it
 * @param plan what was planned; empty where that was impossible
 * @param state what was there after an apply; empty where nothing was applied
 */
public record RunResult(
    Status status,
    Instant started,
    Duration took,
    List<Diagnostic> found,
    Optional<Plan> plan,
    Optional<State> state) {
  public RunResult {
    found = List.copyOf(found);
  }

  static RunResult skipped() {
    return new RunResult(
        Status.SKIP, Instant.now(), Duration.ZERO, List.of(), Optional.empty(), Optional.empty());
  }
}
