package io.pgha.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of all commands that write the state. */
final class LockOptions {
  @Option(
      names = {"-lock", "--lock"},
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "true",
      description =
          "Whether the state is locked while it is written. Without the lock two runs at once lose"
              + " each other's work.")
  boolean lock = true;

  @Option(
      names = {"-lock-timeout", "--lock-timeout"},
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "How long to wait for a lock that another holds, such as 30s.")
  Duration timeout = Duration.ZERO;
}
