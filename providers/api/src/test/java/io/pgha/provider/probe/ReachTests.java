package io.pgha.provider.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.testing.FakeMachines;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the machine that the tests run on, over loopback only. */
@NullMarked
class ReachTests {
  /** Nobody may connect to the address that means everybody: the kernel itself says no. */
  private static final Reach.Port EVERYBODY = new Reach.Port("255.255.255.255", 2380);

  @TempDir private Path folder;

  private Map<Reach.Port, String> missed(Path made, Reach.Port... ports) throws Exception {
    Reach reach = new Reach("host.a", made.toString(), List.of(ports));
    Probe.OfCommand question = (Probe.OfCommand) reach.probes().getFirst().probe();
    Process process = new ProcessBuilder("sh", "-c", question.script()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return reach.missed(
        new FakeMachines().command("host.a", question, process.waitFor(), said.stripTrailing()));
  }

  @Test
  void whatListensAndWhatRefusesIsReached() throws Exception {
    int refused;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused = gone.getLocalPort();
    }
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              missed(
                  folder.resolve("none"),
                  new Reach.Port("127.0.0.1", listening.getLocalPort()),
                  new Reach.Port("127.0.0.1", refused)))
          .isEmpty();
    }
  }

  @Test
  void whatTheNetworkTurnsDownIsMissedWithItsReason() throws Exception {
    assertThat(missed(folder.resolve("none"), EVERYBODY)).containsOnlyKeys(EVERYBODY);
    assertThat(missed(folder.resolve("none"), EVERYBODY).get(EVERYBODY)).matches("[A-Z][a-z ]+");
  }

  @Test
  void aNameThatNobodyHasIsMissedWithThatReason() throws Exception {
    // Too long for a label of a name: the resolver itself says no, RFC 1035.
    Reach.Port nobody = new Reach.Port("a".repeat(64), 2380);
    assertThat(missed(folder.resolve("none"), nobody).get(nobody)).containsIgnoringCase("name");
  }

  @Test
  void aPortIsReadOfWhatStandsInUrls() {
    assertThat(Reach.Port.of("etcd_1:2379")).contains(new Reach.Port("etcd_1", 2379));
    assertThat(Reach.Port.of("[fd00::1]:2379")).contains(new Reach.Port("fd00::1", 2379));
    assertThat(Reach.Port.of("[fd00::1]:2379").orElseThrow()).hasToString("[fd00::1]:2379");
    assertThat(Reach.Port.of("http://nowhere")).isEmpty();
    assertThat(Reach.Port.of("no port at all")).isEmpty();
  }

  @Test
  void anAddressIsOneWordWhateverItHolds() throws Exception {
    Path trace = folder.resolve("trace");
    Reach.Port hostile = new Reach.Port("$(touch '" + trace + "')`touch " + trace + "`", 1);
    missed(folder.resolve("none"), hostile);
    assertThat(trace).doesNotExist();
  }

  @Test
  void nothingIsAskedOnceItIsMade() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "# of the package\n# Written by pgha\n");
    assertThat(missed(file, EVERYBODY)).as("somebody else's").isNotEmpty();
    Files.writeString(file, "# Written by pgha, which undoes changes made here.\n");
    assertThat(missed(file, EVERYBODY)).isEmpty();
  }

  @Test
  void nothingIsAskedWhereNothingIsNeeded() {
    assertThat(new Reach("host.a", "/made", List.of()).probes()).isEmpty();
  }
}
