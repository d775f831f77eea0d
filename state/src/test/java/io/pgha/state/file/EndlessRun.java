package io.pgha.state.file;

import io.pgha.state.StateSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Records instances one after the other and prints each number once it is recorded. */
final class EndlessRun {
  private EndlessRun() {}

  public static void main(String[] arguments) throws Exception {
    LocalBackend backend = new LocalBackend(Path.of(arguments[0]));
    int index = Integer.parseInt(arguments[1]);
    try (StateSession session = backend.open(Samples.lock("apply"), Duration.ofSeconds(30))) {
      for (; ; index++) {
        session.intent(Samples.small(index, 0).id(), 0, "make it", Map.of("host.a", "m"));
        session.record(Samples.small(index, 0));
        System.out.println(index);
        if (index % 25 == 24) {
          session.finish(Map.of());
        }
      }
    }
  }
}
