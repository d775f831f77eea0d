package io.pgha.ssh.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Fetch;
import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResult.Absent;
import io.pgha.provider.probe.ProbeResult.Found;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that HTTP requests may spare. The server says what it was asked; /down is a 503. */
final class SparedCommandTests {
  private static final Probe.OfCommand COMMAND = Probe.OfCommand.of("echo ran");

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String body =
              exchange.getRequestMethod()
                  + path
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(body);
          byte[] answer = (body + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(path.equals("/down") ? 503 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private Fetch get(String before, String path) {
    return new Fetch(before, base + path, Optional.empty(), 2, false);
  }

  private static Found<?> printed(String text) {
    return new Found<>(new CommandOutput(0, text, ""));
  }

  private static String silentUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }
  }

  @Test
  void oneCurlAsksForAllOfThem() throws Exception {
    Probe.OfCommand first =
        COMMAND.unless(
            List.of(
                get("one\t", "/a"),
                new Fetch("\t", base + "/b", Optional.of("{\"x\":\"\\ $(id)\n@y\"}"), 2, true),
                get("\ntwo\t", "/down")));
    Probe.OfCommand second = Probe.OfCommand.of("echo too").unless(List.of(get("", "/c")));
    Probe.OfHttp plain = Probe.OfHttp.get(base + "/plain");
    Map<Probe<?>, ProbeResult<?>> answers =
        LocalShell.ask(
            "curl() { [ -z \"$once\" ] && once=no && command curl \"$@\"; }\n",
            COMMAND,
            first,
            plain,
            second);

    assertThat(answers)
        .containsEntry(COMMAND, printed("ran"))
        .containsEntry(first, printed("one\tGET/a\tPOST/b {\"x\":\"\\ $(id) @y\"}\ntwo\tGET/down"))
        .containsEntry(second, printed("GET/c"))
        .containsEntry(plain, new Found<>(new HttpAnswer(200, "GET/plain \n")));
    assertThat(asked).hasSize(5);
  }

  @Test
  void whereOneRequestFailsTheCommandRunsAndTheOthersAreAnswered() throws Exception {
    Probe.OfCommand command =
        COMMAND.unless(
            List.of(get("", "/a"), new Fetch("", silentUrl(), Optional.empty(), 2, false)));
    Probe.OfHttp plain = Probe.OfHttp.get(base + "/plain");
    Probe.OfHttp silent = Probe.OfHttp.get(silentUrl());

    assertThat(LocalShell.ask("", plain, command))
        .containsEntry(command, printed("ran"))
        .containsEntry(plain, new Found<>(new HttpAnswer(200, "GET/plain \n")));
    assertThat(LocalShell.ask("", silent, plain, COMMAND.unless(List.of(get("", "/a")))))
        .containsEntry(silent, new Absent<>())
        .containsEntry(plain, new Found<>(new HttpAnswer(200, "GET/plain \n")))
        .containsValue(printed("ran"));
  }

  @Test
  void anErrorsPageIsNoAnswerWhereOnlySuccessIs() throws Exception {
    Probe.OfCommand command =
        COMMAND.unless(List.of(new Fetch("", base + "/down", Optional.empty(), 2, true)));

    assertThat(LocalShell.ask("", command)).containsEntry(command, printed("ran"));
  }

  @Test
  void whatIsNoUrlOfHttpIsNotAsked() throws Exception {
    Probe.OfCommand command =
        COMMAND.unless(List.of(new Fetch("", "file:///etc/passwd", Optional.empty(), 2, false)));

    assertThat(LocalShell.ask("", command)).containsEntry(command, printed("ran"));
  }

  @Test
  void withoutCurlTheCommandRuns() throws Exception {
    Probe.OfCommand command = COMMAND.unless(List.of(get("", "/a")));

    assertThat(LocalShell.ask("curl() { return 127; }\n", command))
        .containsEntry(command, printed("ran"));
  }
}
