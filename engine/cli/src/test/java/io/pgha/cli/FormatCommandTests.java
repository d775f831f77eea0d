package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatCommandTests {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void makeFiles() throws IOException {
    cli = new Cli(folder);
    put("a.pgha.hcl", "a=1\n");
    put("good.pgha.hcl", "a = 1\n");
    put("sub/s.pgha.hcl", "a=1\n");
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String get(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Nested
  class AFolder {
    @Test
    void isFormattedAndItsChangedFilesListed() throws IOException {
      assertThat(cli.run("fmt")).isEqualTo(new Cli.Said(0, "a.pgha.hcl\n", ""));
      assertThat(get("a.pgha.hcl")).isEqualTo("a = 1\n");
      assertThat(get("sub/s.pgha.hcl")).isEqualTo("a=1\n");
      assertThat(cli.run("fmt")).isEqualTo(new Cli.Said(0, "", ""));
    }

    @Test
    void holdsConfigurationValuesAndTests() throws IOException {
      for (String name :
          List.of(
              "b.pghavars.hcl",
              "b.auto.pghavars.hcl",
              "pgha.pghavars.hcl",
              "b.pghatest.hcl",
              "b.pghamock.hcl",
              "other.hcl",
              "b.pgha.json",
              ".pgha.lock.hcl",
              ".hidden.pgha.hcl",
              "b.pgha.hcl~")) {
        put(name, "a=1\n");
      }
      assertThat(cli.run("fmt", "-write=false").out())
          .isEqualTo(
              """
              a.pgha.hcl
              b.auto.pghavars.hcl
              b.pghamock.hcl
              b.pghatest.hcl
              b.pghavars.hcl
              pgha.pghavars.hcl
              """);
    }

    @Test
    void isDescendedIntoOnlyWhereAskedAndNeverIntoWhatIsHiddenOrALink() throws IOException {
      put(".pgha/modules/m.pgha.hcl", "a=1\n");
      put("sub/.hidden/h.pgha.hcl", "a=1\n");
      put("sub/deep/d.pgha.hcl", "a=1\n");
      put("z.pgha.hcl/z.pgha.hcl", "a=1\n");
      Files.createSymbolicLink(folder.resolve("link"), folder.resolve("sub"));
      assertThat(cli.run("fmt", "--recursive", "--write=false").out())
          .isEqualTo(
              """
              a.pgha.hcl
              sub/deep/d.pgha.hcl
              sub/s.pgha.hcl
              z.pgha.hcl/z.pgha.hcl
              """);
      assertThat(cli.run("fmt", "-write=false", ".pgha/modules", "link").out())
          .isEqualTo(".pgha/modules/m.pgha.hcl\nlink/s.pgha.hcl\n");
    }
  }

  @Nested
  class Targets {
    @Test
    void areNamedAsTheyAreFromTheCurrentFolder() throws IOException {
      put("other.hcl", "a=1\n");
      assertThat(
              cli.run(
                  "fmt",
                  "-write=false",
                  "./sub/../sub",
                  "./a.pgha.hcl",
                  "other.hcl",
                  folder.resolve("sub/s.pgha.hcl").toString()))
          .isEqualTo(
              new Cli.Said(0, "sub/s.pgha.hcl\na.pgha.hcl\nother.hcl\nsub/s.pgha.hcl\n", ""));
    }

    @Test
    void thatAreNotThereAreToldOfAndTheOthersFormatted() {
      assertThat(cli.run("fmt", "nowhere", "a.pgha.hcl"))
          .isEqualTo(
              new Cli.Said(
                  2,
                  "a.pgha.hcl\n",
                  """
                  Error: There is no file or folder nowhere

                    Look for a slip in its name.

                  """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.pgha.json", "notes.txt", ".pghaignore"})
    void thatAreNoHclAreLeftAlone(String name) throws IOException {
      put(name, "a=1\n");
      Cli.Said said = cli.run("fmt", name);
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: pgha does not format %s

                Files in HCL's native syntax are formatted, whose names end with .hcl.

              """
                  .formatted(name));
      assertThat(get(name)).isEqualTo("a=1\n");
    }

    @Test
    void leaveTheDependencyLockAlone() throws IOException {
      put(".pgha.lock.hcl", "a=1\n");
      Cli.Said said = cli.run("fmt", ".pgha.lock.hcl");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.errors().replaceAll("\\s+", " "))
          .contains("whose names end with .hcl; but this one is written by pgha alone.");
    }
  }

  @Nested
  class Options {
    @ParameterizedTest
    @ValueSource(strings = {"-check", "--check"})
    void checkWritesNothingAndExitsWithThree(String check) throws IOException {
      assertThat(cli.run("fmt", check, "-write=true"))
          .isEqualTo(new Cli.Said(3, "a.pgha.hcl\n", ""));
      assertThat(get("a.pgha.hcl")).isEqualTo("a=1\n");
      assertThat(cli.run("fmt", check, "-list=false", "good.pgha.hcl"))
          .isEqualTo(new Cli.Said(0, "", ""));
    }

    @Test
    void listCanBeTurnedOff() throws IOException {
      assertThat(cli.run("fmt", "-list=false")).isEqualTo(new Cli.Said(0, "", ""));
      assertThat(get("a.pgha.hcl")).isEqualTo("a = 1\n");
    }

    @Test
    void diffShowsWhatChanges() throws IOException {
      put("a.pgha.hcl", "x = 1\n# a\n# b\n# c\nb {\na=\"${y}\"\n}\n# 1\n# 2\n# 3\n# 4\nc=1");
      assertThat(cli.run("fmt", "-diff", "-write=false", "-no-color", "a.pgha.hcl").out())
          .isEqualTo(
              """
              a.pgha.hcl
              --- old/a.pgha.hcl
              +++ new/a.pgha.hcl
              @@ -3,10 +3,10 @@
               # b
               # c
               b {
              -a="${y}"
              +  a = y
               }
               # 1
               # 2
               # 3
               # 4
              -c=1
              \\ No newline at end of file
              +c = 1
              \\ No newline at end of file
              """);
    }

    @Test
    void diffShowsLinesThatGo() throws IOException {
      put("a.pgha.hcl", "a = \"${\n  x\n}\"\n");
      assertThat(cli.run("fmt", "-diff", "-list=false").out())
          .isEqualTo(
              """
              --- old/a.pgha.hcl
              +++ new/a.pgha.hcl
              @@ -1,3 +1 @@
              -a = "${
              -  x
              -}"
              +a = x
              """);
    }

    @Test
    void othersAreRefused() {
      Cli.Said said = cli.run("fmt", "-wrong");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors()).startsWith("Error: pgha fmt has no option -wrong");
    }
  }

  @Nested
  class FormattedFiles {
    @Test
    void withErrorsStayAndTheOthersAreFormatted() throws IOException {
      put("0.pgha.hcl", "b=1\na = )\n");
      Cli.Said said = cli.run("fmt");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.out()).isEqualTo("a.pgha.hcl\n");
      assertThat(said.errors()).contains("0.pgha.hcl:2,5").contains("a = )");
      assertThat(get("0.pgha.hcl")).isEqualTo("b=1\na = )\n");
      assertThat(get("a.pgha.hcl")).isEqualTo("a = 1\n");
      assertThat(cli.run("fmt", "-check").status()).isEqualTo(2);
    }

    @Test
    void ofAnotherEncodingStay() throws IOException {
      byte[] bytes = {'a', '=', '"', (byte) 0xe9, '"', '\n'};
      Files.write(folder.resolve("a.pgha.hcl"), bytes);
      Cli.Said said = cli.run("fmt");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.errors()).contains("Invalid character encoding").contains("a.pgha.hcl:1,4");
      assertThat(Files.readAllBytes(folder.resolve("a.pgha.hcl"))).isEqualTo(bytes);
    }

    @Test
    void keepTheirModeAndLeaveNothingBeside() throws IOException {
      Path file = folder.resolve("a.pgha.hcl");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-----"));
      cli.run("fmt");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rwxr-----");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("a.pgha.hcl", "good.pgha.hcl", "sub");
      }
    }

    @Test
    void areFormattedWhereALinkLeadsAndTheLinkStays() throws IOException {
      Path link = folder.resolve("link.pgha.hcl");
      Files.createSymbolicLink(link, Path.of("sub/s.pgha.hcl"));
      assertThat(cli.run("fmt", "link.pgha.hcl").out()).isEqualTo("link.pgha.hcl\n");
      assertThat(link).isSymbolicLink();
      assertThat(get("sub/s.pgha.hcl")).isEqualTo("a = 1\n");
    }

    @Test
    void mayHaveTheLongestNamesThereAre() throws IOException {
      String name = "n".repeat(251) + ".hcl";
      Files.writeString(folder.resolve(name), "a   = 1\n");
      assertThat(cli.run("fmt", name).out()).isEqualTo(name + "\n");
      assertThat(folder.resolve(name)).hasContent("a = 1");
    }

    @Test
    void thatSomebodySavedMeanwhileStay() throws IOException {
      Path file = folder.resolve("saved.hcl");
      Files.writeString(file, "b = 2\n");
      assertThatThrownBy(() -> WholeFile.replace(file, new byte[] {'a'}, new byte[] {'b'}))
          .hasMessage(
              file + ": somebody has changed it since it was read. It stays as it is; run again.");
      assertThat(file).hasContent("b = 2");
    }

    @Test
    void thatCannotBeWrittenStayWhole() throws IOException {
      // What is written first has the name of a folder, which stops even the superuser.
      String unfinished = ".pgha-unfinished." + ProcessHandle.current().pid();
      put(unfinished + "/x", "");
      Cli.Said said = cli.run("fmt");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
      assertThat(said.errors()).startsWith("Error: A file can't be read or written");
      assertThat(get("a.pgha.hcl")).isEqualTo("a=1\n");
    }

    @Test
    void thatNobodyMayWriteToStay() throws IOException {
      Path file = folder.resolve("a.pgha.hcl");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      assumeFalse(Files.isWritable(file), "the superuser may write to any file: skipped");
      Cli.Said said = cli.run("fmt");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.errors()).contains("a.pgha.hcl: permission denied");
      assertThat(get("a.pgha.hcl")).isEqualTo("a=1\n");
    }

    @Test
    void thatLeadNowhereAreToldOf() throws IOException {
      Files.createSymbolicLink(folder.resolve("z.pgha.hcl"), Path.of("nowhere"));
      Cli.Said said = cli.run("fmt");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.out()).isEqualTo("a.pgha.hcl\n");
      assertThat(said.errors()).contains("z.pgha.hcl: there is no such file");
    }
  }

  @Nested
  class StandardInput {
    @Test
    void isWrittenToStandardOutput() {
      assertThat(input("a=1\r\n", "-")).isEqualTo(new Cli.Said(0, "a = 1\r\n", ""));
      assertThat(input("a = 1", "-write=false", "-")).isEqualTo(new Cli.Said(0, "a = 1\n", ""));
    }

    @Test
    void isOnlyLookedAtWithCheck() {
      assertThat(input("a=1\n", "-check", "-")).isEqualTo(new Cli.Said(3, "", ""));
      assertThat(input("a = 1\n", "-check", "-")).isEqualTo(new Cli.Said(0, "", ""));
    }

    @Test
    void isComparedWithDiff() {
      String diff = "--- old/<stdin>\n+++ new/<stdin>\n@@ -1 +1 @@\n-a=1\n+a = 1\n";
      assertThat(input("a=1\n", "-diff", "-")).isEqualTo(new Cli.Said(0, diff, ""));
      assertThat(input("a=1\n", "-diff", "-check", "-")).isEqualTo(new Cli.Said(3, diff, ""));
    }

    @Test
    void withErrorsHasNoOutput() {
      Cli.Said said = input("a = (\n", "-");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
      assertThat(said.errors()).contains("<stdin>:");
    }

    @Test
    void standsAlone() {
      Cli.Said said = input("a=1\n", "-", "good.pgha.hcl");
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.errors()).contains("To format standard input, give - alone.");
    }

    private Cli.Said input(String text, String... words) {
      return new Cli(folder)
          .runWith(text, Stream.concat(Stream.of("fmt"), Stream.of(words)).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void theProjectsOwnFilesAreInTheirCanonicalForm(String part) {
    assertThat(new Cli(Documents.ROOT.resolve(part)).run("fmt", "-check", "-recursive", "-diff"))
        .isEqualTo(new Cli.Said(0, "", ""));
  }

  static List<String> parts() {
    return List.of("docs", "engine/cli/src", "engine/core/src", "examples", "modules");
  }
}
