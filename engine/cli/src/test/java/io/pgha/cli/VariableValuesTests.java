package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the values of variables come from and how they are read; as {@code terraform} 1.11.4. */
final class VariableValuesTests {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure("variable \"name\" { default = \"unset\" }\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** The value that a variable takes, as the console shows it. */
  private String value(String name, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "console";
    System.arraycopy(options, 0, words, 1, options.length);
    Cli.Said said = cli.runWith("var." + name + "\n", words);
    assertThat(said.status()).as(said.errors()).isZero();
    return said.out().strip();
  }

  @Nested
  class Precedence {
    @Test
    void ofOptionsIsTheirOrderOnTheCommandLine() throws IOException {
      String file = "-var-file=" + file("given.hcl", "name = \"file\"\n");
      assertThat(value("name", "-var", "name=text", file)).isEqualTo("\"file\"");
      assertThat(value("name", file, "-var", "name=text")).isEqualTo("\"text\"");
      assertThat(value("name", "--var=name=a", file, "-var", "name=b")).isEqualTo("\"b\"");
      assertThat(value("name", "-var", "name=a", "-var=name=b", file)).isEqualTo("\"file\"");
    }
  }
}
