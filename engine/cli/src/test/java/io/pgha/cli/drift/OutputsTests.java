package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgha.language.diagnostic.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -out FORMAT=FILE}: refused before the run where it can't work, written as a whole after.
 */
class OutputsTests {
  @TempDir private Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Outputs outputs(String... texts) {
    return Outputs.of(List.of(texts), Map.of(), folder);
  }

  private void write(Outputs outputs) {
    outputs.write(DriftSamples.all(), new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private String refused(String... texts) {
    OutputFailure failure = catchThrowableOfType(OutputFailure.class, () -> outputs(texts));
    assertThat(failure).isNotNull();
    return text(failure);
  }

  private static String text(OutputFailure failure) {
    Diagnostic diagnostic = failure.diagnostic();
    return diagnostic.code() + ": " + diagnostic.summary() + "\n" + diagnostic.detail();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatIsWritten(OutputFormat format) {
    write(outputs(format.word() + "=report"));
    assertThat(folder.resolve("report"))
        .content()
        .isEqualTo(format.text(DriftSamples.all(), new Workspace(folder, false)));
    assertThat(said.size()).isZero();
  }

  @Test
  void severalAreWrittenInOneRunAndNothingElseIsLeft() throws IOException {
    Outputs outputs = outputs("json=a.json", "junit=a.xml", "markdown=-");
    assertThat(outputs.toStandardOutput()).isTrue();
    write(outputs);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.json", "a.xml");
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("### pgha drift: ");
    assertThat(outputs("json=a.json").toStandardOutput()).isFalse();
  }

  @Test
  void anOldFileIsReplacedAndStaysAsOpenAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("real.json"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    write(outputs("json=link.json"));
    assertThat(link).isSymbolicLink();
    assertThat(file).content().contains("\"format_version\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aDeviceIsWrittenTo() {
    write(outputs("json=/dev/null"));
    assertThat(Path.of("/dev/null"))
        .exists()
        .satisfies(device -> assertThat(Files.isRegularFile(device)).isFalse());
  }

  @Test
  void whatNamesNoFormatAndFileIsRefused() {
    assertThat(refused("drift.json"))
        .isEqualTo(
            """
            usage: -out drift.json names no format and file
            Write it as -out FORMAT=FILE, such as -out json=drift.json. The formats are json, junit, \
            sarif, markdown, html, codequality.\
            """);
    assertThat(refused("json=")).startsWith("usage: -out json= names no format and file\n");
    assertThat(refused("=a")).startsWith("usage: -out =a names no format and file\n");
    assertThat(refused("yaml=a"))
        .isEqualTo(
            """
            usage: There is no output format "yaml"
            The formats are json, junit, sarif, markdown, html, codequality.\
            """);
  }

  @Test
  void aFileThatCantBeIsRefused() {
    assertThat(refused("json=no/a.json"))
        .isEqualTo(
            "not-written: no/a.json can't be written\nThere is no folder "
                + folder.resolve("no")
                + ". Make it first.");
    assertThat(refused("json=" + folder))
        .isEqualTo(
            "not-written: " + folder + " can't be written\nIt is a folder. Name a file in it.");
  }

  @Test
  void twoFormatsNeedTwoFiles() throws IOException {
    assertThat(refused("json=a", "junit=./a"))
        .isEqualTo(
            """
            usage: -out json=a and -out junit=./a write the same file
            Give each format a file of its own.\
            """);
    assertThat(refused("json=-", "junit=-")).contains("write the same file");
    Files.createSymbolicLink(folder.resolve("b"), Files.createFile(folder.resolve("a")));
    assertThat(refused("json=a", "junit=b")).contains("write the same file");
  }

  @Test
  void whereOneCantBeWrittenTheOthersAre() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Outputs outputs = outputs("json=gone/a.json", "junit=a.xml");
    Files.delete(gone);
    OutputFailure failure = catchThrowableOfType(OutputFailure.class, () -> write(outputs));
    assertThat(text(failure))
        .startsWith("not-written: A document was not written\ngone/a.json: NoSuchFile ");
    assertThat(folder.resolve("a.xml")).exists();
  }

  @Test
  void gitHubActionsIsToldToo() {
    Path page = folder.resolve("page.md");
    Map<String, String> gitHub =
        Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", page.toString());
    write(Outputs.of(List.of("sarif=a.sarif"), gitHub, folder));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("::error file=clusters/other/main.pgha.hcl,line=5,");
    assertThat(page).content().startsWith("### pgha drift: ");
    assertThat(folder.resolve("a.sarif")).content().doesNotContain("suppressions");
    said.reset();
    write(Outputs.of(List.of("json=-"), gitHub, folder));
    assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("{").endsWith("}\n");
  }

  @Test
  void aSummaryPageThatCantBeWrittenIsTold() {
    Outputs outputs =
        Outputs.of(
            List.of("json=a"),
            Map.of("GITHUB_STEP_SUMMARY", folder.resolve("no/page.md").toString()),
            folder);
    OutputFailure failure = catchThrowableOfType(OutputFailure.class, () -> write(outputs));
    assertThat(text(failure)).contains("the step's summary: NoSuchFile ");
    assertThat(folder.resolve("a")).exists();
  }

  @Test
  void aWordNamesAFormat() {
    assertThat(OutputFormat.of("codequality")).isEqualTo(OutputFormat.CODEQUALITY);
    assertThatThrownBy(() -> OutputFormat.of("JSON")).isInstanceOf(OutputFailure.class);
  }

  @Test
  void halfACharacterKeepsNoReportFromBeingWritten() {
    Outputs outputs =
        Outputs.of(
            List.of("json=a.json", "markdown=a.md", "html=a.html"),
            Map.of("GITHUB_STEP_SUMMARY", folder.resolve("page.md").toString()),
            folder);
    outputs.write(DriftSamples.hostile(), new PrintStream(said, true, StandardCharsets.UTF_8));
    for (String name : List.of("a.json", "a.md", "a.html", "page.md")) {
      assertThat(folder.resolve(name)).isNotEmptyFile();
    }
  }
}
