package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is kept is applied as it was approved, or not at all. */
class SavedPlanTests {
  private static final String CONFIGURATION =
      """
      variable "size" {
        type    = number
        default = 1
      }
      variable "labels" {
        type    = map(set(string))
        default = { a = ["x", "y"] }
      }
      resource "terraform_data" "one" {
        input = { size = var.size, labels = var.labels }
      }
      resource "terraform_data" "two" {
        input = terraform_data.one.output.size
      }
      """;

  private static final String SECRET =
      """
      variable "password" {
        type      = string
        sensitive = true
      }
      resource "terraform_data" "one" {
        input = length(var.password)
      }
      """;

  @TempDir private Path folder;

  private Cli cli() {
    return new Cli(folder).configure(CONFIGURATION);
  }

  @Test
  void isAppliedWithoutAQuestionAndOnce() throws Exception {
    Cli cli = cli();
    Cli.Said planned = cli.run("plan", "-out=plan.out");
    assertThat(planned.status()).isZero();
    assertThat(planned.out()).endsWith("Saved to plan.out. To do just this: pgha apply plan.out\n");
    assertThat(cli.run("apply", "plan.out").out())
        .contains("Apply complete: 2 added, 0 changed, 0 destroyed.");
    assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();
    Cli.Said again = cli.run("apply", "plan.out");
    assertThat(again.status()).isEqualTo(Operation.FAILED);
    assertThat(again.errors().replaceAll("\\s+", " "))
        .contains("plan.out no longer holds", "The state was changed since the plan was made");
  }

  @Test
  void isForItsOwnerOnlyShownAsItWasAndConformsToItsSchema() throws Exception {
    Cli cli = cli();
    String planned = cli.run("plan", "-var=size=2", "-out=plan.out").out();
    Path file = folder.resolve("plan.out");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String shown = cli.run("show", "plan.out").out();
    assertThat(shown)
        .startsWith(planned.substring(0, planned.indexOf("Saved to")))
        .endsWith("With: labels = {\"a\":[\"x\",\"y\"]}, size = 2\n");
    PlanDocumentTests.assertConforms("plan-schema.json", Files.readString(file));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("main.pgha.hcl", "plan.out");
  }

  @Test
  void keepsTheVariablesThatItWasMadeWith() {
    Cli cli = cli();
    cli.run("plan", "-var=size=2", "-var=labels={ b = [\"z\"] }", "-out=plan.out");
    Cli elsewhere = new Cli(folder, Map.of("PGHA_VAR_size", "9"));
    assertThat(elsewhere.run("apply", "plan.out").status()).isZero();
    assertThat(cli.run("show", "-json").out()).contains("\"size\" : 2", "\"z\"");
  }

  @Test
  void keepsWhatItIsLimitedTo() {
    Cli cli = cli();
    cli.run("plan", "-target=terraform_data.one", "-out=plan.out");
    assertThat(cli.run("apply", "plan.out").out()).contains("1 added");
    assertThat(cli.run("state", "list").out().strip()).isEqualTo("terraform_data.one");
    cli.run("plan", "-destroy", "-out=plan.out");
    assertThat(cli.run("apply", "plan.out").out()).contains("Destroy complete", "1 destroyed");
  }

  @Nested
  class IsRefused {
    private String refusal(Cli cli, String... words) {
      Cli.Said said = cli.run(words);
      assertThat(said.status()).isEqualTo(Operation.FAILED);
      assertThat(folder.resolve("pgha.state.json")).doesNotExist();
      return said.errors().replaceAll("\\s+", " ");
    }

    @Test
    void whenTheConfigurationWasChanged() {
      cli().run("plan", "-out=plan.out");
      Cli changed = cli().configure(CONFIGURATION + "# another line\n");
      assertThat(refusal(changed, "apply", "plan.out"))
          .contains("The configuration was changed since the plan was made");
    }

