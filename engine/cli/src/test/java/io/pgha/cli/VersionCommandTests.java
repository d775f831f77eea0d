package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VersionCommandTests {
  @Test
  void prints_the_version() {
    StringWriter out = new StringWriter();
    int status = new CommandLine(new Main()).setOut(new PrintWriter(out, true)).execute("version");
    assertThat(status).isZero();
    assertThat(out.toString()).startsWith("pgha v0.1.0\n");
  }
}
