package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostConnection.Sudo;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.StepOutcome;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import io.pgha.ssh.connection.KeepAlive;
import io.pgha.ssh.connection.LoginTurns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConnectionTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private PrivateSshd sshd;
  private SshTransport transport;

  @BeforeEach
  void start() throws Exception {
    PrivateSshd.assume();
    sshd = PrivateSshd.start(folder.resolve("sshd"), "SetEnv PATH=" + folder + ":/usr/bin:/bin");
    transport = new SshTransport(sshd.files());
  }

  @AfterEach
  void stop() {
    if (transport != null) {
      transport.close();
    }
    if (sshd != null) {
      sshd.close();
    }
  }

  private TransportException refused(HostConnection connection) {
    return catchThrowableOfType(
        TransportException.class, () -> transport.open(connection).probe(List.of(), PATIENCE));
  }

  private static Step.RunScript script(String script) {
    return new Step.RunScript("run a script", script, List.of(), PATIENCE);
  }

  /** The processes of one connection: a monitor, for root without a child of its own. */
  private long connections() {
    return sshd.connections().stream()
        .filter(
            process -> process.info().command().filter(name -> name.contains("sshd")).isPresent())
        .filter(process -> process.parent().filter(sshd::isServer).isPresent())
        .count();
  }

  @Test
  void aMachineHasOneConnectionWhateverIsDoneOnItAtOnce() throws Exception {
    HostConnection connection = sshd.connection().build();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<StepOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> transport.open(connection).run(script("sleep 0.2"), PATIENCE));
      }
      for (Future<StepOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isEqualTo(new StepOutcome.Done());
      }
    }
    assertThat(connections()).isEqualTo(1);
  }

  @Test
  void aMachineBehindABastionIsReachedThroughIt() throws Exception {
    try (PrivateSshd inner = PrivateSshd.start(folder.resolve("inner"))) {
      HostConnection bastion = sshd.connection().build();
      HostSession first = transport.open(inner.connection().bastion(bastion).build());
      HostSession second =
          transport.open(
              inner.connection().bastion(bastion).timeout(Duration.ofSeconds(29)).build());

      String script = "echo $SSH_CONNECTION";
      Probe<?> probe = Probe.OfCommand.of(script);
      assertThat(first.probe(List.of(probe), PATIENCE).results().get(probe).toString())
          .contains(" 127.0.0.1 " + inner.port());
      assertThat(second.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());
      assertThat(connections()).as("connections to the bastion").isEqualTo(1);
    }
  }

  @Test
  void aMachineThatTheBastionCannotReachIsSaidWithBoth() throws Exception {
    int nobody = PrivateSshd.freePort();
    HostConnection connection =
        new PrivateSshd.Connection(nobody)
            .key(sshd.folder().resolve("id_ed25519"))
            .bastion(sshd.connection().build())
            .build();

    assertThat(refused(connection))
        .hasMessageStartingWith(
            "can't open an SSH connection to db-1 (root@127.0.0.1:%d) through db-1 (root@127.0.0.1:%d): "
                .formatted(nobody, sshd.port()))
        .returns(Code.UNREACHABLE, TransportException::code);
  }

  @Test
  void aPortWhereNobodyListensIsUnreachable() throws Exception {
    int port = PrivateSshd.freePort();

    assertThat(
            refused(
                new PrivateSshd.Connection(port).key(sshd.folder().resolve("id_ed25519")).build()))
        .hasMessage(
            "can't reach db-1 (root@127.0.0.1:%d): Connection refused; check that the machine is up and that sshd listens there"
                .formatted(port))
        .returns(Code.UNREACHABLE, TransportException::code);
  }

  @Test
  void aNameThatDoesNotExistIsSaid() throws Exception {
    assertThat(refused(sshd.connection().address("no-such-host.invalid").build()))
        .hasMessageContaining("the name \"no-such-host.invalid\" can't be resolved")
        .returns(Code.UNREACHABLE, TransportException::code);
  }

  @Test
  void aServerThatAcceptsAndStaysSilentIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HostConnection connection =
          new PrivateSshd.Connection(silent.getLocalPort())
              .key(sshd.folder().resolve("id_ed25519"))
              .timeout(Duration.ofMillis(300))
              .build();

      assertThat(refused(connection))
          .hasMessageStartingWith(
              "no SSH connection to db-1 (root@127.0.0.1:%d) within 300 ms: nothing answers as an SSH server there"
                  .formatted(silent.getLocalPort()))
          .returns(Code.TIMED_OUT, TransportException::code);
    }
  }

  @Test
  void theTimeInWhichAMachineWaitsForItsTurnIsNotItsOwn() throws Exception {
    transport.close();
    transport = new SshTransport(sshd.files(), KeepAlive.STANDARD, new LoginTurns(1));
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      PrivateSshd.Connection slow =
          new PrivateSshd.Connection(silent.getLocalPort())
              .key(sshd.folder().resolve("id_ed25519"))
              .timeout(Duration.ofSeconds(6));
      Future<TransportException> first = threads.submit(() -> refused(slow.build()));
      try (Socket _ = silent.accept()) {
        long start = System.nanoTime();
        HostConnection patient = sshd.connection().timeout(Duration.ofSeconds(3)).build();

        assertThat(transport.open(patient).run(script("true"), PATIENCE))
            .isEqualTo(new StepOutcome.Done());
        assertThat(first.get()).returns(Code.TIMED_OUT, TransportException::code);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isGreaterThan(Duration.ofSeconds(3));
      }
    }
  }

  @Test
  void aScriptThatTakesTooLongIsGivenUp() throws Exception {
    HostSession session = transport.open(sshd.connection().build());

    TransportException late =
        catchThrowableOfType(
            TransportException.class,
            () ->
                session.probe(
                    List.of(Probe.OfCommand.of("exec 9>&-; setsid sleep 5")),
                    Duration.ofMillis(200)));
    assertThat(late.code()).isEqualTo(Code.TIMED_OUT);
    assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());
  }

  @Test
  void aLostConnectionIsOpenedAnewAtTheNextCall() throws Exception {
    HostSession session = transport.open(sshd.connection().build());
    assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());

    cutConnections();

    assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());
    cutConnections();
    assertThat(session.probe(List.of(), PATIENCE).machine().hostName()).isNotEmpty();
  }

  private void cutConnections() {
    for (ProcessHandle process : sshd.connections()) {
      if (process.info().command().filter(name -> name.contains("sshd")).isPresent()) {
        process.destroyForcibly();
        process.onExit().join();
      }
    }
  }

  @Test
  void aStepWhoseConnectionIsLostIsReportedAndGoesOnToItsEnd() throws Exception {
    Path started = folder.resolve("watched/started");
    Path ended = folder.resolve("watched/ended");
    Files.createDirectory(started.getParent());
    PrivateSshd.run("mkfifo", folder.resolve("go").toString());
    HostSession session = transport.open(sshd.connection().build());
    Step step =
        script(
            "touch %s; read -r line <%s; echo much output; touch %s"
                .formatted(started, folder.resolve("go"), ended));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        WatchService watch = folder.getFileSystem().newWatchService()) {
      started.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Future<StepOutcome> outcome = threads.submit(() -> session.run(step, PATIENCE));
      await(watch, started);
      cutConnections();

      TransportException lost =
          (TransportException)
              catchThrowableOfType(
                      java.util.concurrent.ExecutionException.class, () -> outcome.get())
                  .getCause();
      assertThat(lost.code()).isEqualTo(Code.CONNECTION_LOST);
      assertThat(lost)
          .hasMessageStartingWith(
              "the connection to db-1 (root@127.0.0.1:%d) was lost: ".formatted(sshd.port()));

      Files.writeString(folder.resolve("go"), "go\n");
      await(watch, ended);
    }
  }

  private static void await(WatchService watch, Path file) throws Exception {
    while (!Files.exists(file)) {
      var key = watch.poll(60, TimeUnit.SECONDS);
      assertThat(key).as(file + " was not made").isNotNull();
      key.pollEvents();
      key.reset();
    }
  }

  /** Passes bytes on in both directions until it is frozen: then nothing arrives, and no end. */
  private static final class Relay implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;

    Relay(int target) throws IOException {
      listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(() -> {
            try {
              Socket in = listening.accept();
              Socket out = new Socket(InetAddress.getLoopbackAddress(), target);
              sockets.addAll(List.of(in, out));
              Thread.ofVirtual().start(() -> pass(in, out));
              Thread.ofVirtual().start(() -> pass(out, in));
            } catch (IOException closed) {
              // The test has ended.
            }
          });
    }

    private void pass(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try {
        for (int count = from.getInputStream().read(buffer);
            count >= 0;
            count = from.getInputStream().read(buffer)) {
          if (!frozen) {
            to.getOutputStream().write(buffer, 0, count);
          }
        }
      } catch (IOException closed) {
        // The test has ended.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aConnectionThatFallsSilentIsNoticed() throws Exception {
    try (Relay relay = new Relay(sshd.port());
        SshTransport impatient = new SshTransport(sshd.files(), new KeepAlive(1, 1))) {
      HostSession session =
          impatient.open(
              new PrivateSshd.Connection(relay.listening.getLocalPort())
                  .key(sshd.folder().resolve("id_ed25519"))
                  .hostKey(sshd.hostKey())
                  .build());
      assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());

      relay.frozen = true;

      // Noticed before the script was sent, a new connection is tried, which nothing answers
      // either.
      assertThat(
              catchThrowableOfType(
                  TransportException.class, () -> session.run(script("true"), PATIENCE)))
          .hasMessageContaining("db-1")
          .extracting(TransportException::code)
          .isIn(Code.CONNECTION_LOST, Code.TIMED_OUT);
    }
  }

  @Test
  void aScriptThatAnEarlierRunStillRunsIsAwaited() throws Exception {
    Path started = folder.resolve("watched/started");
    Path count = folder.resolve("count");
    Files.createDirectory(started.getParent());
    Step step =
        script(
            "touch %s; echo begin >>%s; sleep 1; echo end >>%s".formatted(started, count, count));
    HostSession session = transport.open(sshd.connection().build());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        WatchService watch = folder.getFileSystem().newWatchService()) {
      started.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Future<StepOutcome> first = threads.submit(() -> session.run(step, PATIENCE));
      await(watch, started);
      cutConnections();
      assertThat(session.run(step, PATIENCE)).isEqualTo(new StepOutcome.Done());
      assertThat(first).failsWithin(PATIENCE);
    }
    assertThat(count).content().isEqualTo("begin\nend\nbegin\nend\n");
  }

  @Test
  void anInterruptedCallEndsAtOnce() throws Exception {
    HostSession session = transport.open(sshd.connection().build());
    Path started = folder.resolve("watched/started");
    Files.createDirectory(started.getParent());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        WatchService watch = folder.getFileSystem().newWatchService()) {
      started.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Future<StepOutcome> outcome =
          threads.submit(() -> session.run(script("touch " + started + "; sleep 20"), PATIENCE));
      await(watch, started);
      assertThat(outcome.cancel(true)).isTrue();
    }
    assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());
  }

  /** Behaves as sudo(8) does with -S, -n and -p. */
  private void pretendSudo(String script) throws IOException {
    Path sudo = folder.resolve("sudo");
    Files.writeString(sudo, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static final String ASKS =
      """
      [ "$1" = -S ] && [ "$2" = -p ] && [ "$4" = -- ] || { echo "sudo: bad arguments $*" >&2; exit 1; }
      shift 4
      read -r password
      [ "$password" = "open sesame" ] || { echo 'Sorry, try again.' >&2; read -r again; exit 1; }
      exec "$@"
      """;

  @Test
  void sudoTakesThePasswordFromStandardInputOnly() throws Exception {
    pretendSudo("echo \"$*\" >>" + folder.resolve("arguments") + "\n" + ASKS);
    HostSession session =
        transport.open(sshd.connection().sudo(new Sudo.WithPassword("open sesame")).build());

    Path file = folder.resolve("written");
    Step write =
        new Step.WriteFile(
            file.toString(),
            List.of(Fragment.plain("content\n")),
            0600,
            "root",
            "root",
            java.util.Optional.empty(),
            java.util.Optional.empty());
    assertThat(session.run(write, PATIENCE)).isEqualTo(new StepOutcome.Done());
    assertThat(session.probe(List.of(), PATIENCE).machine().hostName()).isNotEmpty();
    assertThat(file).content().isEqualTo("content\n");
    assertThat(folder.resolve("arguments")).content().doesNotContain("sesame", "content");
  }

  @Test
  void sudoThatAsksForNoPasswordAfterAllIsFine() throws Exception {
    pretendSudo("shift 4\nexec \"$@\"\n");
    HostSession session =
        transport.open(sshd.connection().sudo(new Sudo.WithPassword("open sesame")).build());

    assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());
    assertThat(session.probe(List.of(), PATIENCE).machine().hostName()).isNotEmpty();
  }

  @Test
  void aWrongSudoPasswordIsSaidAtOnce() throws Exception {
    pretendSudo(ASKS);

    assertThat(refused(sshd.connection().sudo(new Sudo.WithPassword("open barley")).build()))
        .hasMessage(
            "root can't become root on db-1 (root@127.0.0.1:%d) by sudo: the sudo password is wrong"
                .formatted(sshd.port()))
        .returns(Code.SUDO_FAILED, TransportException::code);
  }

  @Test
  void sudoWithoutPasswordWhereOneIsNeededIsSaid() throws Exception {
    pretendSudo("echo 'sudo: a password is required' >&2; exit 1\n");

    assertThat(refused(sshd.connection().sudo(new Sudo.WithoutPassword()).build()))
        .hasMessageContaining("sudo asks for a password and none is given")
        .returns(Code.SUDO_FAILED, TransportException::code);
  }

  @Test
  void sudoThatWantsATerminalIsSaidWithTheWayOut() throws Exception {
    pretendSudo("echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1\n");

    assertThat(refused(sshd.connection().sudo(new Sudo.WithPassword("open sesame")).build()))
        .hasMessageEndingWith("add a line: Defaults:root !requiretty");
  }

  @Test
  void sudoWithoutPasswordWorks() throws Exception {
    pretendSudo("[ \"$1 $2\" = '-n --' ] || exit 1\nshift 2\nexec \"$@\"\n");
    HostSession session =
        transport.open(sshd.connection().sudo(new Sudo.WithoutPassword()).build());

    assertThat(session.run(script("true"), PATIENCE)).isEqualTo(new StepOutcome.Done());
  }
}
