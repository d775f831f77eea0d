package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.FileFacts.Kind;
import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.Probe.Content;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.ProbeAnswers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and contents that are made to confuse a shell or a parser. */
class HostileContentTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Names that a file may have; all but slash and NUL may stand in one. */
  private static final List<String> NAMES =
      List.of(
          "plain",
          "with space",
          "it's",
          "\"quoted\"",
          "$(touch hacked)",
          "`touch hacked`",
          "; touch hacked",
          "back\\slash",
          "new\nline",
          "tab\there",
          "-rf",
          "*",
          "?",
          "[a]",
          "~",
          "%s%d%n",
          "پرونده",
          "emoji 🐘",
          "#comment",
          "a=b",
          "&",
          "|",
          "\r",
          "end ",
          "{}",
          "!x");

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

  private static FileFacts facts(ProbeAnswers answers, Probe<FileFacts> probe) {
    return (FileFacts) ((ProbeResult<?>) answers.results().get(probe)).found().orElseThrow();
  }

  @Test
  void filesOfEveryNameAreToldApart() throws Exception {
    Path home = Files.createDirectory(folder.resolve("names"));
    Map<Probe<FileFacts>, String> expected = new HashMap<>();
    List<Probe<?>> probes = new ArrayList<>();
    for (String name : NAMES) {
      String content = "content of " + name;
      Files.writeString(home.resolve(name), content);
      Probe<FileFacts> probe = new Probe.OfFile(home + "/" + name, Content.TEXT);
      expected.put(probe, content);
      probes.add(probe);
      probes.add(new Probe.OfFile(home + "/missing " + name, Content.TEXT));
    }
    ProbeAnswers answers = session.probe(probes, PATIENCE);

    expected.forEach((probe, content) ->
        assertThat(facts(answers, probe).text()).as(probe.toString()).contains(content));
    assertThat(answers.results().values().stream().filter(ProbeResult.Absent.class::isInstance))
        .hasSize(NAMES.size());
    Probe<FileFacts> directory = new Probe.OfFile(home.toString(), Content.TEXT);
    FileFacts told = facts(session.probe(List.of(directory), PATIENCE), directory);
    assertThat(told.kind()).isEqualTo(Kind.DIRECTORY);
    assertThat(told.size()).isEqualTo(NAMES.size());
    assertThat(home.resolve("hacked")).doesNotExist();
  }

  @Test
  void contentsThatLookLikeTheProtocolAreContents() throws Exception {
    byte[] random = new byte[100_000];
    new Random(7).nextBytes(random);
    List<byte[]> contents =
        List.of(
            new byte[0],
            "\n".getBytes(StandardCharsets.UTF_8),
            "\n\n\n".getBytes(StandardCharsets.UTF_8),
            "no line break at the end".getBytes(StandardCharsets.UTF_8),
            "\n0123456789abcdef end\nf end\n".getBytes(StandardCharsets.UTF_8),
            "S=0123456789abcdef\0".getBytes(StandardCharsets.UTF_8),
            "a\0b".getBytes(StandardCharsets.UTF_8),
            "carriage\r\nreturn\r\n".getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0},
            random);
    List<Probe<FileFacts>> probes = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Path path = Files.write(folder.resolve("content" + i), contents.get(i));
      probes.add(new Probe.OfFile(path.toString(), Content.TEXT));
    }
    ProbeAnswers answers = session.probe(List.copyOf(probes), PATIENCE);

    for (int i = 0; i < contents.size(); i++) {
      FileFacts told = facts(answers, probes.get(i));
      assertThat(told.size()).isEqualTo(contents.get(i).length);
      String text = new String(contents.get(i), StandardCharsets.UTF_8);
      boolean utf8 =
          text.getBytes(StandardCharsets.UTF_8).length == contents.get(i).length
              && text.indexOf('\ufffd') < 0;
      assertThat(told.text())
          .as("content " + i)
          .isEqualTo(utf8 ? Optional.of(text) : Optional.empty());
      assertThat(told.sha256()).contains(sha256(contents.get(i)));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTextIsToldUpToOneMebibyteAndTheDigestOfWhatIsLarger() throws Exception {
    Path just = Files.writeString(folder.resolve("just"), "x".repeat(1 << 20));
    Path over = Files.writeString(folder.resolve("over"), "x".repeat((1 << 20) + 1));
    Path after = Files.writeString(folder.resolve("after"), "after");
    Probe<FileFacts> first = new Probe.OfFile(just.toString(), Content.TEXT);
    Probe<FileFacts> second = new Probe.OfFile(over.toString(), Content.TEXT);
    Probe<FileFacts> third = new Probe.OfFile(after.toString(), Content.TEXT);
    ProbeAnswers answers = session.probe(List.of(first, second, third), PATIENCE);

    assertThat(facts(answers, first).text())
        .hasValueSatisfying(text -> assertThat(text).hasSize(1 << 20));
    assertThat(facts(answers, second).text()).isEmpty();
    assertThat(facts(answers, second).size()).isEqualTo((1 << 20) + 1);
    assertThat(facts(answers, second).sha256()).contains(sha256(Files.readAllBytes(over)));
    assertThat(facts(answers, third).text()).contains("after");
  }

  @Test
  void whatIsNoRegularFileIsToldAsWhatItIsAndNeverRead() throws Exception {
    Path home = Files.createDirectory(folder.resolve("kinds"));
    PrivateSshd.run("mkfifo", home.resolve("fifo").toString());
    Files.createSymbolicLink(home.resolve("link"), Path.of("empty"));
    Files.createSymbolicLink(home.resolve("dangling"), home.resolve("nowhere"));
    Files.createDirectory(home.resolve("empty"));
    List<Probe<FileFacts>> probes = new ArrayList<>();
    for (String name : List.of("fifo", "link", "dangling", "empty")) {
      probes.add(new Probe.OfFile(home.resolve(name).toString(), Content.TEXT));
    }
    probes.add(new Probe.OfFile("/dev/zero", Content.TEXT));
    ProbeAnswers answers = session.probe(List.copyOf(probes), PATIENCE);

    assertThat(probes.stream().map(probe -> facts(answers, probe).kind()))
        .containsExactly(Kind.OTHER, Kind.SYMLINK, Kind.SYMLINK, Kind.DIRECTORY, Kind.OTHER);
    assertThat(probes).allSatisfy(probe -> assertThat(facts(answers, probe).text()).isEmpty());
    assertThat(facts(answers, probes.get(3)).size()).isZero();
  }

  @Test
  void aFileBelowAFileIsAbsent() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Probe<FileFacts> probe = new Probe.OfFile(file + "/below", Content.TEXT);

    assertThat(session.probe(List.of(probe), PATIENCE).results().get(probe))
        .isEqualTo(new ProbeResult.Absent<>());
  }

  @Test
  void aPathThatNoMachineCanHaveFailsAlone() throws Exception {
    Probe<FileFacts> impossible = new Probe.OfFile("/a\0b", Content.TEXT);
    Probe<CommandOutput> alsoImpossible = Probe.OfCommand.of("echo a\0b");
    Probe<?> badName = new Probe.OfPackage("*; touch /tmp/hacked");
    Probe<?> badUnit = new Probe.OfUnit("$(touch hacked)");
    Probe<?> badUrl = Probe.OfHttp.get("file:///etc/shadow");
    Probe<?> badQuery = new Probe.OfSql(5432, "/run", "postgres", "\\! touch hacked");
    Probe<CommandOutput> fine = Probe.OfCommand.of("echo fine");
    ProbeAnswers answers =
        session.probe(
            List.of(impossible, alsoImpossible, badName, badUnit, badUrl, badQuery, fine),
            PATIENCE);

    assertThat(List.of(impossible, alsoImpossible, badName, badUnit, badUrl, badQuery))
        .allSatisfy(probe ->
            assertThat(answers.results().get(probe)).isInstanceOf(ProbeResult.Failed.class));
    assertThat(answers.results().get(fine))
        .isEqualTo(new ProbeResult.Found<>(new CommandOutput(0, "fine", "")));
  }

  @Test
  void commandsThatPrintAnythingAreToldApart() throws Exception {
    Probe<CommandOutput> large = Probe.OfCommand.of("head -c 3000000 /dev/zero | tr '\\0' x");
    Probe<CommandOutput> both = Probe.OfCommand.of("printf 'a\\n\\n'; printf 'b\\n' >&2; exit 3");
    Probe<CommandOutput> nothing = Probe.OfCommand.of(":");
    Probe<CommandOutput> reader = Probe.OfCommand.of("cat; echo read");
    Probe<CommandOutput> breaker = Probe.OfCommand.of("f() { echo mine; }; f end; exit 0");
    Probe<CommandOutput> broken = Probe.OfCommand.of("echo 'never closed");
    Probe<CommandOutput> persian = Probe.OfCommand.of("echo 'سلام ${HOME}'");
    Probe<CommandOutput> manyErrors =
        Probe.OfCommand.of("head -c 300000 /dev/zero | tr '\\0' e >&2");
    ProbeAnswers answers =
        session.probe(
            List.of(large, both, nothing, reader, breaker, broken, persian, manyErrors), PATIENCE);

    assertThat(output(answers, large).output()).hasSize(3_000_000);
    assertThat(output(answers, both)).isEqualTo(new CommandOutput(3, "a\n", "b"));
    assertThat(output(answers, nothing)).isEqualTo(new CommandOutput(0, "", ""));
    assertThat(output(answers, reader)).isEqualTo(new CommandOutput(0, "read", ""));
    assertThat(output(answers, breaker)).isEqualTo(new CommandOutput(0, "mine", ""));
    assertThat(output(answers, broken).exitStatus()).isEqualTo(2);
    assertThat(output(answers, persian).output()).isEqualTo("سلام ${HOME}");
    assertThat(output(answers, manyErrors).errors()).hasSize(300_000);
  }

  private static CommandOutput output(ProbeAnswers answers, Probe<CommandOutput> probe) {
    return (CommandOutput) ((ProbeResult<?>) answers.results().get(probe)).found().orElseThrow();
  }

  @Test
  void httpAnswersAreToldWithCredentialsThatNobodySees() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Map<String, String> seen = new ConcurrentHashMap<>();
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          seen.put(
              path,
              exchange.getRequestMethod()
                  + " "
                  + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                      .orElse("-"));
          byte[] body = ("\n" + path + "\n\n0123 end\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(path.equals("/down") ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      Credentials user = new Credentials("adm\"in", "p\\a\"ss$(id) 'x'");
      Probe<HttpAnswer> up = Probe.OfHttp.get(base + "/up?a=[1-3]&b=%7Bx,y%7D");
      Probe<HttpAnswer> down = Probe.OfHttp.get(base + "/down");
      Probe<HttpAnswer> secret = new Probe.OfHttp("OPTIONS", base + "/secret", Optional.of(user));
      Probe<HttpAnswer> nobody =
          Probe.OfHttp.get("http://127.0.0.1:" + PrivateSshd.freePort() + "/");
      ProbeAnswers answers = session.probe(List.of(up, down, nobody, secret), PATIENCE);

      assertThat(answers.results().get(up))
          .isEqualTo(
              new ProbeResult.Found<>(
                  new HttpAnswer(200, "\n/up?a=[1-3]&b=%7Bx,y%7D\n\n0123 end\n")));
      assertThat(answers.results().get(down))
          .isEqualTo(new ProbeResult.Found<>(new HttpAnswer(503, "\n/down\n\n0123 end\n")));
      assertThat(answers.results().get(nobody)).isEqualTo(new ProbeResult.Absent<>());
      assertThat(seen)
          .containsEntry(
              "/secret",
              "OPTIONS Basic "
                  + Base64.getEncoder()
                      .encodeToString(
                          (user.username() + ":" + user.password())
                              .getBytes(StandardCharsets.UTF_8)))
          .containsEntry("/down", "GET -");
    } finally {
      server.stop(0);
    }
  }
}
