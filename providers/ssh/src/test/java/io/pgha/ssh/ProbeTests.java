package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static PrivateSshd sshd;
  private static SshTransport transport;
  private static HostSession session;

  @BeforeAll
  static void connect() throws Exception {
    PrivateSshd.assume();
    sshd = PrivateSshd.start(folder.resolve("sshd"));
    transport = new SshTransport(sshd.files());
    session = transport.open(sshd.connection().build());
  }

  @AfterAll
  static void disconnect() {
    if (transport != null) {
      transport.close();
    }
    if (sshd != null) {
      sshd.close();
    }
  }

  private static ProbeAnswers ask(Probe<?>... probes) throws Exception {
    return session.probe(List.of(probes), PATIENCE);
  }

  @SuppressWarnings("unchecked")
  private static <F> ProbeResult<F> answer(ProbeAnswers answers, Probe<F> probe) {
    ProbeResult<?> result = answers.results().get(probe);
    assertThat(result).as(probe.toString()).isNotNull();
    return (ProbeResult<F>) result;
  }

  private static <F> ProbeResult<F> ask1(Probe<F> probe) throws Exception {
    return answer(ask(probe), probe);
  }

  private static FileFacts file(Path path, Content content) throws Exception {
    return ask1(new Probe.OfFile(path.toString(), content)).found().orElseThrow();
  }

  @Test
  void anEmptyBatchTellsOfTheMachine() throws Exception {
    ProbeAnswers answers = ask();

    assertThat(answers.results()).isEmpty();
    assertThat(answers.machine().hostName())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    assertThat(answers.machine().bootId())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    assertThat(answers.machine().kernel())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    assertThat(answers.machine().osId()).isNotEmpty();
    assertThat(answers.machine().osVersion()).isNotEmpty();
    assertThat(answers.machine().architecture())
        .isEqualTo(PrivateSshd.run("dpkg", "--print-architecture").strip());
    assertThat(answers.machine().processors()).isPositive();
    assertThat(answers.machine().memoryBytes()).isGreaterThan(1 << 20);
    assertThat(Math.abs(answers.machine().clockOffsetMillis())).isLessThan(5_000);
  }

  @Test
  void aFileIsToldWithModeOwnerDigestAndText() throws Exception {
    Path path = Files.writeString(folder.resolve("plain.conf"), "one\ntwo\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(path, FileTime.from(1_600_000_000, TimeUnit.SECONDS));

    assertThat(file(path, Content.TEXT))
        .isEqualTo(
            new FileFacts(
                FileFacts.Kind.FILE,
                0640,
                "root",
                "root",
                8,
                Optional.of(digest(path)),
                Optional.of("one\ntwo\n"),
                false,
                Files.getLastModifiedTime(path).to(TimeUnit.SECONDS),
                ((FileTime) Files.getAttribute(path, "unix:ctime")).to(TimeUnit.SECONDS)));
    assertThat(file(path, Content.DIGEST).sha256()).contains(digest(path));
    assertThat(file(path, Content.DIGEST).text()).isEmpty();
    assertThat(file(path, Content.NONE).sha256()).isEmpty();
    assertThat(file(path, Content.NONE).size()).isEqualTo(8);
  }

  private static String digest(Path path) throws Exception {
    return PrivateSshd.run("sha256sum", "--", path.toString()).split(" ", 2)[0].replace("\\", "");
  }

  @Test
  void manyProbesAreAnsweredInOneBatch() throws Exception {
    List<Probe<?>> probes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Path path = Files.writeString(folder.resolve("many" + i), "content " + i);
      probes.add(new Probe.OfFile(path.toString(), i % 2 == 0 ? Content.TEXT : Content.DIGEST));
      probes.add(Probe.OfCommand.of("echo " + i + "; echo to stderr " + i + " >&2; exit " + i));
    }
    ProbeAnswers answers = session.probe(probes, PATIENCE);

    for (int i = 0; i < 40; i++) {
      assertThat(answers.results().get(probes.get(2 * i + 1)))
          .isEqualTo(new ProbeResult.Found<>(new CommandOutput(i, "" + i, "to stderr " + i)));
      assertThat(answers.results().get(probes.get(2 * i)))
          .isInstanceOfSatisfying(
              ProbeResult.Found.class,
              found -> assertThat(((FileFacts) found.facts()).sha256()).isPresent());
    }
  }

  @Test
  void packagesUnitsHttpAndSqlAreAbsentWhereThereAreNone() throws Exception {
    Probe<?> name = new Probe.OfPackage("no-such-package");
    Probe<?> shell = new Probe.OfPackage("dash");
    Probe<?> http = Probe.OfHttp.get("http://127.0.0.1:" + PrivateSshd.freePort() + "/");
    Probe<?> sql =
        new Probe.OfSql(PrivateSshd.freePort(), "/var/run/postgresql", "postgres", "SELECT 1");
    Probe<?> missing = new Probe.OfFile(folder.resolve("missing").toString(), Content.TEXT);
    Probe<?> command = Probe.OfCommand.of("no-such-command --version");
    ProbeAnswers answers = ask(name, shell, http, sql, missing, command);

    assertThat(List.of(name, http, sql, missing, command))
        .allSatisfy(probe ->
            assertThat(answers.results().get(probe)).isEqualTo(new ProbeResult.Absent<>()));
    assertThat(answers.results().get(shell)).isInstanceOf(ProbeResult.Found.class);
  }

  @Test
  void aHangingCommandIsCutAndTheOthersAreAnswered() throws Exception {
    Probe<?> hanging = Probe.OfCommand.of("echo begun; (sleep 600; echo never) | cat; echo never");
    Probe<?> quick = Probe.OfCommand.of("echo quick");
    ProbeAnswers answers = session.probe(List.of(hanging, quick), Duration.ofSeconds(15));

    assertThat(answers.results().get(hanging))
        .isEqualTo(new ProbeResult.Failed<>("the command did not end within 5 s"));
    assertThat(answers.results().get(quick))
        .isEqualTo(new ProbeResult.Found<>(new CommandOutput(0, "quick", "")));
  }

  @Test
  void variablesOfACommandReachItWhole() throws Exception {
    String value = "it's $HOME `id` \"quoted\" \\ and\nanother line";
    assertThat(
            ask1(new Probe.OfCommand("printf '%s|' \"$VALUE\"", Map.of("VALUE", value)))
                .found()
                .orElseThrow()
                .output())
        .isEqualTo(value + "|");
    assertThat(value.getBytes(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
