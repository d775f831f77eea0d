package io.pgha.cli;

import io.pgha.cli.view.Seconds;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes on, a line for each thing that happens, with the seconds since the start.
 */
final class ProgressText implements RunReport.Running {
  /** As wide as the seconds of an hour and more. */
  private static final int COLUMN = "9999.9 s".length();

  private final Console console;
  private final Paint paint;
  private final LongSupplier nanos;
  private final long start;

  ProgressText(Console console, LongSupplier nanos) {
    this.console = console;
    this.paint = console.paint();
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  @Override
  public synchronized void say(String text) {
    console.line(text);
  }

  @Override
  public void stepStarted(PlannedInstance instance, String hostName, Step step) {
    line(paint.bold(instance.address()) + ": " + hostName + ": " + step.describe());
  }

  @Override
  public void waiting(PlannedInstance instance, String reason) {
    line(paint.bold(instance.address()) + ": waiting: " + reason);
  }

  @Override
  public void done(PlannedInstance instance, Duration took) {
    line(done(paint, instance, took));
  }

  @Override
  public void failed(PlannedInstance instance, Diagnostic why) {
    line(failed(paint, instance, why));
  }

  static String done(Paint paint, PlannedInstance instance, Duration took) {
    return paint.bold(instance.address())
        + ": "
        + paint.added(word(instance.action()))
        + " after "
        + Seconds.of(took);
  }

  static String failed(Paint paint, PlannedInstance instance, Diagnostic why) {
    String summary = why.summary();
    return paint.bold(instance.address())
        + ": "
        + (why.isError()
            ? paint.removed("failed: " + summary)
            : paint.changed("left alone: " + why.detail()));
  }

  private synchronized void line(String text) {
    console.line(prefix(nanos.getAsLong() - start) + text);
  }

  /** The seconds since the start, in a column. */
  static String prefix(long nanos) {
    String seconds = Seconds.of(Duration.ofNanos(nanos));
    return " ".repeat(Math.max(0, COLUMN - seconds.length())) + seconds + "  ";
  }

  private static String word(Action action) {
    return switch (action) {
      case CREATE -> "created";
      case UPDATE -> "changed";
      case REPLACE -> "made anew";
      case DELETE -> "destroyed";
      case READ -> "read";
      case NO_OP -> "left as it is";
    };
  }
}
