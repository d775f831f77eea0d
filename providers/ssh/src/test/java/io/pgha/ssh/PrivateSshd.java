package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.transport.HostConnection;
import io.pgha.ssh.connection.LocalFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real sshd on a loopback port, with keys and configuration of its own in a folder. */
final class PrivateSshd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final int port;
  private final Process process;

  private PrivateSshd(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Skips the test where there is no sshd; in CI that is a failure. */
  static void assume() {
    boolean there = Files.isExecutable(PROGRAM) && "root".equals(System.getProperty("user.name"));
    String missing =
        "the SSH tests need OpenSSH's server and root: apt-get install openssh-server openssh-client";
    if (System.getenv("CI") != null) {
      assertThat(there).as(missing).isTrue();
    }
    Assumptions.assumeTrue(there, missing);
  }

  /** Starts a server whose client key is {@code folder/id_ed25519}. */
  static PrivateSshd start(Path folder, String... options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.createDirectories(Path.of("/run/sshd"));
    key(folder.resolve("host_ed25519"), "ed25519", "");
    key(folder.resolve("host_ecdsa"), "ecdsa", "");
    key(folder.resolve("id_ed25519"), "ed25519", "");
    authorize(folder, folder.resolve("id_ed25519"));
    int port = freePort();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host_ed25519"),
                "HostKey " + folder.resolve("host_ecdsa"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                // Or the shell reads start-up files of whoever runs the tests.
                "SetEnv HOME=" + folder,
                "MaxStartups 100",
                "MaxSessions 100"));
    lines.addAll(0, List.of(options));
    Path config = Files.write(folder.resolve("sshd_config"), lines);
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Server listening on")) {
        Thread.ofVirtual().start(() -> drain(log));
        return new PrivateSshd(folder, port, process);
      }
    }
    throw new IOException("sshd did not start: " + said);
  }

  /** What the server says later must not fill the pipe. */
  private static void drain(BufferedReader log) {
    try (log) {
      while (log.readLine() != null) {
        // Nobody asks for it.
      }
    } catch (IOException stopped) {
      // The server has ended.
    }
  }

  static void key(Path file, String type, String passphrase)
      throws IOException, InterruptedException {
    run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString());
  }

  static void authorize(Path folder, Path key) throws IOException {
    Path list = folder.resolve("authorized_keys");
    List<String> keys = new ArrayList<>(Files.exists(list) ? Files.readAllLines(list) : List.of());
    keys.addAll(Files.readAllLines(Path.of(key + ".pub")));
    Files.write(list, keys);
  }

  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ": " + output).isZero();
    return output;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  /** The processes that serve connections, which end when they are killed. */
  List<ProcessHandle> connections() {
    return process.descendants().toList();
  }

  boolean isServer(ProcessHandle other) {
    return other.pid() == process.pid();
  }

  String hostKey() throws IOException {
    return Files.readString(folder.resolve("host_ed25519.pub")).strip();
  }

  LocalFiles files() {
    return new LocalFiles(folder, Optional.empty());
  }

  /** A connection with the client's key, the host's key declared. */
  Connection connection() throws IOException {
    return new Connection(port).key(folder.resolve("id_ed25519")).hostKey(hostKey());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Builds a {@link HostConnection}. */
  static final class Connection {
    private final int port;
    private String address = "127.0.0.1";
    private String user = System.getProperty("user.name");
    private Optional<String> key = Optional.empty();
    private Optional<String> passphrase = Optional.empty();
    private Optional<String> password = Optional.empty();
    private boolean agent;
    private List<String> hostKeys = List.of();
    private List<String> knownHosts = List.of();
    private boolean acceptNew;
    private HostConnection.Sudo sudo = new HostConnection.Sudo.None();
    private Optional<HostConnection> bastion = Optional.empty();
    private Duration timeout = Duration.ofSeconds(30);

    Connection(int port) {
      this.port = port;
    }

    Connection address(String value) {
      address = value;
      return this;
    }

    Connection user(String value) {
      user = value;
      return this;
    }

    Connection key(Path value) {
      key = Optional.of(value.toString());
      return this;
    }

    Connection noKey() {
      key = Optional.empty();
      return this;
    }

    Connection passphrase(String value) {
      passphrase = Optional.of(value);
      return this;
    }

    Connection password(String value) {
      password = Optional.of(value);
      return this;
    }

    Connection agent() {
      agent = true;
      return this;
    }

    Connection hostKey(String... values) {
      hostKeys = List.of(values);
      return this;
    }

    Connection knownHosts(Path... values) {
      hostKeys = List.of();
      knownHosts = List.of(values).stream().map(Path::toString).toList();
      return this;
    }

    Connection acceptNew() {
      acceptNew = true;
      return this;
    }

    Connection sudo(HostConnection.Sudo value) {
      sudo = value;
      return this;
    }

    Connection bastion(HostConnection value) {
      bastion = Optional.of(value);
      return this;
    }

    Connection timeout(Duration value) {
      timeout = value;
      return this;
    }

    HostConnection build() {
      return new HostConnection(
          "host.db",
          "db-1",
          address,
          port,
          user,
          key,
          passphrase,
          password,
          agent,
          hostKeys,
          knownHosts,
          acceptNew,
          sudo,
          bastion,
          timeout);
    }
  }
}
