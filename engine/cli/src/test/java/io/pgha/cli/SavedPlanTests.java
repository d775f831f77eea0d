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
    String planned = cli.run("plan", "-out=plan.out").out();
    Path file = folder.resolve("plan.out");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String shown = cli.run("show", "plan.out").out();
    assertThat(planned).startsWith(shown.stripTrailing());
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
    void whenSomethingElseWouldBeDoneNow() throws Exception {
      Cli cli = cli();
      cli.configure(
          "resource \"terraform_data\" \"one\" {\n  input = file(\"${path.module}/text\")\n}\n");
      Files.writeString(folder.resolve("text"), "before");
      cli.run("plan", "-out=plan.out");
      Files.writeString(folder.resolve("text"), "after");
      assertThat(refusal(cli, "apply", "plan.out"))
          .contains("something else would be done now with terraform_data.one");
    }

    @Test
    void whenItIsOnlyToBeShownOrNoPlanAtAll() throws Exception {
      Cli cli = cli();
      cli.run("plan", "-document=plan.json");
      assertThat(refusal(cli, "apply", "plan.json"))
          .contains("is no plan that can be applied", "written with -document");
      Files.writeString(folder.resolve("plan.json"), "[]");
      assertThat(refusal(cli, "apply", "plan.json")).contains("is no plan that can be applied");
      assertThat(refusal(cli, "apply", "none.out")).contains("Can't read the plan");
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
    void withAnotherSecret() throws Exception {
      Cli with = new Cli(folder, Map.of("PGHA_VAR_password", "c0rrect"));
      with.configure(SECRET).run("plan", "-out=plan.out");
      assertThat(Files.readString(folder.resolve("plan.out"))).doesNotContain("c0rrect");
      assertThat(
              refusal(new Cli(folder, Map.of("PGHA_VAR_password", "another")), "apply", "plan.out"))
          .contains("Sensitive variables have not the values", "password");
      assertThat(refusal(new Cli(folder), "apply", "plan.out")).contains("password");
      assertThat(with.run("apply", "plan.out").status()).isZero();
    }
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
