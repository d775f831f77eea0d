package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.Project;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, its exit codes, and the folders it looks at; machines are the lab's business. */
class DriftCommandTests {
  private static final String TWO =
      """
      resource "terraform_data" "a" { input = "one" }
      resource "terraform_data" "b" { input = terraform_data.a.output }
      """;

  @TempDir private Path folder;

  private Path root(String name, String text) throws Exception {
    Path root = Files.createDirectories(folder.resolve(name));
    Files.writeString(root.resolve("main.pgha.hcl"), text);
    return root;
  }

  private static void apply(Path root) {
    assertThat(new Cli(root).run("apply", "-auto-approve").status()).isZero();
  }

  @Test
  void whatIsAsLastAppliedIsClean() throws Exception {
    Path root = root("a", TWO);
    apply(root);
    Cli.Said run = new Cli(root).run("drift");
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("No drift.");
  }

  @Test
  void whereNothingWasAppliedNothingIsCalledClean() throws Exception {
    Cli.Said run = new Cli(root("a", TWO)).run("drift");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .contains("Error: Nothing was ever applied here", "its pgha.state.json here.");
  }

  @Test
  void nothingIsWritten() throws Exception {
    Path root = root("a", TWO);
    apply(root);
    String state = Files.readString(root.resolve("pgha.state.json"));
    String[] before = root.toFile().list();
    assertThat(new Cli(root).run("drift").status()).isZero();
    assertThat(root.resolve("pgha.state.json")).hasContent(state);
    assertThat(root.toFile().list()).containsExactlyInAnyOrder(before);
  }

  @Nested
  class Pending {
    @Test
    void hasAnExitCodeWhereOneIsAskedFor() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      root("a", TWO.replace("one", "two"));
      assertThat(new Cli(root).run("drift").status()).isZero();
      Cli.Said run = new Cli(root).run("drift", "-pending-exitcode=5");
      assertThat(run.status()).isEqualTo(5);
      assertThat(run.out())
          .contains("Not applied yet, which is no drift:", "terraform_data.a  input");
    }

