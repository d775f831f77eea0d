package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyTests {
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

  private static void connect(HostConnection connection) throws Exception {
    try (SshTransport transport = new SshTransport(sshd.files())) {
      transport.open(connection).probe(List.of(), Duration.ofSeconds(60));
    }
  }

  private static TransportException refused(HostConnection connection) {
    return catchThrowableOfType(TransportException.class, () -> connect(connection));
  }

  private static String key(String type) throws Exception {
    String[] words = Files.readString(sshd.folder().resolve("host_" + type + ".pub")).split(" ");
    return words[0] + " " + words[1];
  }

  private static String fingerprint(String type) throws Exception {
    return PrivateSshd.run(
            "ssh-keygen", "-lf", sshd.folder().resolve("host_" + type + ".pub").toString())
        .split(" ")[1];
  }

  private static String name() {
    return "[127.0.0.1]:" + sshd.port();
  }

  private static Path knownHosts(String name, String... lines) throws Exception {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void aDeclaredKeyIsTakenAndOnlyThat() throws Exception {
    connect(sshd.connection().hostKey(key("ed25519") + " root@db-1").build());
    connect(sshd.connection().hostKey(key("ecdsa")).build());

    String other = Files.readString(sshd.folder().resolve("id_ed25519.pub")).strip();
    TransportException refusal = refused(sshd.connection().hostKey(other).build());
    assertThat(refusal.code()).isEqualTo(Code.CHANGED_HOST_KEY);
    assertThat(refusal)
        .hasMessageStartingWith(
            "db-1 (root@127.0.0.1:%d) shows another host key than the declared one: ED25519 key %s"
                    .formatted(sshd.port(), fingerprint("ed25519"))
                + " instead of SHA256:")
        .hasMessageEndingWith("If the new key is right, declare \"" + key("ed25519") + "\"");
  }

  @Test
  void aDeclaredKeyThatIsNoneIsSaid() throws Exception {
    assertThat(refused(sshd.connection().hostKey("ssh-ed25519 hello").build()))
        .hasMessageContaining(
            "the host key declared for db-1 (root@127.0.0.1:%d) is not a public key: \"ssh-ed25519"
                    .formatted(sshd.port())
                + " hello\"");
  }

  @Test
  void anUnknownKeyIsRefusedWithItsFingerprintAndWhatToDo() throws Exception {
    Path file = folder.resolve("none-yet");

    TransportException refusal = refused(sshd.connection().knownHosts(file).build());

    assertThat(refusal.code()).isEqualTo(Code.UNKNOWN_HOST_KEY);
    assertThat(refusal)
        .hasMessage(
            ("the host key of db-1 (root@127.0.0.1:%d) is unknown (not found in %s): it shows the"
                    + " ED25519 key %s. Compare that with `ssh-keygen -lf"
                    + " /etc/ssh/ssh_host_ed25519_key.pub` on the machine itself; if it is right,"
                    + " declare the host key \"%s\" or add it with: ssh-keyscan -p %d 127.0.0.1 >>"
                    + " ~/.ssh/known_hosts")
                .formatted(sshd.port(), file, fingerprint("ed25519"), key("ed25519"), sshd.port()));
    assertThat(file).doesNotExist();
  }

  @Test
  void aKeyFromKnownHostsIsTakenInEveryWayOfWritingIt() throws Exception {
    connect(
        sshd.connection()
            .knownHosts(knownHosts("plain", "# mine", "", name() + " " + key("ed25519") + " x"))
            .build());
    connect(sshd.connection().knownHosts(knownHosts("ecdsa", name() + " " + key("ecdsa"))).build());
    connect(
        sshd.connection()
            .knownHosts(
                knownHosts("other", "other.example " + key("ecdsa")),
                knownHosts("pattern", "db-?,[127.0.0.*]:" + sshd.port() + " " + key("ed25519")))
            .build());

    Path hashed = knownHosts("hashed", name() + " " + key("ed25519"));
    PrivateSshd.run("ssh-keygen", "-q", "-H", "-f", hashed.toString());
    assertThat(hashed).content().startsWith("|1|").doesNotContain("127.0.0.1");
    connect(sshd.connection().knownHosts(hashed).build());
  }

  @Test
  void aNegatedPatternAndAnotherPortAreNotThisHost() throws Exception {
    Path file =
        knownHosts(
            "negated",
            "!" + name() + ",* " + key("ed25519"),
            "127.0.0.1 " + key("ed25519"),
            "damaged line",
            name() + " ssh-ed25519 not-base64");

    assertThat(refused(sshd.connection().knownHosts(file).build()).code())
        .isEqualTo(Code.UNKNOWN_HOST_KEY);
  }

  @Test
  void aChangedKeyIsRefusedEvenWhereNewOnesAreAccepted() throws Exception {
    String other = Files.readString(sshd.folder().resolve("id_ed25519.pub")).strip();
    Path file = knownHosts("changed", "# first line", name() + " " + other);

    TransportException refusal = refused(sshd.connection().knownHosts(file).acceptNew().build());

    assertThat(refusal.code()).isEqualTo(Code.CHANGED_HOST_KEY);
    assertThat(refusal)
        .hasMessageStartingWith(
            "the host key of db-1 (root@127.0.0.1:%d) has changed: it shows the ED25519 key %s, but %s:2 holds SHA256:"
                .formatted(sshd.port(), fingerprint("ed25519"), file))
        .hasMessageEndingWith("remove the old one with: ssh-keygen -R '" + name() + "'");
    assertThat(file).content().isEqualTo("# first line\n" + name() + " " + other + "\n");
  }

  @Test
  void aRevokedKeyIsRefused() throws Exception {
    Path file =
        knownHosts("revoked", "@revoked * " + key("ed25519"), name() + " " + key("ed25519"));

    assertThat(refused(sshd.connection().knownHosts(file).build()))
        .hasMessageContaining("which " + file + ":1 marks as revoked");
  }

  @Test
  void aNewKeyIsAcceptedAndRememberedWhenAskedFor() throws Exception {
    Path file = folder.resolve("accepted/known_hosts");

    connect(sshd.connection().knownHosts(file).acceptNew().build());

    assertThat(file).content().isEqualTo(name() + " " + key("ed25519") + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    connect(sshd.connection().knownHosts(file).build());
    assertThat(PrivateSshd.run("ssh-keygen", "-F", name(), "-f", file.toString()))
        .contains(key("ed25519"));
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aNewKeyIsAddedAfterALineWithoutAnEnd() throws Exception {
    Path file = folder.resolve("unended");
    Files.writeString(file, "other.example " + key("ecdsa"));

    connect(sshd.connection().knownHosts(file).acceptNew().build());

    assertThat(file)
        .content()
        .isEqualTo("other.example " + key("ecdsa") + "\n" + name() + " " + key("ed25519") + "\n");
  }
}
