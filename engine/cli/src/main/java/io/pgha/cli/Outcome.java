package io.pgha.cli;

import io.pgha.cli.view.Seconds;
import io.pgha.core.execution.Progress;
import io.pgha.core.plan.Listing;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Knows what was really done, and how long the hosts took; tells all to another progress. */
final class Outcome implements Progress {
  private final Plan plan;
  private final Progress shown;
  private final long start = System.nanoTime();
  private final Map<Action, Integer> done = new EnumMap<>(Action.class);
  private final Map<String, Duration> onHosts = new TreeMap<>();
  private StateChanges recorded = StateChanges.NONE;
  private int forgotten;
  private final Set<String> finished = new HashSet<>();
  private final Set<String> failed = new TreeSet<>();

  /** What was begun and then not finished, since the user asked to stop. */
  private final Set<String> halfway = new TreeSet<>();

  Outcome(Plan plan, Progress shown) {
    this.plan = plan;
    this.shown = shown;
  }

  /** What was done, in one line. */
  synchronized String counts() {
    String counts =
        recorded.counts().stream().map(each -> each + ", ").collect(Collectors.joining())
            + (forgotten > 0 ? forgotten + " forgotten, " : "")
            + "%d added, %d changed, %d destroyed".formatted(added(), changed(), destroyed());
    int rest = notStarted().size();
    return counts
        + (failed.isEmpty() ? "" : ", " + failed.size() + " failed")
        + (halfway.isEmpty() ? "" : ", " + halfway.size() + " not finished")
        + (rest > 0 ? ", " + rest + " not started" : "");
  }

  /** Whether all that was planned was done. */
  synchronized boolean complete() {
    return plan.changes().stream().allMatch(change -> finished.contains(change.address()));
  }

  /** Whether an instance was done. */
  synchronized boolean isDone(String address) {
    return finished.contains(address);
  }

  /**
   * The addresses of what was done and of what was not, a line for each kind; empty text where all
   * was done.
   */
  synchronized String rest() {
    String rest = undone();
    return rest.isEmpty() ? "" : list("done:         ", done()) + rest;
  }

  private List<String> done() {
    return plan.changes().stream()
        .map(PlannedInstance::address)
        .filter(finished::contains)
        .toList();
  }

  private String undone() {
    return list("failed:       ", List.copyOf(failed))
        + list("not finished: ", List.copyOf(halfway))
        + list("not started:  ", notStarted())
        + list("not planned:  ", plan.obstructed().stream().map(PlannedInstance::address).toList());
  }

  private List<String> notStarted() {
    return plan.changes().stream()
        .map(PlannedInstance::address)
        .filter(address -> !finished.contains(address))
        .filter(address -> !failed.contains(address) && !halfway.contains(address))
        .toList();
  }

  private static String list(String title, List<String> addresses) {
    if (addresses.isEmpty()) {
      return "";
    }
    return "  " + title + Listing.of(addresses) + "\n";
  }

  /** How many there are now that were not there before; replacements too. */
  synchronized int added() {
    return done.getOrDefault(Action.CREATE, 0) + done.getOrDefault(Action.REPLACE, 0);
  }

  /** How many were taken over. */
  synchronized int imported() {
    return recorded.imported().size();
  }

  /** How many state has forgotten. */
  synchronized int forgotten() {
    return forgotten;
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
    String total = Seconds.of(Duration.ofNanos(System.nanoTime() - start));
    return onHosts.isEmpty()
        ? total
        : total
            + " (steps: "
            + onHosts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Seconds.of(entry.getValue()))
                .collect(Collectors.joining(", "))
            + ")";
  }

  @Override
  public void recorded(StateChanges changes) {
    synchronized (this) {
      recorded = changes;
    }
    shown.recorded(changes);
  }

  @Override
  public void forgotten(int instances) {
    synchronized (this) {
      forgotten = instances;
    }
    shown.forgotten(instances);
  }

  @Override
  public void started(PlannedInstance instance) {
    shown.started(instance);
  }

  @Override
  public void partStarted(PlannedInstance instance, Action part) {
    shown.partStarted(instance, part);
  }

  @Override
  public void partDone(PlannedInstance instance, Action part, Duration took) {
    shown.partDone(instance, part, took);
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
      finished.add(instance.address());
    }
    shown.done(instance, took);
  }

  @Override
  public void failed(PlannedInstance instance, Diagnostic why) {
    synchronized (this) {
      switch (why.code()) {
        case "stopped" -> halfway.add(instance.address());
        case "left-alone", "rollout-stopped" -> {
          // Not started: what stopped it has failed by itself.
        }
        default -> failed.add(instance.address());
      }
    }
    shown.failed(instance, why);
  }
}
