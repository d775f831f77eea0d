package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plan showed is what is done: nobody agreed to anything else. */
final class PromiseTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private void follow(String first, String text) {
    bench.configure(
        Workbench.HOSTS
            + """
            resource "%s" "first" {
              host = host.all["a"].id
              path = "/first"
              text = "first"
            }
            resource "note" "second" {
              host = host.all["a"].id
              path = "/second"
              text = %s
            }
            resource "note" "third" {
              host = host.all["b"].id
              path = "/third"
              text = "third"
            }
            """
                .formatted(first, text));
  }

  @Test
  void aValueThatTurnsOutToBeAnotherIsRefusedAtItsLineAndCostsNoOtherItsWork() throws Exception {
    follow("boast", "\"length ${boast.first.length}\"");
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .startsWith("Not as planned: text of note.second: The plan had a value for it");
    assertThat(bench.diagnostics().all().getFirst().subject())
        .hasValueSatisfying(range -> assertThat(range.start().line()).isEqualTo(15));
    assertThat(bench.state().instances())
        .containsKeys("boast.first", "note.third")
        .doesNotContainKey("note.second");
    assertThat(bench.hosts().files("10.0.0.1")).doesNotContainKey("/second");
  }

  @Test
  void whatWasSaidToBeUnknownMayTurnOutToBeAnything() throws Exception {
    follow("note", "\"length ${note.first.length}\"");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/second", "length 5");
  }

  @Test
  void theNextPlanShowsTheValueThatItHasBecome() throws Exception {
    follow("boast", "\"length ${boast.first.length}\"");
    assertThat(bench.apply()).isFalse();
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/second", "length 5");
  }

  @Test
  void whatFollowsFromAnIdThatIsReplacedIsNotPlannedWithTheFormerOne() throws Exception {
    String made =
        """
        resource "terraform_data" "first" {
          triggers_replace = "%s"
        }
        """;
    String more =
        """
        resource "terraform_data" "second" {
          input = [terraform_data.first.id]
        }
        """;
    assertThat(bench.configure(made.formatted("one")).apply()).isTrue();
    Plan plan = bench.configure(made.formatted("two") + more).plan().orElseThrow();
    Value output = Workbench.planned(plan, "terraform_data.second").after().get("output");
    assertThat(output.isKnown()).as("%s", output).isFalse();
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
  }
}
