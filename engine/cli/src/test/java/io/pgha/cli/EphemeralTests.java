package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ephemeral resources: opened when a run needs them, and kept nowhere. */
class EphemeralTests {
  private static final String ADDRESS = "192.168.228.141";
  private static final String FLOATING = "192.168.228.140";
  private static final String KEEPALIVED = "/etc/keepalived/keepalived.conf";
  private static final String SECRET = "Kx4-secret";

  /** Gives out the secret, and leaves a line in a file each time. */
  private static final String COUNTED =
      """
      ephemeral "secret_command" "word" {
        command = ["sh", "-c", "echo opened >> opened; echo $1", "sh", "%s"]
      }
      """
          .formatted(SECRET);

  private static final String USED =
      """
      resource "host" "lb" {
        name    = "lb-1"
        address = "10.0.0.11"
      }
      resource "vip" "main" {
        host              = host.lb.id
        address           = "10.0.0.20"
        peers             = ["10.0.0.11"]
        virtual_router_id = 51
        priority          = 100
        auth_pass         = substr(local.word, 0, 8)
      }
      locals {
        word = ephemeral.secret_command.word.output
      }
      """;

  @TempDir private Path folder;

  private Cli cli;

  @BeforeEach
  void begin() {
    cli = new Cli(folder);
  }

  private List<String> opened() throws IOException {
    Path file = folder.resolve("opened");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void anApplyOpensOnceAndStateHasNothing() throws IOException {
    cli.configure(COUNTED + "resource \"terraform_data\" \"a\" {\n  input = 1\n}\n");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(opened()).hasSize(1);
    assertThat(Files.readString(folder.resolve("pgha.state.json")))
        .doesNotContain(SECRET, "ephemeral")
        .contains("terraform_data.a");
  }

  @Test
  void aWriteOnlyArgumentTakesItAndNoPlanShowsIt() throws IOException {
    cli.configure(COUNTED + USED);
    Cli.Said said = cli.run("plan", "-refresh=false", "-document=plan.json", "-html=plan.html");
    assertThat(said.errors()).doesNotContain("Error");
    assertThat(said.out()).contains("vip.main will be created").doesNotContain("Kx4");
    assertThat(opened()).hasSize(1);
    for (String file : List.of("plan.json", "plan.html")) {
      assertThat(Files.readString(folder.resolve(file))).as(file).doesNotContain("Kx4");
    }
    assertThat(cli.run("plan", "-refresh=false", "-json").out()).doesNotContain("Kx4");
  }

  /** Every file is looked into, whenever a machine is asked or changed and in the end. */
  @Test
  void noFileHasItWhereItWasApplied(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("word"), SECRET);
    String word = COUNTED.replace(SECRET, "x").replace("echo $1", "cat " + elsewhere + "/word");
    // The machines of these tests have one address.
    String there = USED.replace("10.0.0.11", ADDRESS).replace("10.0.0.20", FLOATING);
    MachinesInMemory machines = new MachinesInMemory();
    Set<String> seen = new TreeSet<>();
    machines.atLook(() -> {
      seen.addAll(filesWithoutSecret());
      machines.holdsBy(ADDRESS, KEEPALIVED, FLOATING);
    });
    Cli applying = new Cli(folder, machines).configure(word + there);
    List<Cli.Said> said =
        List.of(
            applying.run("plan", "-json", "-out=plan.out", "-document=plan.json", "-html=p.html"),
            applying.run("show", "-json", "plan.out"),
            applying.run("apply", "-json", "plan.out"),
            applying.run("show", "-json"));
    assertThat(said)
        .allSatisfy(each -> {
          assertThat(each.status()).as(each.out() + each.errors()).isZero();
          assertThat(each.out() + each.errors()).doesNotContain("Kx4");
        });
    assertThat(machines.read(ADDRESS, KEEPALIVED)).contains("Kx4-secr");
    assertThat(seen).contains("plan.out", "plan.json", "p.html", "pgha.state.journal");
    assertThat(filesWithoutSecret()).contains("pgha.state.json");
  }

