package io.pgha.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pgha.provider.probe.Credentials;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.StepOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandStepTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final StepOutcome DONE = new StepOutcome.Done();

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

  private static StepOutcome run(Step step) throws Exception {
    return session.run(step, PATIENCE);
  }

  private static StepOutcome.Failed failed(Step step) throws Exception {
    StepOutcome outcome = run(step);
    assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
    return (StepOutcome.Failed) outcome;
  }

  private static Step.RunScript script(String script, Fragment... input) {
    return new Step.RunScript("run a script", script, List.of(input), PATIENCE);
  }

  @Test
  void aScriptReadsItsInputWhichIsInNoArguments() throws Exception {
    Path file = folder.resolve("input");
    String secret = "it's a $(geheim) \"word\"\nin two lines";

    assertThat(
            run(
                script(
                    "cat >" + file + "; ! tr '\\0' ' ' </proc/$PPID/cmdline | grep -q ge[h]eim",
                    Fragment.plain("plain "),
                    Fragment.secret(secret))))
        .isEqualTo(DONE);

    assertThat(file).content().isEqualTo("plain " + secret);
  }

  @Test
  void aScriptThatFailsIsReportedWithItsLastLinesAndNoSecret() throws Exception {
    assertThat(
            run(
                script(
                    "seq 100; cat; echo error >&2; exit 7",
                    Fragment.secret("first line\nsecond line"))))
        .isEqualTo(
            new StepOutcome.Failed(
                "it ended with status 7",
                String.join(
                        "\n",
                        java.util.stream.IntStream.rangeClosed(72, 100)
                            .mapToObj(String::valueOf)
                            .toList())
                    + "\n(sensitive)error"));
  }

  @Test
  void aScriptEndsOnTheMachineItselfWhenItTakesTooLong() throws Exception {
    Step step = new Step.RunScript("sleep", "sleep 300", List.of(), Duration.ofSeconds(1));

    assertThat(failed(step).reason()).isEqualTo("it did not end within 1 s");
  }

  @Test
  void muchOutputIsCutToItsEnd() throws Exception {
    StepOutcome.Failed outcome =
        failed(script("head -c 5000000 /dev/zero | tr '\\0' x; echo; echo last; false"));

    assertThat(outcome.reason()).isEqualTo("it ended with status 1");
    assertThat(outcome.output()).endsWith("last");
    assertThat(outcome.output().length()).isLessThan(70_000);
  }

  @Test
  void aSecretCutInHalfIsNotShown() throws Exception {
    String secret = "0123456789abcdef".repeat(8);
    StepOutcome.Failed outcome =
        failed(
            script(
                "read -r s; printf %s \"$s\"; head -c 65400 /dev/zero | tr '\\0' x; echo; echo last; exit 1",
                Fragment.secret(secret + "\n")));

    assertThat(outcome.output()).isEqualTo("last");
  }

  @Test
  void whatCannotBeSentIsRefused() throws Exception {
    assertThat(failed(script("echo a\0b")).reason())
        .isEqualTo("a script and its input can't hold a NUL character");
    assertThat(failed(script("# " + "x".repeat(130_000))).reason())
        .isEqualTo("the script is longer than 120000 bytes");
    assertThat(failed(new Step.InstallPackages(List.of("a; reboot"))).reason())
        .isEqualTo("\"a; reboot\" is not a package's name (or name=version)");
    assertThat(failed(new Step.UnitAction(Step.UnitVerb.START, "--force")).reason())
        .isEqualTo("\"--force\" is not a unit's name");
  }

  private record Request(String line, String authorization, String body) {}

  @Test
  void aRequestCarriesBodyAndCredentialsThatAreInNoArguments() throws Exception {
    BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              new Request(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                      .orElse("-"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          boolean refuse = exchange.getRequestURI().getPath().equals("/refuse");
          byte[] answer = "no: {\"password\": \"geh\\\"eim\"}\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(refuse ? 409 : 202, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      Credentials user = new Credentials("admin", "p'a\"s\\s");
      String body = "{\"text\": \"" + "it's $(large) ".repeat(20_000) + "\"}\n";

      assertThat(run(send(base + "/config", List.of(Fragment.plain(body)), Optional.of(user))))
          .isEqualTo(DONE);
      assertThat(requests.take())
          .isEqualTo(
              new Request(
                  "PATCH /config",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString("admin:p'a\"s\\s".getBytes(StandardCharsets.UTF_8)),
                  body));
      assertThat(run(send(base + "/empty", List.of(), Optional.empty()))).isEqualTo(DONE);
      assertThat(requests.take()).isEqualTo(new Request("PATCH /empty", "-", ""));

      assertThat(
              run(send(base + "/refuse", List.of(Fragment.secret("geh\"eim")), Optional.empty())))
          .isEqualTo(
              new StepOutcome.Failed(
                  "PATCH %s/refuse was answered with status 409: no: {\"password\": \"(sensitive)\"}"
                      .formatted(base),
                  "no: {\"password\": \"(sensitive)\"}"));
    } finally {
      server.stop(0);
    }
  }

  private static Step send(String url, List<Fragment> body, Optional<Credentials> user) {
    return new Step.SendHttp(
        "send", "PATCH", url, body, user, Set.of(200, 202), Duration.ofSeconds(20));
  }

  @Test
  void aServerThatDoesNotAnswerIsSaid() throws Exception {
    String url = "http://127.0.0.1:" + PrivateSshd.freePort() + "/config";

    assertThat(failed(send(url, List.of(), Optional.empty())).reason())
        .startsWith("PATCH " + url + " got no answer: Failed to connect");
  }

  @Test
  void sqlWithoutAServerIsSaid() throws Exception {
    Step step =
        new Step.RunSql(
            "make a role",
            PrivateSshd.freePort(),
            Files.createDirectory(folder.resolve("socket")).toString(),
            "postgres",
            List.of(Fragment.plain("CREATE ROLE x PASSWORD "), Fragment.secret("'geheim'")),
            true,
            PATIENCE);

    assertThat(failed(step).reason())
        .containsAnyOf("no PostgreSQL server answers on port", "psql is not installed");
  }
}
