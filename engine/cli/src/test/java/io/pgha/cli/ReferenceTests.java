package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference says what the schemas say; {@code -Dpgha.write=true} writes it anew. */
final class ReferenceTests {
  private static final Path FOLDER = Documents.ROOT.resolve("docs/reference");
  private static final TypeRegistry TYPES = Providers.types();

  private static Set<String> names() {
    return TYPES.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void thePageOfATypeIsMadeOfItsSchema(String name) throws IOException {
    ResourceType type = TYPES.type(name).orElseThrow();
    assertSame(FOLDER.resolve(name + ".md"), ReferencePage.of(type));
  }

  @Test
  void theIndexNamesAllTypesAndNoOthers() throws IOException {
    StringBuilder index =
        new StringBuilder(
            """
            <!-- Made of the schemas by ReferenceTests. -->
            # Reference

            The resource types, and behind `data.` the data source types; a page each, made of their schemas:

            """);
    TYPES
        .names()
        .forEach(
            name -> index.append("- [").append(name).append("](").append(name).append(".md)\n"));
    assertSame(FOLDER.resolve("README.md"), index.toString());
    Set<String> pages = new TreeSet<>();
    try (var files = Files.list(FOLDER)) {
      files.forEach(file -> pages.add(String.valueOf(file.getFileName())));
    }
    Set<String> expected = new TreeSet<>(Set.of("README.md"));
    TYPES.names().forEach(name -> expected.add(name + ".md"));
    assertThat(pages).isEqualTo(expected);
  }

  private static void assertSame(Path page, String expected) throws IOException {
    if (Boolean.getBoolean("pgha.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(page, expected);
    }
    assertThat(page)
        .as(
            "write it anew with: mvn -pl engine/cli -am test -Dtest=ReferenceTests -Dpgha.write=true")
        .exists()
        .content()
        .isEqualTo(expected);
  }
}
