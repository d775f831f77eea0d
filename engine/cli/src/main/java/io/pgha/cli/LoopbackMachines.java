package io.pgha.cli;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.Transport;
import io.pgha.provider.transport.TransportException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * This machine in the place of every other, over a real connection to an OpenSSH server on a
 * loopback port with keys of its own: the training runs of the AOT cache see what a connection
 * needs. Probes only read, and the user's own start-up files of the shell are not run: what they
 * begin must not be cut off.
 */
final class LoopbackMachines implements Transport {
  private static final Path SERVER = Path.of("/usr/sbin/sshd");

  /** Without it the server does not start. */
  private static final Path SEPARATION = Path.of("/run/sshd");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Transport ssh = Providers.transport();
  private final Path folder;
  private final int port;
  private final Process server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LoopbackMachines(Path folder, int port, Process server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /** Starts the server; empty where there is none to be started. */
  static Optional<LoopbackMachines> start() throws IOException, InterruptedException {
    if (!Files.isExecutable(SERVER)) {
      return Optional.empty();
    }
    if (Files.isWritable(SEPARATION.getParent())) {
      // What Debian's own unit of the server makes each time that it is started.
      Files.createDirectories(SEPARATION);
    }
    Path folder = Files.createTempDirectory("pgha-training");
    makeKey(folder.resolve("host"));
    makeKey(folder.resolve("client"));
    int port = freePort();
    Path configuration =
        Files.writeString(
            folder.resolve("sshd_config"),
            """
            Port %1$d
            ListenAddress 127.0.0.1
            HostKey %2$s/host
            AuthorizedKeysFile %2$s/client.pub
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            SetEnv HOME=%2$s
            """
                .formatted(port, folder));
    Files.writeString(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:%d %s".formatted(port, Files.readString(folder.resolve("host.pub"))));
    Process server =
        new ProcessBuilder(SERVER.toString(), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .start();
    LoopbackMachines machines = new LoopbackMachines(folder, port, server);
    if (!isListening(server.inputReader())) {
      machines.close();
      return Optional.empty();
    }
    return Optional.of(machines);
  }

  private static boolean isListening(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("Server listening on")) {
        return true;
      }
    }
    return false;
  }

  private static void makeKey(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("ssh-keygen made no key in " + file);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void prepare() {
    ssh.prepare();
  }

  @Override
  public HostSession open(HostConnection connection)
      throws TransportException, InterruptedException {
    return ssh.open(
        new HostConnection(
            connection.host(),
            connection.name(),
            "127.0.0.1",
            port,
            System.getProperty("user.name"),
            Optional.of(folder.resolve("client").toString()),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            List.of(folder.resolve("known_hosts").toString()),
            false,
            new HostConnection.Sudo.None(),
            Optional.empty(),
            PATIENCE));
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    ssh.close();
    end();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server and all who serve its connections, and waits until they are gone. */
  private void end() {
    List<ProcessHandle> serving = server.descendants().toList();
    server.destroyForcibly();
    serving.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            Stream.concat(Stream.of(server.toHandle()), serving.stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
