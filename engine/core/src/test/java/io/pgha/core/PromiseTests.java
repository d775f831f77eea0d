package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Whatever is planned of a set that is not wholly known fits what it turns out to be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[for v in toset([terraform_data.x.id, \"zzz\"]) : v]",
        "[for k, v in toset([terraform_data.x.id, \"0\"]) : \"${k}${v}\"]",
        "toset([terraform_data.x.id, \"zzz\"])[*]",
        "formatlist(\"n %s\", toset([terraform_data.x.id, \"zzz\"]))",
        "flatten([toset([terraform_data.x.id, \"zzz\"])])",
        "reverse(toset([terraform_data.x.id, \"zzz\"]))",
        "tolist(toset([terraform_data.x.id, \"zzz\"]))",
        "concat([\"a\"], tolist(toset([terraform_data.x.id, \"zzz\"])))",
        "join(\",\", toset([terraform_data.x.id, \"zzz\"]))",
        "{ for s in toset([terraform_data.x.id, \"zzz\"]) : \"k\" => s... }",
        "\"%{for v in toset([terraform_data.x.id, \"zzz\"])}${v} %{endfor}\"",
        "max(toset([length(terraform_data.x.id), 99])...)",
        "[for v in toset([terraform_data.x.id, terraform_data.x.output, \"z\"]) : v]",
        "toset([terraform_data.x.id, terraform_data.x.output])",
        "length(toset([terraform_data.x.id, terraform_data.x.output]))",
        "[for v in toset([terraform_data.x.id]) : v]",
        "tolist([1, terraform_data.x.output])",
        "tomap({ p = 1, q = terraform_data.x.output })",
        "coalesce(1, terraform_data.x.output)",
        "true ? 1 : terraform_data.x.output",
        "true ? [1] : terraform_data.y.output",
        "setunion([1], [terraform_data.x.output])",
        "merge({ a = 1 }, { b = terraform_data.x.output })",
        "zipmap([\"a\"], [terraform_data.x.output])",
      })
  void aPlanHoldsWhateverItsSetsAndTypesTurnOutToBe(String expression) throws Exception {
    bench.configure(
        """
        resource "terraform_data" "w" {}
        resource "terraform_data" "x" {
          input = "word ${terraform_data.w.id}"
        }
        resource "terraform_data" "y" {
          input = [terraform_data.w.id]
        }
        resource "terraform_data" "z" {
          input = %s
        }
        """
            .formatted(expression));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void anArgumentThatIsNotKnownYetIsNotOneThatIsLeftToTheProvider() throws Exception {
    String text =
        """
        resource "terraform_data" "x" {}
        resource "box" "given" {
          title = "box of ${terraform_data.x.id}"
        }
        resource "box" "left" {}
        output "slugs" {
          value = [box.given.slug, box.left.slug]
        }
        """;
    Plan plan = bench.configure(text).plan().orElseThrow();
    ObjectValue given = Workbench.planned(plan, "box.given").after();
    assertThat(given.get("title").isKnown()).isFalse();
    assertThat(given.get("slug").isKnown()).isFalse();
    assertThat(Workbench.planned(plan, "box.left").after().get("slug"))
        .isEqualTo(new Str("box-Untitled"));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(ValueText.of(bench.state().outputs().get("slugs").value()))
        .contains("box-box of ")
        .contains("box-Untitled");
  }
}
