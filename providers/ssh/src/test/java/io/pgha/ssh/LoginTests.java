package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import io.pgha.ssh.connection.LocalFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTests {
  @TempDir static Path folder;
  private static PrivateSshd sshd;

  @BeforeAll
  static void start() throws Exception {
    PrivateSshd.assume();
    sshd = PrivateSshd.start(folder.resolve("sshd"));
  }

  @AfterAll
  static void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  private static void logIn(HostConnection connection) throws Exception {
    logIn(connection, sshd.files());
  }

  private static void logIn(HostConnection connection, LocalFiles files) throws Exception {
    try (SshTransport transport = new SshTransport(files)) {
      assertThat(
              transport
                  .open(connection)
                  .probe(List.of(), Duration.ofSeconds(60))
                  .machine()
                  .hostName())
          .isNotEmpty();
    }
  }

  private static TransportException refused(HostConnection connection) {
    return refused(connection, sshd.files());
  }

  private static TransportException refused(HostConnection connection, LocalFiles files) {
    return catchThrowableOfType(TransportException.class, () -> logIn(connection, files));
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, ''",
    "ed25519, open sesame",
    "rsa, ''",
    "rsa, open sesame",
    "ecdsa, ''",
    "ecdsa, open sesame"
  })
  void aPrivateKeyOfEveryTypeLogsIn(String type, String passphrase) throws Exception {
    Path key = folder.resolve("key-" + type + passphrase.length());
    PrivateSshd.key(key, type, passphrase);
    PrivateSshd.authorize(sshd.folder(), key);
    PrivateSshd.Connection connection = sshd.connection().key(key);

    logIn((passphrase.isEmpty() ? connection : connection.passphrase(passphrase)).build());
  }

  @ParameterizedTest
  @CsvSource({"rsa", "ecdsa"})
  void aKeyInPemFormatLogsIn(String type) throws Exception {
    Path key = folder.resolve("pem-" + type);
    PrivateSshd.run("ssh-keygen", "-q", "-m", "PEM", "-t", type, "-N", "", "-f", key.toString());
    PrivateSshd.authorize(sshd.folder(), key);

    logIn(sshd.connection().key(key).build());
  }

  @Test
  void theStandardKeyFilesAreTriedWhereNoneIsNamed() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve(".ssh"));
    PrivateSshd.key(home.resolve(".ssh/id_ed25519"), "ed25519", "");
    PrivateSshd.authorize(sshd.folder(), home.resolve(".ssh/id_ed25519"));

    logIn(sshd.connection().noKey().build(), new LocalFiles(home, Optional.empty()));
    logIn(
        sshd.connection().key(Path.of("~/.ssh/id_ed25519")).build(),
        new LocalFiles(home, Optional.empty()));
  }

  @Test
  void aMissingKeyFileIsSaid() throws Exception {
    Path key = folder.resolve("nowhere");

    assertThat(refused(sshd.connection().key(key).build()))
        .hasMessage(
            "can't use the private key %s for db-1 (root@127.0.0.1:%d): there is no such file"
                .formatted(key, sshd.port()))
        .returns(Code.AUTHENTICATION_FAILED, TransportException::code);
  }

  @Test
  void aPublicKeyInPlaceOfThePrivateOneIsSaid() throws Exception {
    Path key = sshd.folder().resolve("id_ed25519.pub");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    assertThat(refused(sshd.connection().key(key).build()))
        .hasMessageEndingWith("it is a public key; name the file without .pub");
  }

  @Test
  void aKeyThatOthersMayReadIsRefusedAsSshDoes() throws Exception {
    Path key = folder.resolve("open");
    PrivateSshd.key(key, "ed25519", "");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(refused(sshd.connection().key(key).build()))
        .hasMessageEndingWith("others may read or write it; run: chmod 600 '" + key + "'");
  }

  @Test
  void aDamagedKeyIsSaid() throws Exception {
    Path key = folder.resolve("damaged");
    Files.writeString(
        key, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    assertThat(refused(sshd.connection().key(key).build()))
        .hasMessageStartingWith("can't use the private key " + key + " for db-1");
  }

  @Test
  void anEncryptedKeyNeedsItsPassphrase() throws Exception {
    Path key = folder.resolve("encrypted");
    PrivateSshd.key(key, "ed25519", "right");

    assertThat(refused(sshd.connection().key(key).build()))
        .hasMessageEndingWith(
            "it is encrypted; give its passphrase, or add it to an SSH agent with ssh-add");
    assertThat(refused(sshd.connection().key(key).passphrase("wrong").build()))
        .hasMessageEndingWith("the passphrase doesn't fit")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void aKeyThatTheServerDoesNotKnowIsRefusedWithWhatWasTried() throws Exception {
    Path key = folder.resolve("stranger");
    PrivateSshd.key(key, "ed25519", "");

    assertThat(refused(sshd.connection().key(key).build()))
        .hasMessage(
            "db-1 (root@127.0.0.1:%d) refuses the login as root. Tried: key %s. The server takes:"
                    .formatted(sshd.port(), key)
                + " publickey, keyboard-interactive. Check the user, and that the public key is in"
                + " that user's ~/.ssh/authorized_keys there")
        .returns(Code.AUTHENTICATION_FAILED, TransportException::code);
  }

  @Test
  void withNothingToLogInByTheWaysAreNamed() throws Exception {
    LocalFiles files = new LocalFiles(folder.resolve("empty"), Optional.empty());

    assertThat(refused(sshd.connection().noKey().agent().build(), files))
        .hasMessageEndingWith(
            "no SSH agent runs (SSH_AUTH_SOCK is not set); name a private key file, start an SSH"
                + " agent, or give a password");
  }

  @Test
  void keysOfTheAgentLogIn() throws Exception {
    Path socket = folder.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try {
      // The agent says where it listens once it does.
      assertThat(agent.inputReader().readLine()).contains("SSH_AUTH_SOCK");
      LocalFiles files = new LocalFiles(folder.resolve("empty"), Optional.of(socket));
      HostConnection connection = sshd.connection().noKey().agent().build();

      assertThat(refused(connection, files))
          .hasMessageContaining("the SSH agent holds no key (add one with ssh-add)");

      Path stranger = folder.resolve("agent-stranger");
      PrivateSshd.key(stranger, "ecdsa", "");
      addToAgent(socket, stranger);
      assertThat(refused(connection, files))
          .hasMessageContaining("Tried: 1 key(s) of the SSH agent");

      for (String type : List.of("ed25519", "rsa", "ecdsa")) {
        Path key = folder.resolve("agent-" + type);
        PrivateSshd.key(key, type, "");
        PrivateSshd.authorize(sshd.folder(), key);
        addToAgent(socket, key);
        logIn(connection, files);
        run(socket, "ssh-add", "-q", "-d", key.toString());
      }
      for (int i = 0; i < 7; i++) {
        Path key = folder.resolve("agent-stranger" + i);
        PrivateSshd.key(key, "ed25519", "");
        addToAgent(socket, key);
      }
      assertThat(refused(connection, files))
          .hasMessageContaining(
              "the server gave up after too many keys: name the one private key file")
          .returns(Code.AUTHENTICATION_FAILED, TransportException::code);
    } finally {
      agent.destroy();
      assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(
            refused(
                sshd.connection().noKey().agent().build(),
                new LocalFiles(folder.resolve("empty"), Optional.of(socket))))
        .hasMessageContaining("the SSH agent at " + socket + " doesn't answer");
  }

  private static void addToAgent(Path socket, Path key) throws Exception {
    run(socket, "ssh-add", "-q", key.toString());
  }

  private static void run(Path socket, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SSH_AUTH_SOCK", socket.toString());
    Process process = builder.start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
