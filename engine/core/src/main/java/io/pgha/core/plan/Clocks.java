package io.pgha.core.plan;

import io.pgha.core.observation.Answers;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whether the clocks of the machines agree with each other, whatever the operator's says. */
final class Clocks {
  /** As far from the operator's clock a host's own provider warns of it. */
  private static final long WARNED_MILLIS = 1000;

  private record Clock(String host, long offset) {}

  private Clocks() {}

  /**
   * A warning where two clocks are far apart of which neither is far from the operator's.
   *
   * @param name a host's name for people, by its address
   */
  static Optional<Diagnostic> warning(Answers answers, UnaryOperator<String> name) {
    if (answers.hosts().size() < 2) {
      return Optional.empty();
    }
    List<Clock> clocks =
        answers.hosts().keySet().stream()
            .flatMap(host ->
                answers.machine(host).stream()
                    .map(facts -> new Clock(host, facts.clockOffsetMillis())))
            .filter(clock -> Math.abs(clock.offset) < WARNED_MILLIS)
            .sorted(Comparator.comparingLong(Clock::offset).thenComparing(Clock::host))
            .toList();
    if (clocks.isEmpty() || clocks.getLast().offset - clocks.getFirst().offset < WARNED_MILLIS) {
      return Optional.empty();
    }
    Clock behind = clocks.getFirst();
    Clock ahead = clocks.getLast();
    return Optional.of(
        Diagnostic.warning(
                "clocks-apart",
                "The clocks of %s and %s disagree"
                    .formatted(name.apply(ahead.host), name.apply(behind.host)),
                "That of %s is %.1f s ahead. Leases of etcd and Patroni and the times in logs need clocks that agree: see `timedatectl` on both."
                    .formatted(name.apply(ahead.host), (ahead.offset - behind.offset) / 1000.0))
            .about(ahead.host)
            .on(name.apply(ahead.host)));
  }
}
