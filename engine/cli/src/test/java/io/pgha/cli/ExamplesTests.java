package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTests {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("examples")
  void validateWithMadeUpVariables(Path example) throws IOException {
    Map<String, String> variables = Documents.variables(folder);
    Documents.Verdict verdict = Documents.validate(Documents.ROOT.resolve(example), variables);
    assertThat(verdict.errors()).isEmpty();
    assertThat(verdict.out()).isEqualTo("The configuration is valid.\n");
    assertThat(verdict.status()).isZero();
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(Documents.ROOT.resolve("examples"))) {
      return folders
          .filter(ExamplesTests::isConfiguration)
          .map(Documents.ROOT::relativize)
          .sorted()
          .toList();
    }
  }

  private static boolean isConfiguration(Path folder) {
    String[] files = folder.toFile().list((in, name) -> name.endsWith(".pgha.hcl"));
    return files != null && files.length > 0;
  }
}
