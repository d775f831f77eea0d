package io.pgha.core.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleInstallerTests {
  @TempDir private Path folder;

  private void assertFails(GitCommand git, String message) throws Exception {
    ModuleInstaller installer =
        new ModuleInstaller(
            folder, new ModuleInstaller.Mode(false, false), git, _ -> {}, new Diagnostics());
    installer.begin(new SourceFiles());
    ModuleSource.Git source = (ModuleSource.Git) ModuleSource.parse("git::file:///nowhere/x.git");
    assertThatThrownBy(() -> installer.place(source, "a")).hasMessage(message);
    installer.finish(false);
    try (Stream<Path> left = Files.list(folder.resolve(".pgha/modules"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void saysThatGitIsMissing() throws Exception {
    assertFails(
        new GitCommand("no-such-git", Duration.ofSeconds(10)),
        "The git command can't be run: Modules from git are fetched with it, and there is no"
            + " \"no-such-git\" in the PATH. Install git.");
  }

  /** What a server was given, request by request. */
  private static HttpServer server(List<String> seen, HttpHandler answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          answer.handle(exchange);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String address(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static void advertise(HttpExchange exchange) throws IOException {
    exchange
        .getResponseHeaders()
        .add("Content-Type", "application/x-git-upload-pack-advertisement");
    String refs =
        "001e# service=git-upload-pack\n0000" + "000eversion 2\n" + "0013ls-refs=unborn\n" + "0000";
    byte[] bytes = refs.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Test
  void givesAccessToItsServerAndToNoOtherThatItNames() throws Exception {
    List<String> elsewhere = Collections.synchronizedList(new ArrayList<>());
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    HttpServer other =
        server(
            elsewhere,
            exchange -> {
              if (exchange.getRequestMethod().equals("GET")) {
                advertise(exchange);
              } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"other\"");
                exchange.sendResponseHeaders(401, -1);
              }
            });
    HttpServer server =
        server(
            asked,
            exchange -> {
              if (exchange.getRequestHeaders().containsKey("Authorization")) {
                exchange
                    .getResponseHeaders()
                    .add("Location", "http://" + address(other) + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
              } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
                exchange.sendResponseHeaders(401, -1);
              }
            });
    try {
      ModuleSource.Git source =
          (ModuleSource.Git)
              ModuleSource.parse("git::http://me:s3%20cret@" + address(server) + "/x.git");
      assertThatThrownBy(() -> GitCommand.DEFAULT.refs(source.repository(), folder))
          .hasMessageContaining("http://" + address(server) + "/x.git")
          .hasMessageNotContaining("cret");
      // me:s3 cret
      assertThat(asked).contains("GET Basic bWU6czMgY3JldA==");
      assertThat(elsewhere).isNotEmpty().allMatch(request -> request.endsWith(" null"));
    } finally {
      server.stop(0);
      other.stop(0);
    }
  }

  @Test
  void givesUpInTheEnd() throws Exception {
    Path slow = folder.resolve("slow-git");
    Files.writeString(slow, "#!/bin/sh\nexec sleep 60\n");
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    assertFails(
        new GitCommand(slow.toString(), Duration.ofMillis(100)),
        "git takes too long: git init was given up after 0 s. Look whether the server answers.");
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    Path large = folder.resolve("large-git");
    String line = "100644 blob %s  200000000\\t%%s\\000".formatted("0".repeat(40));
    Files.writeString(
        large, "#!/bin/sh\nprintf '%s%s'\n".formatted(line.formatted("a"), line.formatted("b")));
    assertThat(large.toFile().setExecutable(true)).isTrue();
    GitCommand git = new GitCommand(large.toString(), Duration.ofSeconds(10));
    assertThatThrownBy(() -> git.entries("c0ffee", folder))
        .hasMessageContaining("Commit c0ffee has 400,000,000 bytes in 2 files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a/../../x", ".git/config", "a/.GIT/x", "a//x", "./x"})
  void installsNoFileElsewhere(String path) {
    List<GitCommand.Entry> entries = new ArrayList<>();
    entries.add(new GitCommand.Entry("100644", "0".repeat(40), path));
    assertThatThrownBy(
            () -> ModuleFiles.write(entries, GitCommand.DEFAULT, folder, folder.resolve("files")))
        .hasMessage(
            "The repository holds a file that can't be installed: A file can't be called \"%s\" here."
                .formatted(path));
  }

  @Test
  void theDigestTellsWhatDiffers() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(files.resolve("a"), "x");
    String before = ModuleFiles.digest(files);
    Files.move(files.resolve("a"), files.resolve("b"));
    assertThat(ModuleFiles.digest(files)).isNotEqualTo(before);
    Files.move(files.resolve("b"), files.resolve("a"));
    assertThat(ModuleFiles.digest(files)).isEqualTo(before).startsWith("sha256:").hasSize(71);
    assertThat(files.resolve("a").toFile().setExecutable(true)).isTrue();
    assertThat(ModuleFiles.digest(files)).isNotEqualTo(before);
  }
}
