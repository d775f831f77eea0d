package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan can't tell yet, as Terraform 1.11.4 has it. */
final class KnownAtApplyTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  @Nested
  final class Validations {
    private static final String CALL =
        """
        resource "terraform_data" "x" {}
        module "m" {
          source = "./m"
          a      = terraform_data.x.id
        }
        """;

    private static final String CALLED =
        """
        variable "a" {
          type = string
          validation {
            condition     = length(var.a) %s 10
            error_message = "It has ${length(var.a)} characters."
          }
        }
        resource "terraform_data" "dependent" {
          input = var.a
        }
        locals { word = "word ${var.a}" }
        resource "terraform_data" "another" {
          input = local.word
        }
        resource "terraform_data" "third" {
          input = terraform_data.another.output
        }
        resource "terraform_data" "other" {}
        """;

    @Test
    void ofWhatIsKnownLaterHoldBackWhoeverUsesIt() throws Exception {
      bench.module(CALLED.formatted("<"));
      assertThat(bench.configure(CALL).apply()).isFalse();
      assertThat(bench.findings())
          .isNotEmpty()
          .allSatisfy(finding ->
              assertThat(finding)
                  .startsWith("Invalid value for variable \"a\": It has 36 characters."));
      assertThat(bench.state().instances().keySet())
          .containsExactlyInAnyOrder("terraform_data.x", "module.m.terraform_data.other");
    }

    @Test
    void thatHoldStopNothing() throws Exception {
      bench.module(CALLED.formatted(">"));
      assertThat(bench.configure(CALL).apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void ofWhatNobodyUsesFailTheApplyInTheEnd() throws Exception {
      bench.module(
          """
          variable "a" {
            type = string
            validation {
              condition     = length(var.a) < 10
              error_message = "Too long."
            }
          }
          """);
      assertThat(bench.configure(CALL).apply()).isFalse();
      assertThat(bench.findings()).singleElement().asString().contains("Too long.");
      assertThat(bench.state().instances()).containsOnlyKeys("terraform_data.x");
    }

    @Test
    void mayReferToWhatIsMadeBeforeWhoeverUsesTheVariable() throws Exception {
      bench.configure(
          """
          variable "word" {
            default = "x"
            validation {
              condition     = length(terraform_data.first.id) < length(var.word)
              error_message = "The first is too long."
            }
          }
          resource "terraform_data" "first" {}
          resource "terraform_data" "second" {
            input = var.word
          }
          """);
      assertThat(bench.apply()).isFalse();
      assertThat(bench.findings()).singleElement().asString().contains("The first is too long.");
      assertThat(bench.state().instances()).containsOnlyKeys("terraform_data.first");
    }
  }

  /**
   * In whatever order the blocks stand: what comes of a variable can't be part of its condition.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConditionOnWhatComesOfItsVariableIsACycle(boolean first) throws Exception {
    String direct = "resource \"terraform_data\" \"q\" {\n  input = var.a\n}\n";
    String derived = "resource \"terraform_data\" \"r\" {\n  input = local.n\n}\n";
    bench.configure(
        """
        variable "a" {
          default = "x"
          validation {
            condition     = var.a == "" || local.n > 0
            error_message = "Too short."
          }
        }
        locals { n = length(var.a) }
        """
            + (first ? direct + derived : derived + direct));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).anySatisfy(found -> assertThat(found).startsWith("Cycle: "));
  }

  @Test
  void aConditionMayReferToOtherVariablesWithConditions() throws Exception {
    bench.configure(
        """
        variable "least" {
          default = 1
          validation {
            condition     = var.least < var.most
            error_message = "The least must be less than the most."
          }
        }
        variable "most" {
          default = 2
          validation {
            condition     = var.most > var.least
            error_message = "The most must be more than the least."
          }
        }
        resource "terraform_data" "x" {
          input = [var.least, var.most]
        }
        """);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
  }

  @Test
  void modulesThatAreNoLongerThereAreNotLookedAtInTheEnd() throws Exception {
    bench.module(
        """
        variable "v" {
          type     = string
          nullable = false
        }
        locals { size = length(var.v) }
        resource "terraform_data" "in" {
          input = var.v
        }
        """);
    String text =
        """
        resource "terraform_data" "x" {
          triggers_replace = "%s"
        }
        module "m" {
          source   = "./m"
          for_each = toset([terraform_data.x.id])
          v        = each.value
        }
        resource "terraform_data" "alone" {}
        """;
    bench.configure(text.formatted("one"));
    assertThat(bench.apply(Instances.targeting("terraform_data.x"), session -> session)).isTrue();
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    bench.configure(text.formatted("two"));
    PlanOptions withoutModule =
        new PlanOptions(Mode.NORMAL, Set.of(), Set.of("module.m"), Set.of(), true);
    assertThat(bench.apply(withoutModule, session -> session)).as("%s", bench.findings()).isTrue();
  }

  @Test
  void aLocalValueThatNobodyUsesIsWrongAsWell() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "x" {}
        locals { number = tonumber(terraform_data.x.id) }
        """);
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings()).singleElement().asString().contains("to number");
    assertThat(bench.state().instances()).containsOnlyKeys("terraform_data.x");
  }

  @Test
  void anIdIsNeverNull() throws Exception {
    bench.module(
        """
        variable "id" {
          default = null
        }
        resource "terraform_data" "made" {
          count = var.id != null ? 1 : 0
        }
        """);
    bench.configure(
        """
        resource "terraform_data" "x" {}
        module "m" {
          source = "./m"
          id     = terraform_data.x.id
        }
        resource "terraform_data" "splat" {
          count = length(terraform_data.x.id[*])
        }
        """);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances())
        .containsOnlyKeys(
            "terraform_data.x", "module.m.terraform_data.made[0]", "terraform_data.splat[0]");
  }

  @Nested
  final class Instances {
    private static final String EACH =
        """
        resource "terraform_data" "first" {}
        resource "terraform_data" "each" {
          for_each = toset([terraform_data.first.id])
          input    = each.key
        }
        resource "terraform_data" "user" {
          input = [for each in terraform_data.each : each.input]
        }
        resource "terraform_data" "alone" {}
        """;

    private static PlanOptions targeting(String... addresses) {
      return new PlanOptions(Mode.NORMAL, Set.of(addresses), Set.of());
    }

    @Test
    void thatAreNotKnownAreAnErrorWithAWayOut() throws Exception {
      assertThat(bench.configure(EACH).plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Invalid for_each argument: It depends on values that are known only after")
          .contains("with -target")
          .contains("-exclude=terraform_data.each");
    }

    @Test
    void areKnownOnceWhatTheyDependOnIsApplied() throws Exception {
      bench.configure(EACH);
      assertThat(bench.apply(targeting("terraform_data.first"), session -> session))
          .as("%s", bench.findings())
          .isTrue();
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances()).hasSize(4);
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void mayBeLeftOut() throws Exception {
      bench.configure(EACH);
      PlanOptions options =
          new PlanOptions(
              Mode.NORMAL,
              Set.of(),
              Set.of("terraform_data.each", "terraform_data.user"),
              Set.of(),
              true);
      Plan plan = bench.plan(options).orElseThrow(() -> new AssertionError(bench.findings()));
      assertThat(plan.changes())
          .extracting(instance -> instance.address())
          .containsExactly("terraform_data.alone", "terraform_data.first");
    }

    @Test
    void ofWhoeverUsesThemArePartOfTheError() throws Exception {
      bench.configure(EACH);
      assertThat(bench.plan(targeting("terraform_data.user"))).isEmpty();
      assertThat(bench.findings().getFirst()).startsWith("Invalid for_each argument");
    }
  }

  @Test
  void whatSaysAgainWhatIsSecretIsSecretInStateToo() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "a" {}
        resource "terraform_data" "b" { input = { s = sensitive(terraform_data.a.id), t = 1 } }
        """);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances().get("terraform_data.b").sensitivePaths())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("input.s", "output.s");
  }

  @Test
  void noConditionKeepsAnythingFromBeingDestroyed() throws Exception {
    String conditions =
        """
        variable "n" {
          default = 1
          validation {
            condition     = var.n < %1$s
            error_message = "n is too large."
          }
        }
        resource "terraform_data" "a" {
          input = var.n
          lifecycle {
            precondition {
              condition     = var.n < %1$s
              error_message = "Not before."
            }
            postcondition {
              condition     = self.input < %1$s
              error_message = "Not after."
            }
          }
        }
        output "n" {
          value = terraform_data.a.id
          precondition {
            condition     = var.n < %1$s
            error_message = "No output."
          }
        }
        """;
    assertThat(bench.configure(conditions.formatted(2)).apply()).isTrue();
    bench.configure(conditions.formatted(1));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
    assertThat(bench.state().outputs()).isEmpty();
  }
}
