package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.Project;
import io.pgha.core.drift.DriftCheck;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.PendingAction;
import io.pgha.core.observation.Answers;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.change.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repair plan leaves out; what it repairs is the lab's business. */
class RepairPlanTests {
  private static final String ADDRESS = "terraform_data.a";

  @TempDir private Path folder;

  @Test
  void aPlanOfAnEarlierRunIsNotLeftForWhoAppliesThisOne() {
    Cli cli = new Cli(folder).configure("resource \"terraform_data\" \"a\" { input = 1 }\n");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    cli.configure("resource \"terraform_data\" \"a\" { input = 2 }\n");
    assertThat(cli.run("plan", "-out=repair.plan").status()).isZero();
    assertThat(cli.run("drift", "-repair-plan=repair.plan").status()).isZero();
    assertThat(folder.resolve("repair.plan")).doesNotExist();
  }

  @Test
  void whatIsIgnoredInPartIsLeftOutAndNamed() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.hcl"), "resource \"terraform_data\" \"a\" { input = \"one\" }\n");
    assertThat(new Cli(folder).run("apply", "-auto-approve").status()).isZero();
    Diagnostics diagnostics = new Diagnostics();
    write(List.of(), new TreeMap<>(Map.of(ADDRESS, 4)), diagnostics);
    assertThat(diagnostics.all())
        .extracting(Diagnostic::summary)
        .containsExactly("Not in the repair plan: terraform_data.a", "No repair plan was written");
    assertThat(diagnostics.all().getFirst().detail())
        .startsWith("Line 4 of .pghaignore is about other drift there");
    assertThat(folder.resolve("repair.plan")).doesNotExist();
  }

  @Test
  void whereSomethingMovesNothingIsOnlyRepaired() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.hcl"), "resource \"terraform_data\" \"a\" { input = \"one\" }\n");
    assertThat(new Cli(folder).run("apply", "-auto-approve").status()).isZero();
    Diagnostics diagnostics = new Diagnostics();
    Pending moved =
        new Pending(
            "terraform_data.b",
            PendingAction.MOVE,
            List.of(),
            Optional.of("terraform_data.old"),
            Optional.empty());
    write(List.of(moved), new TreeMap<>(), diagnostics);
    assertThat(diagnostics.all())
        .extracting(Diagnostic::summary)
        .containsExactly("Not in the repair plan: terraform_data.a", "No repair plan was written");
    assertThat(diagnostics.all().getFirst().detail())
        .isEqualTo(
            "Addresses change that were not applied yet, and every plan changes all of them:"
                + " terraform_data.old to terraform_data.b. Run pgha apply for these first, or take"
                + " the change back.");
    assertThat(folder.resolve("repair.plan")).doesNotExist();
  }

  private void write(
      List<Pending> pending, SortedMap<String, Integer> ignored, Diagnostics diagnostics)
      throws Exception {
    Project project =
        Project.load(
            folder, new Project.Given(Map.of(), List.of()), Providers.types(), diagnostics);
    DriftCheck.Seen seen =
        new DriftCheck.Seen(
            List.of(),
            List.of(),
            List.of(),
            pending,
            Map.of(ADDRESS, Change.none(ObjectValue.EMPTY)),
            Set.of());
    new RepairPlan(project, States.of(project).read(), seen, probes -> Answers.NONE, diagnostics)
        .write(folder, Path.of("repair.plan"), Set.of(ADDRESS), ignored, List.of("drift"));
  }
}
