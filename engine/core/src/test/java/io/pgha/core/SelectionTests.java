package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Str;
import io.pgha.state.OutputState;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part of a configuration a run is about. */
final class SelectionTests {
  private static final String CHAIN =
      """
      resource "terraform_data" "base" {
        for_each = toset(["a", "b"])
        input    = each.key
      }
      resource "terraform_data" "of_a" { input = terraform_data.base["a"].id }
      resource "terraform_data" "of_all" { input = [for base in terraform_data.base : base.id] }
      resource "terraform_data" "last" { input = terraform_data.of_a.id }
      resource "terraform_data" "alone" { input = 1 }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder).configure(CHAIN);
  }

  @Test
  void aTargetTakesAlongWhatItNeeds() throws Exception {
    run(Mode.NORMAL, Set.of("terraform_data.last"), Set.of());
    assertThat(made()).containsExactly("base[\"a\"]", "last", "of_a");
  }

  @Test
  void aTargetThatNeedsAllOfAResourceTakesAllAlong() throws Exception {
    run(Mode.NORMAL, Set.of("terraform_data.of_all"), Set.of());
    assertThat(made()).containsExactly("base[\"a\"]", "base[\"b\"]", "of_all");
  }

  @Test
  void anExclusionTakesAlongWhatNeedsIt() throws Exception {
    run(Mode.NORMAL, Set.of(), Set.of("terraform_data.base[\"a\"]"));
    assertThat(made()).containsExactly("alone", "base[\"b\"]");
  }

  @Test
  void anExclusionCutsATargetsPart() throws Exception {
    run(Mode.NORMAL, Set.of("terraform_data.last"), Set.of("terraform_data.last"));
    assertThat(made()).containsExactly("base[\"a\"]", "of_a");
  }

  @Test
  void aDestructionOfATargetTakesAlongWhatNeedsIt() throws Exception {
    bench.apply();
    run(Mode.DESTROY, Set.of("terraform_data.base[\"a\"]"), Set.of());
    assertThat(made()).containsExactly("alone", "base[\"b\"]");
  }

  @Test
  void aDestructionSparesWhatAnExclusionNeeds() throws Exception {
    bench.apply();
    run(Mode.DESTROY, Set.of(), Set.of("terraform_data.of_a"));
    assertThat(made()).containsExactly("base[\"a\"]", "of_a");
  }

  private static final String OUTPUTS =
      """
      output "of_a" { value = terraform_data.of_a.output }
      output "base" { value = terraform_data.base["a"].input }
      output "bases" { value = [for base in terraform_data.base : base.input] }
      output "last" { value = terraform_data.last.output }
      output "constant" { value = "as written" }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          of_a  |       | base of_a
          alone |       |
                | of_a  | base bases constant
                | alone | base bases constant last of_a
                |       | base bases constant last of_a
          """)
  void outputsAreThoseOfWhatItIsAbout(String target, String excluded, String outputs)
      throws Exception {
    bench.configure(CHAIN + OUTPUTS);
    run(Mode.NORMAL, addresses(target), addresses(excluded));
    assertThat(String.join(" ", bench.state().outputs().keySet()))
        .isEqualTo(outputs == null ? "" : outputs);
    PlanOptions same =
        new PlanOptions(Mode.NORMAL, addresses(target), addresses(excluded), Set.of(), true);
    assertThat(bench.plan(same).orElseThrow().isEmpty())
        .as("nothing is left to do for what the plan is about")
        .isTrue();
  }

  private static Set<String> addresses(@Nullable String name) {
    return name == null ? Set.of() : Set.of("terraform_data." + name);
  }

  @Test
  void anOutputStaysAsItIsWhereThePlanIsNotAboutIt() throws Exception {
    bench.configure(CHAIN + OUTPUTS);
    assertThat(bench.apply()).isTrue();
    OutputState before = bench.state().outputs().get("constant");
    bench.configure((CHAIN + OUTPUTS).replace("as written", "another"));
    run(Mode.NORMAL, Set.of("terraform_data.alone"), Set.of());
    assertThat(bench.state().outputs()).containsEntry("constant", before).hasSize(5);
    run(Mode.NORMAL, Set.of(), Set.of());
    assertThat(bench.state().outputs().get("constant").value()).isEqualTo(new Str("another"));
  }

  @Test
  void aSlipIsAnError() throws Exception {
    PlanOptions options =
        new PlanOptions(Mode.NORMAL, Set.of(), Set.of("terraform_data.bse"), Set.of(), true);
    assertThat(bench.apply(options, session -> session)).isFalse();
    assertThat(bench.findings())
        .containsExactly(
            "Unknown target: Neither configuration nor state has \"terraform_data.bse\", which"
                + " -exclude names. Run pgha state list, or look for a slip.");
  }

  private void run(Mode mode, Set<String> targets, Set<String> exclusions) throws Exception {
    PlanOptions options = new PlanOptions(mode, targets, exclusions, Set.of(), true);
    assertThat(bench.apply(options, session -> session)).as("%s", bench.findings()).isTrue();
  }

  private java.util.List<String> made() throws Exception {
    return bench.state().instances().keySet().stream()
        .map(address -> address.replace("terraform_data.", ""))
        .toList();
  }
}
