package io.pgha.cli;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes on, live on a terminal: what is finished scrolls by, and below it stands a
 * line for each thing that a host is doing, as far as they fit.
 */
final class TerminalProgress implements RunReport.Running {
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";

  /**
   * What scrolled out of the screen could not be drawn over: the smallest usual one has 24 rows.
   */
  private static final int MOST_LINES = 20;

  private final Console console;
  private final Paint paint;
  private final LongSupplier nanos;
  private final long start;
  private final Map<Place, Doing> doings = new TreeMap<>();
  private final Map<String, String> waiting = new TreeMap<>();
  private final ScheduledExecutorService clock;
  private int drawn;

  private record Place(String host, String address) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::host).thenComparing(Place::address);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private record Doing(String what, long since) {}

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
    doings.put(
        new Place(hostName, instance.address()), new Doing(step.describe(), nanos.getAsLong()));
    draw("");
  }

  @Override
  public synchronized void stepDone(
      PlannedInstance instance, String hostName, Step step, Duration took) {
    doings.remove(new Place(hostName, instance.address()));
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
    doings.keySet().removeIf(place -> place.address().equals(instance.address()));
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
    List<String> lines = live();
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    drawn = lines.size();
    console.out().print(text.append(WRAP));
    console.out().flush();
  }

  private List<String> live() {
    List<String> lines = new ArrayList<>();
    int width = doings.keySet().stream().mapToInt(place -> place.host().length()).max().orElse(0);
    doings.forEach((place, doing) ->
        lines.add(
            paint.bold(place.host())
                + " ".repeat(width - place.host().length())
                + "  "
                + age(doing.since())
                + "  "
                + doing.what()
                + "  "
                + paint.faint(place.address())));
    waiting.forEach((address, reason) -> lines.add(paint.faint(address + " waits: " + reason)));
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
    some.add(paint.faint("and " + (lines.size() - some.size()) + " more"));
    return some;
  }

  private String age(long since) {
    return String.format(Locale.ROOT, "%4d s", (nanos.getAsLong() - since) / 1_000_000_000);
  }

  /** Takes the live lines away. */
  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      doings.clear();
      waiting.clear();
      draw("");
    }
  }
}
