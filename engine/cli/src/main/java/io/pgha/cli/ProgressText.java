package io.pgha.cli;

import io.pgha.core.execution.Progress;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.Locale;

/** Shows how a run goes on, a line for each thing that happens. */
final class ProgressText implements Progress {
  private final Console console;
  private final Paint paint;

  ProgressText(Console console, Paint paint) {
    this.console = console;
    this.paint = paint;
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
    line(
        paint.bold(instance.address())
            + ": "
            + paint.added(done(instance.action()))
            + " after "
            + seconds(took));
  }

  @Override
  public void failed(PlannedInstance instance, Diagnostic why) {
    line(paint.bold(instance.address()) + ": " + paint.removed(why.summary()));
  }

  private synchronized void line(String text) {
    console.line(text);
  }

  private static String done(Action action) {
    return switch (action) {
      case CREATE -> "created";
      case UPDATE -> "changed";
      case REPLACE -> "replaced";
      case DELETE -> "destroyed";
      case NO_OP -> "left as it is";
    };
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