    @Test
    void whenTheStateIsAnother() throws Exception {
      Cli cli = cli();
      assertThat(cli.run("apply", "-auto-approve").status()).isZero();
      cli.configure("resource \"terraform_data\" \"one\" {\n  input = \"two\"\n}\n");
      assertThat(cli.run("plan", "-out=plan.out").status()).isZero();
      Path state = folder.resolve("pgha.state.json");
      String text = Files.readString(state);
      Files.writeString(
          state, text.replaceFirst("\"lineage\": \"[^\"]*\"", "\"lineage\": \"another\""));
      Cli.Said said = cli.run("apply", "plan.out");
      assertThat(said.status()).isEqualTo(Operation.FAILED);
      assertThat(said.errors()).contains("It was made from another state.");
      assertThat(Files.readString(state)).contains("\"another\"");
    }

    @Test
    void whenSomethingElseWouldBeDoneNow() throws Exception {
      Cli cli = cli();
      cli.configure(
          "resource \"terraform_data\" \"one\" {\n  input = file(\"${path.module}/text\")\n}\n");
      Files.writeString(folder.resolve("text"), "before");
      cli.run("plan", "-out=plan.out");
      Files.writeString(folder.resolve("text"), "after");
      assertThat(refusal(cli, "apply", "plan.out"))
          .contains("What would be done now is not what was planned: terraform_data.one");
    }

    @Test
    void whenItIsOnlyToBeShownOrNoPlanAtAll() throws Exception {
      Cli cli = cli();
      cli.run("plan", "-document=plan.json");
      assertThat(refusal(cli, "apply", "plan.json"))
          .contains("is no plan that can be applied", "written with -document");
      Files.writeString(folder.resolve("plan.json"), "[]");
      assertThat(refusal(cli, "apply", "plan.json")).contains("plan.json is no plan");
      assertThat(refusal(cli, "apply", "none.out")).contains("there is no such file");
      assertThat(refusal(cli, "apply", ".")).contains("it is no regular file");
      Files.write(folder.resolve("plan.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
      assertThat(refusal(cli, "apply", "plan.json")).contains("it is not UTF-8 text");
    }

    @Test
    void withOptionsThatWereForThePlan() {
      Cli cli = cli();
      cli.run("plan", "-out=plan.out");
      assertThat(refusal(cli, "apply", "-var=size=3", "plan.out")).contains("as it is");
      assertThat(refusal(cli, "apply", "-target=terraform_data.one", "plan.out"))
          .contains("as it is");
    }

    @Test
    void whenASecretThatIsReadFromAFileIsAnother() throws Exception {
      Cli cli = cli();
      cli.configure(
          "resource \"terraform_data\" \"one\" {\n  input = sensitive(file(\"secret\"))\n}\n");
      Files.writeString(folder.resolve("secret"), "c0rrect");
      cli.run("plan", "-out=plan.out");
      Files.writeString(folder.resolve("secret"), "another");
      assertThat(refusal(cli, "apply", "plan.out"))
          .contains("Files and programs that secrets come from must say the same too");
      assertThat(Files.readString(folder.resolve("plan.out"))).doesNotContain("c0rrect");
    }

    @Test
    void whenItWasTamperedWith() throws Exception {
      Cli cli = cli();
      cli.run("plan", "-out=plan.out");
      String plan = Files.readString(folder.resolve("plan.out"));
      tamper(plan, "\"size\" : 1\n", "\"size\" : 7\n");
      assertThat(refusal(cli, "apply", "plan.out"))
          .contains("What would be done now is not what was planned: terraform_data.one");
      tamper(plan, "\"mode\" : \"normal\"", "\"mode\" : \"x\"");
      assertThat(refusal(cli, "apply", "plan.out")).contains("It is for \"x\"");
      tamper(plan, "\"pgha_version\" : \"", "\"pgha_version\" : \"9.");
      assertThat(refusal(cli, "apply", "plan.out")).contains("It was made by pgha 9.");
    }

    private void tamper(String plan, String old, String now) throws Exception {
      assertThat(plan).contains(old);
      Files.writeString(folder.resolve("plan.out"), plan.replace(old, now));
    }

    @Test
    void withoutStepsAtOnce() {
      Cli cli = cli();
      cli.run("plan", "-out=plan.out");
      assertThat(refusal(cli, "apply", "-parallelism=0", "plan.out"))
          .contains("-parallelism must be 1 or more");
    }

    @Test
    void withAnotherSecret() throws Exception {
      Cli with = new Cli(folder, Map.of("PGHA_VAR_password", "c0rrect"));
      with.configure(SECRET).run("plan", "-out=plan.out");
      assertThat(Files.readString(folder.resolve("plan.out"))).doesNotContain("c0rrect");
      assertThat(
              refusal(new Cli(folder, Map.of("PGHA_VAR_password", "another")), "apply", "plan.out"))
          .contains(
              "Something that is not shown has another value",
              "these variables must be given again, the same: password");
      assertThat(refusal(new Cli(folder), "apply", "plan.out")).contains("password");
      assertThat(with.run("apply", "plan.out").status()).isZero();
    }
  }

  @Test
  void takesNoSensitiveValueFromTheFile() throws Exception {
    Cli cli =
        new Cli(folder, Map.of("PGHA_VAR_password", "c0rrect"))
            .configure(
                SECRET.replace("length(var.password)", "nonsensitive(length(var.password))"));
    cli.run("plan", "-out=plan.out");
    Path file = folder.resolve("plan.out");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "\"variables\" : \\{\\s*}", "\"variables\" : {\"password\" : \"another-one\"}"));
    assertThat(Files.readString(file)).contains("another-one");
    assertThat(cli.run("apply", "plan.out").status()).isZero();
    assertThat(cli.run("show", "-json").out()).contains("\"input\" : 7");
  }

