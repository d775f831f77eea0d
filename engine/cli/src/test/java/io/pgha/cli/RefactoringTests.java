package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of moves and of what is forgotten, and what becomes of it. */
class RefactoringTests {
  private static final String BEFORE =
      """
      resource "terraform_data" "old" {
        input = "a"
      }
      resource "terraform_data" "gone" {
        input = "b"
      }
      resource "terraform_data" "user" {
        input = terraform_data.old.output
      }
      """;

  private static final String AFTER =
      """
      resource "terraform_data" "new" {
        input = "a"
      }
      resource "terraform_data" "user" {
        input = terraform_data.new.output
      }
      moved {
        from = terraform_data.old
        to   = terraform_data.new
      }
      removed {
        from = terraform_data.gone
        lifecycle {
          destroy = false
        }
      }
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void apply() {
    cli = new Cli(folder).configure(BEFORE);
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    cli.configure(AFTER);
  }

  @Test
  void aPlanShowsWhatOnlyStateIsToldOf() {
    Cli.Said planned = cli.run("plan", "-detailed-exitcode", "-no-color");
    assertThat(planned.status()).isEqualTo(Operation.CHANGES);
    assertThat(planned.out())
        .isEqualTo(
            """
            . forget, and leave it as it is

              . terraform_data.gone will be forgotten; nothing is done to it (a removed block says so)

                terraform_data.new stays as it is
                # (moved from terraform_data.old)

            Plan: 1 to move, 0 to add, 0 to change, 0 to destroy, 1 to forget.

            """);
  }

  @Test
  void anApplyTellsWhatItRecorded() {
    assertThat(cli.run("apply", "-auto-approve", "-no-color").out())
        .contains("Apply complete: 1 moved, 1 forgotten, 0 added, 0 changed, 0 destroyed.");
    assertThat(cli.run("state", "list").out())
        .isEqualTo("terraform_data.new\nterraform_data.user\n");
    assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();
  }

  @Test
  void aQuestionIsAskedFirst() {
    Cli.Said said = cli.run("apply", "-input=false");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(cli.run("state", "list").out()).contains("terraform_data.old");
  }

  @Test
  void programsAreToldInTerraformsWords() throws IOException {
    assertThat(cli.run("plan", "-json").out().lines().map(RefactoringTests::brief).toList())
        .containsSubsequence(
            "terraform_data.gone: Plan to remove",
            "terraform_data.new: Plan to move",
            "Plan: 1 to move, 0 to add, 0 to change, 0 to destroy, 1 to forget.");
    String move =
        cli.run("plan", "-json")
            .out()
            .lines()
            .filter(l -> l.contains("to move"))
            .findFirst()
            .orElseThrow();
    JsonNode change = new ObjectMapper().readTree(move).path("change");
    assertThat(change.path("previous_resource").path("addr").asText())
        .isEqualTo("terraform_data.old");
    assertThat(change.path("action").asText()).isEqualTo("move");
  }

  private static String brief(String line) {
    try {
      return new ObjectMapper().readTree(line).path("@message").asText();
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void documentsAndPagesHaveIt() throws Exception {
    cli.run("plan", "-document=plan.json", "-html=plan.html");
    String document = Files.readString(folder.resolve("plan.json"));
    PlanDocumentTests.assertConforms("plan-schema.json", document);
    JsonNode plan = new ObjectMapper().readTree(document);
    assertThat(plan.at("/summary/move").asInt()).isEqualTo(1);
    assertThat(plan.at("/summary/forget").asInt()).isEqualTo(1);
    List<JsonNode> changes = plan.findParents("previous_address");
    assertThat(changes)
        .singleElement()
        .satisfies(each -> {
          assertThat(each.path("address").asText()).isEqualTo("terraform_data.new");
          assertThat(each.path("previous_address").asText()).isEqualTo("terraform_data.old");
        });
    assertThat(Files.readString(folder.resolve("plan.html")))
        .contains("moved from terraform_data.old", "to move", "to forget");
  }

  @Test
  void aSavedPlanHoldsThemAndNothingElse() {
    assertThat(cli.run("plan", "-out=plan.out").status()).isZero();
    assertThat(cli.run("show", "plan.out", "-no-color").out())
        .contains("moved from terraform_data.old");
    assertThat(cli.run("apply", "plan.out").out()).contains("1 moved, 1 forgotten");
    assertThat(cli.run("apply", "plan.out").errors()).contains("no longer holds");
  }

  @Test
  void whatIsMovedByHandTakesAlongAllThatRefersToIt() {
    cli.configure(BEFORE);
    Cli.Said said = cli.run("state", "mv", "terraform_data.old", "terraform_data.new");
    assertThat(said.out()).isEqualTo("Moved terraform_data.old to terraform_data.new\n");
    assertThat(cli.run("show", "-json").out())
        .contains("terraform_data.new")
        .doesNotContain("terraform_data.old");
  }

  /** As Terraform 1.11.4 counts it. */
  @Test
  void whatIsImportedAsItIsIsNoChange() throws IOException {
    Cli cli =
        new Cli(Files.createDirectory(folder.resolve("imports")))
            .configure(
                """
                import {
                  to = terraform_data.x
                  id = "myid"
                }
                resource "terraform_data" "x" {}
                """);
    assertThat(cli.run("plan").out())
        .isEqualTo(
            """
                terraform_data.x stays as it is (it is there already and is imported)
                # (imported from "myid")

            Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.

            """);
    assertThat(cli.run("plan", "-detailed-exitcode").status()).isEqualTo(2);
    assertThat(cli.run("plan", "-json").out())
        .contains("\"terraform_data.x: Plan to import\"", "\"action\":\"import\"");
    cli.run("plan", "-out=saved");
    JsonNode document = new ObjectMapper().readTree(cli.run("show", "-json", "saved").out());
    JsonNode change = document.get("resource_changes").get(0).get("change");
    assertThat(change.get("actions").get(0).asText()).isEqualTo("no-op");
    assertThat(change.get("importing").get("id").asText()).isEqualTo("myid");
    assertThat(cli.run("apply", "saved").out())
        .contains("Apply complete: 1 imported, 0 added, 0 changed, 0 destroyed.");
    assertThat(cli.run("state", "show", "terraform_data.x").out()).contains("\"myid\"");
    assertThat(cli.run("plan").out()).contains("No changes.");
  }
}