  /** The names of all files, after a look into each. */
  private List<String> filesWithoutSecret() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        assertThat(contents(file)).as("%s", file).doesNotContain("Kx4", "S3g0");
      }
      return all.stream().map(file -> folder.relativize(file).toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that is in a file, byte by byte; of an archive what is in it. */
  private static String contents(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("PK")) {
      return text;
    }
    StringBuilder inside = new StringBuilder();
    try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        inside.append(new String(archive.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(inside).isNotEmpty();
    return inside.toString();
  }

  @Test
  void terraformApplyingTellsAnApplyFromAPlan() throws IOException {
    cli.configure(
        """
        ephemeral "secret_command" "word" {
          command = ["sh", "-c", "echo $1 >> opened; echo word", "sh", tostring(terraform.applying)]
        }
        resource "terraform_data" "a" {
          input = 1
        }
        """);
    assertThat(cli.run("plan").status()).isZero();
    assertThat(opened()).containsExactly("false");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(opened()).containsExactly("false", "false", "true");
    cli.configure("resource \"terraform_data\" \"a\" {\n  input = terraform.applying\n}\n");
    assertThat(cli.run("plan").errors()).contains("ephemeral");
  }

  @Test
  void nothingIsOpenedToCheckOrToLook() throws IOException {
    cli.configure(COUNTED + USED);
    assertThat(cli.run("validate").status()).isZero();
    assertThat(cli.runWith("ephemeral.secret_command.word\n", "console").out())
        .isEqualTo("(ephemeral value)\n");
    assertThat(cli.runWith("local.word\n", "console").out()).doesNotContain("Kx4");
    assertThat(opened()).isEmpty();
  }

  @Test
  void whatIsKeptTakesNothingOfIt() {
    cli.configure(
        COUNTED
            + """
            resource "terraform_data" "kept" {
              input = "x${ephemeral.secret_command.word.output}"
            }
            output "kept" {
              value     = ephemeral.secret_command.word.output
              sensitive = true
            }
            resource "terraform_data" "many" {
              count = length(ephemeral.secret_command.word.output)
            }
            """);
    String errors = cli.run("plan").errors();
    assertThat(errors)
        .contains("Ephemeral values are not valid for \"input\"")
        .contains("State keeps the outputs of the root module")
        .contains("Invalid count argument")
        .doesNotContain("Kx4");
  }

  @Test
  void itWaitsForWhatItNeeds() throws IOException {
    cli.configure(
        """
        resource "terraform_data" "first" {}
        ephemeral "secret_command" "later" {
          command = ["sh", "-c", "echo opened >> opened; echo $1", "sh", terraform_data.first.id]
          lifecycle {
            postcondition {
              condition     = self.output == terraform_data.first.id
              error_message = "It says something else."
            }
          }
        }
        """);
    assertThat(cli.run("plan").status()).isZero();
    assertThat(opened()).isEmpty();
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(opened()).hasSize(1);
    assertThat(cli.run("plan").out()).contains("No changes");
    assertThat(opened()).hasSize(2);
  }

  @Test
  void whatUsesItComesAfterWhatItNeedsHoweverManyThereAre() throws IOException {
    cli.configure(
        """
        resource "terraform_data" "first" {}
        ephemeral "secret_command" "later" {
          count   = 2
          command = ["sh", "-c", "echo opened >> opened; echo $1", "sh", terraform_data.first.id]
        }
        resource "terraform_data" "second" {
          input = 1
          lifecycle {
            precondition {
              condition     = alltrue([for each in ephemeral.secret_command.later : each.output == "other"])
              error_message = "It says something else."
            }
          }
        }
        resource "terraform_data" "third" {
          depends_on = [ephemeral.secret_command.later]
        }
        """);
    assertThat(cli.run("graph").out())
        .contains("\"terraform_data.second\" -> \"terraform_data.first\"")
        .contains("\"terraform_data.third\" -> \"terraform_data.first\"");
    assertThat(opened()).isEmpty();
    Cli.Said said = cli.run("apply", "-auto-approve");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("It says something else.");
    assertThat(opened()).hasSize(2);
    assertThat(Files.readString(folder.resolve("pgha.state.json")))
        .contains("terraform_data.third")
        .doesNotContain("terraform_data.second", "ephemeral");
  }

  @Test
  void anErrorOfAnotherDoesNotKeepItClosed() {
    cli.configure(
        """
        resource "terraform_data" "first" {}
        ephemeral "secret_command" "word" {
          command = ["echo", terraform_data.first.id]
        }
        resource "terraform_data" "a" {
          lifecycle {
            precondition {
              condition     = terraform_data.first.id == "x"
              error_message = "A is wrong."
            }
            precondition {
              condition     = ephemeral.secret_command.word.output != ""
              error_message = "Empty."
            }
          }
        }
        resource "terraform_data" "b" {
          lifecycle {
            precondition {
              condition     = ephemeral.secret_command.word.output == "y"
              error_message = "B is wrong."
            }
          }
        }
        """);
    Cli.Said said = cli.run("apply", "-auto-approve");
    assertThat(said.errors()).contains("A is wrong.", "B is wrong.");
  }

  @Test
  void whereASecretLiesIsNoMoreShownThanTheSecret() {
    cli.configure(
        """
        variable "place" {
          default   = "Kx4-place"
          sensitive = true
        }
        ephemeral "secret_file" "f" {
          path = var.place
        }
        ephemeral "secret_command" "p" {
          command = [var.place]
        }
        ephemeral "secret_command" "q" {
          command = ["sh", "-c", "echo $1 >&2; exit 1", "sh", var.place]
        }
        variable "word" {
          default   = "Kx4-word"
          ephemeral = true
        }
        locals {
          wrong = parseint(var.word, 10)
        }
        """);
    Cli.Said said = cli.run("plan");
    assertThat(said.errors())
        .contains("Can't read the file", "Can't run the program", "the program failed")
        .contains("why can't be shown")
        .doesNotContain("Kx4");
  }

  @Test
  void pathsBeginInTheRootModulesFolder() throws IOException {
    Files.createDirectories(folder.resolve("inner"));
    Files.writeString(folder.resolve("inner/word.txt"), "word");
    Files.writeString(
        folder.resolve("inner/main.pgha.hcl"),
        """
        ephemeral "secret_file" "word" {
          path = "${path.module}/word.txt"
        }
        """);
    cli.configure("module \"inner\" {\n  source = \"./inner\"\n}\n");
    assertThat(cli.run("plan").errors()).isEmpty();
  }

  @Test
  void thereMayBeSeveralAndTheyMayBeInModules() throws IOException {
    Files.writeString(folder.resolve("one.txt"), "first\n");
    Files.writeString(folder.resolve("two.txt"), "2\r\n\n");
    Files.createDirectory(folder.resolve("inner"));
    Files.writeString(
        folder.resolve("inner/main.pgha.hcl"),
        """
        variable "word" {
          ephemeral = true
        }
        ephemeral "secret_command" "again" {
          command = ["echo", var.word]
        }
        output "word" {
          value     = ephemeral.secret_command.again.output
          ephemeral = true
        }
        """);
    cli.configure(
        """
        ephemeral "secret_file" "words" {
          for_each = toset(["one", "two"])
          path     = "${each.key}.txt"
          lifecycle {
            postcondition {
              condition     = length(self.content) > 1
              error_message = "Too short: ${each.key}."
            }
          }
        }
        module "inner" {
          source = "./inner"
          word   = ephemeral.secret_file.words["one"].content
        }
        check "same" {
          assert {
            condition     = module.inner.word == "first" && length(ephemeral.secret_file.words) == 2
            error_message = "Another word."
          }
        }
        """);
    Cli.Said said = cli.run("plan");
    assertThat(said.errors())
        .contains("Too short: two.")
        .contains("self.content is a sensitive value")
        .doesNotContain("Too short: one", "Another word");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            "secret_command", "command = [\"no-such-program\"]", "There is no such program"),
        Arguments.of(
            "secret_command",
            "command = [\"sh\", \"-c\", \"echo out; echo why >&2; exit 3\"]",
            "It ended with status 3. It says: why"),
        Arguments.of(
            "secret_command",
            "command = [\"sleep\", \"60\"]\n  timeout = 0.2",
            "sleep takes too long"),
        Arguments.of("secret_command", "command = [\"/etc/passwd/x\"]", "It can't be run ("),
        Arguments.of("secret_command", "command = []", "Its first element is the program to run."),
        Arguments.of("secret_command", "command = [\"echo\", null]", "not null"),
        Arguments.of("secret_command", "command = [\"true\"]\n  timeout = 0", "more than 0"),
        Arguments.of(
            "secret_command",
            "command = [\"head\", \"-c\", \"2000000\", \"/dev/zero\"]",
            "1 MiB at most"),
        Arguments.of("secret_command", "command = [\"printf\", \"\\\\377\"]", "not UTF-8"),
        Arguments.of("secret_command", "", "The argument \"command\" is required"),
        Arguments.of("secret_file", "path = \"none\"", "There is no such file."),
        Arguments.of("secret_file", "path = \"/dev/zero\"", "1 MiB at most"),
        Arguments.of("secret_file", "path = \".\"", "can't be read"),
        Arguments.of("secret_fil", "path = \".\"", "Did you mean \"secret_file\"?"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsSaidAtItsLine(String type, String body, String says) {
    cli.configure("ephemeral \"" + type + "\" \"x\" {\n  " + body + "\n}\n");
    Cli.Said said = cli.run("plan");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors().replaceAll("\\s+", " "))
        .contains(says)
        .containsPattern("on main.pgha.hcl:[123],");
  }

  @Test
  void whatAProgramStartedDoesNotKeepItsRunWaiting() {
    cli.configure(
        """
        ephemeral "secret_command" "x" {
          command = ["sh", "-c", "sleep 60 & echo done"]
          timeout = 1
        }
        """);
    assertThat(cli.run("plan").status()).isZero();
  }
}
