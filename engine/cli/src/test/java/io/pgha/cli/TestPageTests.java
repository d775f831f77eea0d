package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that docs/language/tests.md shows pass, and so do those of the modules. */
class TestPageTests {
  private static final Path PAGE = Documents.ROOT.resolve("docs/language/tests.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\n]+)\n(.*?)^```$");

  @TempDir private Path folder;

  private static List<String> blocks(String kind) throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .filter(found -> found.group(1).equals(kind))
        .map(found -> found.group(2))
        .toList();
  }

  @Test
  void whatThePageShowsPasses() throws IOException {
    Cli cli = new Cli(folder).configure(blocks("hcl validate").getFirst());
    Path tests = Files.createDirectories(folder.resolve("tests/mocks")).getParent();
    Path file = tests.resolve("main.pghatest.hcl");
    Files.writeString(tests.resolve("mocks/old.pghamock.hcl"), blocks("hcl mocks").getFirst());
    List<String> said = new ArrayList<>();
    for (String test : blocks("hcl test")) {
      Files.writeString(file, test);
      Cli.Said one = cli.run("test");
      assertThat(one.errors()).isEmpty();
      assertThat(one.status()).isZero();
      said.add(one.out());
    }
    assertThat(said).hasSize(3).containsAll(blocks("text test"));
  }

  static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(Documents.ROOT.resolve("modules"))) {
      return folders.filter(each -> Files.isDirectory(each.resolve("tests"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theTestsOfModulesPass(Path module) {
    Cli.Said said = new Cli(module).run("test");
    assertThat(said.errors()).isEmpty();
    assertThat(said.out()).contains("Success!").doesNotContain("Success! 0 passed");
  }
}
