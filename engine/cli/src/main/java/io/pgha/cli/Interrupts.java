package io.pgha.cli;

import io.pgha.core.execution.Stop;

/**
 * Turns the first Ctrl-C into a request to stop after the running steps; the second ends the
 * process at once.
 */
final class Interrupts {
  private final Thread hook;
  private final Thread worker;

  private Interrupts(Stop stop, Console console) {
    this.worker = Thread.currentThread();
    this.hook =
        new Thread(() -> {
          stop.request();
          console.line(
              "\nStopping: the running steps are finished and recorded, no other is begun.");
          try {
            worker.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Interrupts watch(Stop stop, Console console) {
    return new Interrupts(stop, console);
  }

  /** Ctrl-C ends the process as usual again. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending because of a Ctrl-C: the hook waits for this thread, and is done.
    }
  }
}
