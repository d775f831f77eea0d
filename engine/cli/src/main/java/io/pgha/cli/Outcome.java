package io.pgha.cli;

import io.pgha.core.execution.Progress;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what was really done, and how long the hosts took; tells all to another progress. */
final class Outcome implements Progress {
  private final Progress shown;
  private final long start = System.nanoTime();
  private final Map<Action, Integer> done = new EnumMap<>(Action.class);
  private final Map<String, Duration> onHosts = new TreeMap<>();
  private int failures;
  private int leftAlone;

  Outcome(Progress shown) {
    this.shown = shown;
  }

  /** What was done, in one line. */
  synchronized String counts() {
    String counts = "%d added, %d changed, %d destroyed".formatted(added(), changed(), destroyed());
    return counts
        + (failures > 0 ? ", " + failures + " failed" : "")
        + (leftAlone > 0 ? ", " + leftAlone + " left alone" : "");
  }

  /** How many there are now that were not there before; replacements too. */
  synchronized int added() {
    return done.getOrDefault(Action.CREATE, 0) + done.getOrDefault(Action.REPLACE, 0);
  }

  synchronized int changed() {
    return done.getOrDefault(Action.UPDATE, 0);
  }

  /** How many are gone; replacements too. */
  synchronized int destroyed() {
    return done.getOrDefault(Action.DELETE, 0) + done.getOrDefault(Action.REPLACE, 0);
  }

  /** How long it took, in all and by host. */
  synchronized String times() {
    String total = seconds(Duration.ofNanos(System.nanoTime() - start));
    return onHosts.isEmpty()
        ? total
        : total
            + " (steps: "
            + onHosts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + seconds(entry.getValue()))
                .collect(Collectors.joining(", "))
            + ")";
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  @Override
  public void started(PlannedInstance instance) {
    shown.started(instance);
  }

  @Override
  public void stepStarted(PlannedInstance instance, String hostName, Step step) {
    shown.stepStarted(instance, hostName, step);
  }

  @Override
  public void stepDone(PlannedInstance instance, String hostName, Step step, Duration took) {
    synchronized (this) {
      onHosts.merge(hostName, took, Duration::plus);
    }
    shown.stepDone(instance, hostName, step, took);
  }

  @Override
  public void waiting(PlannedInstance instance, String reason) {
    shown.waiting(instance, reason);
  }

  @Override
  public void done(PlannedInstance instance, Duration took) {
    synchronized (this) {
      done.merge(instance.action(), 1, Integer::sum);
    }
    shown.done(instance, took);
  }

  @Override
  public void failed(PlannedInstance instance, Diagnostic why) {
    synchronized (this) {
      if (why.isError()) {
        failures++;
      } else {
        leftAlone++;
      }
    }
    shown.failed(instance, why);
  }
}
