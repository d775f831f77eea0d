package io.pgha.cli;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes on, live on a terminal: what is finished scrolls by, and below it stands a
 * line for each host with what it is doing.
 */
final class TerminalProgress implements RunReport.Running {
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Console console;
  private final Paint paint;
  private final LongSupplier nanos;
  private final long start;
  private final Map<String, Doing> hosts = new TreeMap<>();
  private final Map<String, String> waiting = new TreeMap<>();
  private final ScheduledExecutorService clock;
  private int drawn;

  private record Doing(String address, String what, long since) {}

  TerminalProgress(Console console, LongSupplier nanos) {
    this.console = console;
    this.paint = console.paint();
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.clock =
        Executors.newSingleThreadScheduledExecutor(work -> {
          Thread thread = new Thread(work, "progress");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Draws anew from now on by itself, so that one sees the seconds pass. */
  TerminalProgress ticking() {
    var _ = clock.scheduleAtFixedRate(() -> draw(""), 250, 250, TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public synchronized void stepStarted(PlannedInstance instance, String hostName, Step step) {
    waiting.remove(instance.address());
    hosts.put(hostName, new Doing(instance.address(), step.describe(), nanos.getAsLong()));
    draw("");
  }

  @Override
  public synchronized void stepDone(
      PlannedInstance instance, String hostName, Step step, Duration took) {
    hosts.computeIfPresent(
        hostName, (name, doing) -> doing.address().equals(instance.address()) ? null : doing);
    draw("");
  }

  @Override
  public synchronized void waiting(PlannedInstance instance, String reason) {
    waiting.put(instance.address(), reason);
    draw("");
  }

  @Override
  public synchronized void done(PlannedInstance instance, Duration took) {
    forget(instance);
    draw(line(ProgressText.done(paint, instance, took)));
  }

  @Override
  public synchronized void failed(PlannedInstance instance, Diagnostic why) {
    forget(instance);
    draw(line(ProgressText.failed(paint, instance, why)));
  }

  @Override
  public synchronized void say(String text) {
    draw(text + "\n");
  }

  private void forget(PlannedInstance instance) {
    waiting.remove(instance.address());
    hosts.values().removeIf(doing -> doing.address().equals(instance.address()));
  }

  private String line(String text) {
    return ProgressText.prefix(nanos.getAsLong() - start) + text + "\n";
  }

  /** Writes what stays, then the live lines in the place of the ones before. */
  private synchronized void draw(String staying) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r').append(CLEAR_BELOW).append(staying).append(NO_WRAP);
    int width = hosts.keySet().stream().mapToInt(String::length).max().orElse(0);
    hosts.forEach((host, doing) ->
        text.append("  ")
            .append(paint.bold(host))
            .repeat(' ', width - host.length())
            .append("  ")
            .append(age(doing.since()))
            .append("  ")
            .append(doing.what())
            .append("  ")
            .append(paint.faint(doing.address()))
            .append('\n'));
    waiting.forEach((address, reason) ->
        text.append("  ").append(paint.faint(address + " waits: " + reason)).append('\n'));
    drawn = hosts.size() + waiting.size();
    console.out().print(text.append(WRAP));
    console.out().flush();
  }

  private String age(long since) {
    return String.format(Locale.ROOT, "%4d s", (nanos.getAsLong() - since) / 1_000_000_000);
  }

  /** Takes the live lines away. */
  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      hosts.clear();
      waiting.clear();
      draw("");
    }
  }
}
