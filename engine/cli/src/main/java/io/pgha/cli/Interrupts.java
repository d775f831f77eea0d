package io.pgha.cli;

import io.pgha.core.execution.Stop;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Turns the first Ctrl-C (or SIGTERM, or the end of the terminal) into a request to stop after the
 * running steps; the second ends the process at once.
 */
final class Interrupts implements AutoCloseable {
  /** What shells add to the number of the signal that ended a process. */
  private static final int BY_SIGNAL = 128;

  private final Stop stop;
  private final Consumer<String> told;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Signals signals;

  private Interrupts(Stop stop, Consumer<String> told) {
    this.stop = stop;
    this.told = told;
    this.signals = Signals.hear(this::signal);
  }

  /**
   * Watches from now on.
   *
   * @param told shows a line to the user
   */
  static Interrupts watch(Stop stop, Consumer<String> told) {
    return new Interrupts(stop, told);
  }

  private void signal(int number) {
    if (!asked.compareAndSet(false, true)) {
      // Without a word: it may be the user's terminal that hangs.
      end(number);
    }
    stop.request();
    told.accept(
        "\nStopping: the running steps are finished and recorded, no other is begun. Ask again to"
            + " stop at once.");
  }

  /** Ends the process at once, with the status that the signal asks for. */
  static void end(int signal) {
    Runtime.getRuntime().halt(BY_SIGNAL + signal);
  }

  /** Ctrl-C ends the process as usual again. */
  @Override
  public void close() {
    signals.close();
  }
}