  @Test
  void hasNoVariableThatIsUsedForASecret() throws Exception {
    Cli cli =
        new Cli(folder, Map.of("PGHA_VAR_password", "c0rrect"))
            .configure(
                """
                variable "password" {}
                resource "terraform_data" "one" {
                  input = sensitive("<${var.password}>")
                }
                resource "terraform_data" "two" {
                  input = sensitive(var.password)
                }
                """);
    assertThat(cli.run("plan", "-out=plan.out").status()).isZero();
    assertThat(Files.readString(folder.resolve("plan.out"))).doesNotContain("c0rrect");
    assertThat(cli.run("apply", "plan.out").status()).isZero();
  }

  @Test
  void keepsNumbersToTheLastDigit() {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                variable "number" {}
                resource "terraform_data" "one" {
                  input = tonumber(var.number)
                }
                variable "exact" {
                  type    = number
                  default = 0.1234567890123456789012345
                }
                output "exact" {
                  value = var.exact
                }
                """);
    cli.run("plan", "-var=number=1e400", "-out=plan.out");
    Cli.Said said = cli.run("apply", "plan.out");
    assertThat(said.status()).as("%s", said.errors()).isZero();
    assertThat(cli.run("output", "exact").out().strip()).isEqualTo("0.1234567890123456789012345");
  }

  @Test
  void replacesNothingButPlans() throws Exception {
    Cli cli = cli();
    Cli.Said said = cli.run("plan", "-out=main.pgha.hcl");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors()).contains("main.pgha.hcl is there and is no plan");
    assertThat(Files.readString(folder.resolve("main.pgha.hcl"))).isEqualTo(CONFIGURATION);
    assertThat(cli.run("plan", "-out=/dev/null").errors()).contains("/dev/null is there");
    assertThat(cli.run("plan", "-out=my plan").out()).contains("pgha apply 'my plan'");
    assertThat(cli.run("plan", "-out=my plan").status()).isZero();
  }

  @Test
  void isNotKeptWhereNotAllCouldBePlanned() {
    Cli cli = cli();
    cli.configure(
        """
        resource "host" "a" {
          name    = "a"
          address = "127.0.0.1"
          port    = 1
        }
        """);
    Cli.Said said = cli.run("plan", "-out=plan.out");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.out()).contains("The plan was not saved");
    assertThat(folder.resolve("plan.out")).doesNotExist();
  }
}
