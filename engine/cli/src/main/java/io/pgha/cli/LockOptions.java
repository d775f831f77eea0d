package io.pgha.cli;

import java.time.Duration;

/** The options of all commands that write the state. */
final class LockOptions {
  boolean lock = true;
  Duration timeout = Duration.ZERO;

  /** Declares them. */
  void declare(Arguments takes) {
    takes.toggle(
        "-lock",
        true,
        "Whether the state is locked while it is written. Without the lock two runs at once lose"
            + " each other's work.",
        given -> lock = given);
    takes.option(
        "-lock-timeout",
        "DURATION",
        Duration.class,
        "0s",
        "How long to wait for a lock that another holds, such as 30s.",
        given -> timeout = given);
  }

  /** Declares where Terraform keeps the state that was there before. */
  static void declareBackup(Arguments takes) {
    takes.understood(
        "-backup", "FILE", "the state as it was before is always in pgha.state.json.backup.");
  }
}
