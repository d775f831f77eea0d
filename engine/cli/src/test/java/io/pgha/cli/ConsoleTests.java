package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a machine said gives no orders to a terminal or a CI server. */
class ConsoleTests {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private Console console(Map<String, String> environment) {
    return new Console(
        new Surroundings(
            new CheckedOutput(out),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(new byte[0]),
            environment,
            false),
        new ViewOptions());
  }

  private String shown(Map<String, String> environment, String detail) {
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.add(Diagnostic.error("x", "It failed", detail).on("db-1"));
    console(environment).show(diagnostics, new SourceFiles());
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void diagnosticsHaveNothingThatATerminalObeys() {
    assertThat(shown(Map.of(), "one\r\ntwo \u001b[31m\u202E\rthree"))
        .isEqualTo(
            "Error: It failed\n\n  on host db-1\n\n  one\n  two \uFFFD[31m\uFFFD\n  three\n\n");
  }

  @Test
  void diagnosticsHaveNoCommandsOnGitHubActions() {
    assertThat(shown(Map.of("GITHUB_ACTIONS", "true"), "a\n::error::b\n##[group]c"))
        .contains("\n  : :error::b\n", "## [group]c");
  }

  @Test
  void resultsHaveNoCommandsOnGitHubActions() {
    console(Map.of("GITHUB_ACTIONS", "true")).line("  ::set-env name=x::y\na::b");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("  : :set-env name=x::y\na::b\n");
  }

  @Test
  void elsewhereTextStaysAsItIs() {
    console(Map.of()).line("::1 ##[x]");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("::1 ##[x]\n");
  }
}
