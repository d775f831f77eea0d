package io.pgha.provider.probe;

import java.util.Optional;

/**
 * The answer to a probe.
 *
 * @param <F> the facts that answer it
 */
public sealed interface ProbeResult<F> {
  /** What was asked about is there. */
  record Found<F>(F facts) implements ProbeResult<F> {}

  /** It is not there, or the command that would tell is not there. */
  record Absent<F>() implements ProbeResult<F> {}

  /** It could not be told. */
  record Failed<F>(String reason) implements ProbeResult<F> {}

  /** The machine did not answer. */
  record Unreachable<F>(String reason) implements ProbeResult<F> {}

  /** The facts where they were found. */
  default Optional<F> found() {
    return this instanceof Found<F>(F facts) ? Optional.of(facts) : Optional.empty();
  }
}
