package io.pgha.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.Project;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.Stop;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.builtin.TerraformDataType;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was applied is destroyed, and what can't be is told. */
class TearDownTests {
  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  /** A value on no machine that stays where it is called so. */
  private final class Paper implements ResourceType {
    private final ResourceType data = new TerraformDataType();

    @Override
    public String name() {
      return "paper";
    }

    @Override
    public Schema schema() {
      return data.schema();
    }

    @Override
    public Map<String, Value> derive(Instance instance) {
      return data.derive(instance);
    }

    @Override
    public List<PlacedProbe> probes(Instance instance) {
      return data.probes(instance);
    }

    @Override
    public Live read(Instance instance, ProbeResults results) {
      return data.read(instance, results);
    }

    @Override
    public Change plan(PlanRequest request) {
      Value input = Values.of(request.instance()).get("input");
      if (input.equals(new Str(request.deletion() ? "burns" : "tears"))) {
        throw new IllegalStateException("no paper");
      }
      if (request.deletion()) {
        deleted.add(request.instance().address());
        if (input.equals(new Str("stays"))) {
          return Change.refused(List.of(Diagnostic.error("stays", "It stays", "It is glued.")));
        }
      }
      return data.plan(request);
    }
  }

  private final class Stationery implements Provider {
    @Override
    public String name() {
      return "stationery";
    }

    @Override
    public boolean reachesMachines() {
      return false;
    }

    @Override
    public List<ResourceType> resourceTypes() {
      return List.of(new Paper());
    }
  }

  private final class Told implements TestListener {
    @Override
    public void started(TestFile file) {}

    @Override
    public void started(TestFile file, Run run) {}

    @Override
    public void ended(TestFile file, Run run, RunResult result) {
      result.found().forEach(found -> reasons.add(found.summary() + " " + found.detail()));
      told.add(run.name() + " " + result.status());
      deleted.clear();
    }

    @Override
    public void tearingDown(TestFile file) {}

    @Override
    public void tearingDown(TestFile file, Run last) {
      told.add("tears down " + last.name());
    }

    @Override
    public void leftBehind(TestFile file, Run last, List<String> left, List<Diagnostic> why) {
      told.add("left " + left + ": " + why.stream().map(Diagnostic::summary).toList());
    }

    @Override
    public void ended(TestFile file, Status status) {
      told.add("file " + status);
    }
  }

  private TestSuite.Summary run(String configuration, String test, Stop stop) throws Exception {
    Files.writeString(folder.resolve("main.pgha.hcl"), configuration);
    Files.writeString(folder.resolve("a.pghatest.hcl"), test);
    Diagnostics diagnostics = new Diagnostics();
    TestSuite suite =
        TestSuite.load(
            new TestSuite.Setup(
                folder,
                new Project.Given(Map.of(), List.of()),
                new TypeRegistry(List.of(new Stationery())),
                "test"),
            new TestSuite.Selection(Path.of("tests"), List.of()),
            diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return suite.run(new Told(), stop);
  }

  @Test
  void whatNeedsSomethingGoesBeforeIt() throws Exception {
    TestSuite.Summary summary =
        run(
            """
            resource "paper" "a" {
              input = "a"
            }
            resource "paper" "b" {
              input = paper.a.output
            }
            resource "paper" "c" {
              input = paper.b.output
            }
            """,
            "run \"all\" {}\n",
            new Stop());
    assertThat(summary.status()).isEqualTo(Status.PASS);
    assertThat(told).containsExactly("all PASS", "tears down all", "file PASS");
    assertThat(deleted.subList(deleted.size() - 3, deleted.size()))
        .containsExactly("paper.c", "paper.b", "paper.a");
  }

  @Test
  void whatStaysIsToldAndFailsTheFile() throws Exception {
    TestSuite.Summary summary =
        run(
            """
            resource "paper" "glued" {
              input = "stays"
            }
            resource "paper" "loose" {
              input = "goes"
            }
            """,
            "run \"all\" {}\n",
            new Stop());
    assertThat(summary.status()).isEqualTo(Status.ERROR);
    assertThat(told)
        .containsExactly(
            "all PASS", "tears down all", "left [paper.glued]: [It stays]", "file ERROR");
  }

  @Test
  void statesOfSeveralModulesGoInTheReverseOrder() throws Exception {
    Files.createDirectories(folder.resolve("setup"));
    Files.writeString(
        folder.resolve("setup/main.pgha.hcl"), "resource \"paper\" \"a\" {\n  input = 1\n}\n");
    run(
        "resource \"paper\" \"b\" {\n  input = 2\n}\n",
        """
        run "main" {}
        run "setup" {
          module {
            source = "./setup"
          }
        }
        run "shared" {
          state_key = "third"
        }
        """,
        new Stop());
    assertThat(told)
        .containsExactly(
            "main PASS",
            "setup PASS",
            "shared PASS",
            "tears down shared",
            "tears down setup",
            "tears down main",
            "file PASS");
  }

  @Test
  void aMistakeInPghaIsTheErrorOfItsRunAlone() throws Exception {
    Files.writeString(folder.resolve("b.pghatest.hcl"), "run \"other\" {}\n");
    TestSuite.Summary summary =
        run(
            """
            variable "text" {
              default = "whole"
            }
            resource "paper" "a" {
              input = var.text
            }
            """,
            """
            run "first" {}
            run "second" {
              variables {
                text = "tears"
              }
            }
            run "third" {}
            """,
            new Stop());
    assertThat(summary.status()).isEqualTo(Status.ERROR);
    assertThat(told)
        .containsExactly(
            "first PASS",
            "second ERROR",
            "third SKIP",
            "tears down second",
            "file ERROR",
            "other PASS",
            "tears down other",
            "file PASS");
    assertThat(reasons)
        .containsExactly(
            "This is a mistake in pgha In run \"second\" it came upon something it was not made for:"
                + " IllegalStateException: no paper. What was applied is destroyed, and other files"
                + " are tried. Run again with PGHA_LOG=debug to see where it happened, and report"
                + " that, please.");
  }

  @Test
  void aMistakeInPghaWhileDestroyingIsToldWithWhatIsLeft() throws Exception {
    Files.writeString(folder.resolve("b.pghatest.hcl"), "run \"other\" {}\n");
    TestSuite.Summary summary =
        run("resource \"paper\" \"a\" {\n  input = \"burns\"\n}\n", "run \"all\" {}\n", new Stop());
    assertThat(summary.status()).isEqualTo(Status.ERROR);
    assertThat(told)
        .containsExactly(
            "all PASS",
            "tears down all",
            "left [paper.a]: [This is a mistake in pgha]",
            "file ERROR",
            "other PASS",
            "tears down other",
            "left [paper.a]: [This is a mistake in pgha]",
            "file ERROR");
  }

  @Test
  void whoAsksToStopHasTheRestSkipped() throws Exception {
    Stop stop = new Stop();
    stop.request();
    run("resource \"paper\" \"b\" {\n  input = 2\n}\n", "run \"main\" {}\n", stop);
    assertThat(told).containsExactly("main SKIP", "file ERROR");
  }
}