    @Test
    void isAMoveThatWasNotApplied() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      root(
          "a",
          TWO.replace("\"a\"", "\"c\"").replace("data.a.", "data.c.")
              + "moved {\n  from = terraform_data.a\n  to   = terraform_data.c\n}\n");
      Path json = folder.resolve("drift.json");
      Cli.Said run = new Cli(root).run("drift", "-pending-exitcode=5", "-out=json=" + json);
      assertThat(run.status()).as(run.errors()).isEqualTo(5);
      assertThat(run.out())
          .contains(
              "Not applied yet, which is no drift:",
              "  terraform_data.c  move  from terraform_data.a  (main.pgha.hcl:1,1)");
      JsonNode pending =
          new ObjectMapper()
              .readTree(Files.readString(json))
              .path("roots")
              .path(0)
              .path("pending")
              .path(0);
      assertThat(pending.path("action").asText()).isEqualTo("move");
      assertThat(pending.path("previous_address").asText()).isEqualTo("terraform_data.a");
      assertThat(new Cli(root).run("drift").status()).isZero();
    }

    @Test
    void isNoNewOutput() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      root("a", TWO + "output \"o\" { value = 1 }\n");
      Cli.Said run = new Cli(root).run("drift", "-pending-exitcode=5");
      assertThat(run.status()).isZero();
      assertThat(run.out()).startsWith("No drift.");
    }

    @Test
    void hasNoCodeThatMeansSomethingElse() throws Exception {
      Cli.Said run = new Cli(root("a", TWO)).run("drift", "-pending-exitcode=2");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errors())
          .contains(
              "Error: -pending-exitcode must be between 3 and 125",
              "It was given 2. 0, 1 and 2 mean clean, an error and drift");
    }
  }

  @Nested
  class Fleet {
    @Test
    void isAllFoldersThatAPatternMatches() throws Exception {
      apply(root("clusters/a", TWO));
      apply(root("clusters/b", TWO));
      root("clusters/broken", "resource \"terraform_data\" {");
      Files.createDirectories(folder.resolve("clusters/notes"));
      Path json = folder.resolve("drift.json");
      Cli.Said run = new Cli(folder.resolve("clusters/*")).run("drift", "-out=json=" + json);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out())
          .contains("== " + folder.resolve("clusters/a"), "3 roots: 2 clean, 1 with errors.");
      JsonNode document = new ObjectMapper().readTree(Files.readString(json));
      assertThat(document.path("roots")).hasSize(3);
    }

    @Test
    void hasNoRepairPlanInCommon() throws Exception {
      apply(root("clusters/a", TWO));
      apply(root("clusters/b", TWO));
      for (String plan : List.of(folder.resolve("repair.plan").toString(), "../repair.plan")) {
        Cli.Said run = new Cli(folder.resolve("clusters/*")).run("drift", "-repair-plan=" + plan);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors())
            .contains("Error: -repair-plan=" + plan + " is one file for several folders");
      }
    }

    @Test
    void hasFoldersThatLostTheirConfiguration() throws Exception {
      apply(root("clusters/a", TWO));
      Path lost = root("clusters/lost", TWO);
      apply(lost);
      Files.delete(lost.resolve("main.pgha.hcl"));
      Cli.Said run = new Cli(folder.resolve("clusters/*")).run("drift");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).contains("2 roots: 1 clean, 1 with errors.");
      assertThat(run.errors()).contains("Error: No configuration files");
    }

    @Test
    void hasFoldersThatCantBeRead() throws Exception {
      apply(root("clusters/a", TWO));
      Path closed = Files.createDirectories(folder.resolve("clusters/lost+found"));
      Files.setPosixFilePermissions(closed, Set.of());
      try {
        Assumptions.assumeFalse(Files.isReadable(closed), "root may read everything");
        Cli.Said run = new Cli(folder.resolve("clusters/*")).run("drift");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("2 roots: 1 clean, 1 with errors.");
        assertThat(run.errors()).contains("lost+found");
      } finally {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      }
    }

    @Test
    void isToldWhereAPatternMatchesNothing() {
      Cli.Said run = new Cli(folder.resolve("none/*")).run("drift");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errors()).contains("Error: No folder with configuration matches");
    }
  }

  @Nested
  class Outputs {
    @Test
    void areCheckedBeforeAnythingIsLookedAt() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      Cli.Said run = new Cli(root).run("drift", "-out=xml=drift.xml");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.errors()).contains("xml");
    }
  }

  @Nested
  class History {
    @Test
    void isCheckedBeforeAnythingIsLookedAt() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      Path file = Files.createFile(folder.resolve("history"));
      Cli.Said run = new Cli(root).run("drift", "-record=" + file);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.errors()).contains("Error: Nothing can be kept in the folder " + file);
    }
  }

  @Nested
  class Settling {
    @Test
    void hasAnEnd() throws Exception {
      Cli cli = new Cli(root("a", TWO));
      assertThat(cli.run("drift", "-settle=3000000h").errors())
          .contains("Error: -settle must be at most 1h");
      assertThat(cli.run("drift", "-settle=99999999999999999999h").errors())
          .contains("is too long a duration");
    }
  }

  @Nested
  class RepairPlan {
    @Test
    void needsItsFolder() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      Cli.Said run = new Cli(root).run("drift", "-repair-plan=plans/repair.plan");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.errors()).contains("plans/repair.plan can't be written", "There is no folder");
    }

    @Test
    void isNotWrittenWhereThereIsNothingToRepair() throws Exception {
      Path root = root("a", TWO);
      apply(root);
      Cli.Said run = new Cli(root).run("drift", "-repair-plan=repair.plan");
      assertThat(run.status()).isZero();
      assertThat(run.errors()).contains("Warning: No repair plan was written");
      assertThat(root.resolve("repair.plan")).doesNotExist();
    }

    @Test
    void replacesNoOtherFile() throws Exception {
      Path root = root("a", TWO);
      Cli.Said run = new Cli(root).run("drift", "-repair-plan=main.pgha.hcl");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errors()).contains("main.pgha.hcl is there and is no plan");
    }
  }

  @Test
  void aRunThatIsUnderWayIsNotJudged() throws Exception {
    Path root = root("a", TWO);
    apply(root);
    ProcessHandle self = ProcessHandle.current();
    Files.writeString(
        root.resolve("pgha.state.lock"),
        """
        {"id":"1","operation":"apply","who":"root@ops","pid":%d,"process_start":"%s","boot_id":"",
         "created":"2026-01-01T00:00:00Z","tool_version":"0.1","file":"f"}
        """
            .formatted(self.pid(), self.info().startInstant().orElseThrow()));
    Path json = folder.resolve("drift.json");
    Path history = folder.resolve("history");
    Cli.Said run = new Cli(root).run("drift", "-out=json=" + json, "-record=" + history);
    assertThat(run.status()).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(Files.readString(json));
    assertThat(document.path("verdict").asText()).isEqualTo("error");
    assertThat(document.path("roots").path(0).path("lineage").asText()).isNotEmpty();
    assertThat(history).isNotEmptyDirectory();
    assertThat(run.errors())
        .contains(
            "Error: Somebody is changing these machines just now",
            "The state is locked: apply by root@ops, process " + self.pid());
  }

  @Test
  void aStateThatIsWrittenDuringTheLookIsNotJudged() throws Exception {
    Path root = root("a", TWO);
    apply(root);
    States states =
        States.of(
            Project.load(
                root,
                new Project.Given(Map.of(), List.of()),
                Providers.types(),
                new Diagnostics()));
    State before = states.read();
    states.checkUnchanged(before);
    apply(root("a", TWO.replace("one", "two")));
    assertThatThrownBy(() -> states.checkUnchanged(before))
        .hasMessage("Somebody has changed these machines just now");
  }
}
