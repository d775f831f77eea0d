package io.pgha.state.file;

import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Path;
import java.time.Duration;

/** Takes the lock of a state if it can, and holds it until its input ends. */
final class LockContender {
  private LockContender() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("READY");
    if (System.in.read() != 'g') {
      return;
    }
    LocalBackend backend = new LocalBackend(Path.of(arguments[0]));
    Duration timeout = Duration.parse(arguments[1]);
    try (StateSession session = backend.open(Samples.lock("apply"), timeout)) {
      session.record(Samples.small((int) ProcessHandle.current().pid(), 0));
      System.out.println("WON");
      while (System.in.read() >= 0) {
        // until the input ends
      }
    } catch (StateException e) {
      System.out.println(e.reason() + " " + e.getMessage());
    }
  }
}
