package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.ProbeAnswers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the training runs connect to, and what every connection is rehearsed with. */
class LoopbackMachinesTests {
  private static final HostConnection ANY =
      new HostConnection(
          "host.any",
          "any",
          "192.0.2.1",
          22,
          "nobody",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          List.of(),
          List.of(),
          false,
          new HostConnection.Sudo.None(),
          Optional.empty(),
          Duration.ofSeconds(10));

  @Test
  void everyHostIsThisMachineAndTheServerEndsWithItsTransport() throws Exception {
    Optional<LoopbackMachines> started = LoopbackMachines.start();
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(started.isPresent(), "there is no sshd here");
    }
    try (LoopbackMachines machines = started.orElseThrow()) {
      machines.prepare();
      ProbeAnswers answers =
          machines.open(ANY).probe(List.of(new Probe.OfMachine()), Duration.ofSeconds(60));
      assertThat(answers.machine().hostName())
          .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
      assertThat(children()).as("the server, and who serves the connection").isGreaterThan(1);
    }
    assertThat(children()).as("nothing is left behind").isZero();
  }

  private static long children() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("sshd"))
        .count();
  }

  @Test
  void aConnectionIsRehearsedWithoutTrouble() {
    Logger logger = Logger.getLogger("io.pgha.ssh.connection.Rehearsal");
    List<LogRecord> heard = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            heard.add(record);
          }

          @Override
          public void flush() {
            // Nothing is kept back.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    Level level = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try {
      Providers.transport().prepare();
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(level);
    }
    assertThat(heard).extracting(LogRecord::getMessage).isEmpty();
  }
}
