package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.ResourceType;
import io.pgha.provider.artifact.ArtifactFinding;
import io.pgha.provider.drift.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

            The resource types, behind `data.` the data source types, behind `ephemeral.` the ephemeral resource types; a page each, made of their schemas:

            """);
    TYPES
        .names()
        .forEach(
            name -> index.append("- [").append(name).append("](").append(name).append(".md)\n"));
    index.append("\n[What drift can tell](findings.md), by code.\n");
    assertSame(FOLDER.resolve("README.md"), index.toString());
    Set<String> pages = new TreeSet<>();
    try (var files = Files.list(FOLDER)) {
      files.forEach(file -> pages.add(String.valueOf(file.getFileName())));
    }
    Set<String> expected = new TreeSet<>(Set.of("README.md", "findings.md"));
    TYPES.names().forEach(name -> expected.add(name + ".md"));
    assertThat(pages).isEqualTo(expected);
  }

  @Test
  void thePageOfFindingsNamesAllKindsOfDifference() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            <!-- Made of what the resource types say by ReferenceTests. -->
            # What drift can tell

            The code is in every report: `code` in JSON, `ruleId` in SARIF, the test case in JUnit. The grade is the usual one: a setting,
            a path or the lines that differ may make a finding graver or lighter. A kind that may pass by itself is told only where it
            stays. No plan repairs a kind that is left to a person: such a finding names no command.
            Beside these, what `pgha plan` warns of at an instance is told with the warning's code.
            """);
    findings(page, "Any resource", ArtifactFinding.ALL);
    for (String name : TYPES.names()) {
      findings(page, name, TYPES.type(name).orElseThrow().findings());
    }
    assertSame(FOLDER.resolve("findings.md"), page.toString());
  }

  private static void findings(StringBuilder page, String heading, List<FindingKind> kinds) {
    if (!kinds.isEmpty()) {
      page.append("\n## ").append(heading).append("\n\n");
      page.append("| code | grade | may pass | by hand | means |\n|---|---|---|---|---|\n");
      kinds.forEach(kind ->
          page.append(
              "| `%s` | %s | %s | %s | %s |\n"
                  .formatted(
                      kind.code(),
                      kind.grade().word(),
                      kind.passing() ? "yes" : "",
                      kind.manual() ? "yes" : "",
                      kind.meaning())));
    }
  }

  @Test
  void aKindOfDifferenceHasOneMeaning() {
    Map<String, FindingKind> known = new HashMap<>();
    Stream.concat(
            ArtifactFinding.ALL.stream(),
            TYPES.names().stream()
                .flatMap(name -> TYPES.type(name).orElseThrow().findings().stream()))
        .forEach(kind ->
            assertThat(known.putIfAbsent(kind.code(), kind)).as(kind.code()).isIn(null, kind));
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
