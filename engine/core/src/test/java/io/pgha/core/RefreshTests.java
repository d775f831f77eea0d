package io.pgha.core;

import static io.pgha.core.testing.Workbench.HOSTS;
import static io.pgha.core.testing.Workbench.NOTES;
import static io.pgha.core.testing.Workbench.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.refactoring.StateChanges.Refreshed;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.provider.change.Action;
import io.pgha.state.InstanceState;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machines say beside what was last applied, and plans that ask no machine. */
final class RefreshTests {
  private static final PlanOptions REFRESH_ONLY =
      new PlanOptions(Mode.REFRESH_ONLY, Set.of(), Set.of());
  private static final PlanOptions UNSEEN = PlanOptions.NORMAL.withoutRefresh();

  private static final String NOTE_A = "note.all[\"a\"]";
  private static final String NOTE_B = "note.all[\"b\"]";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void applyNotes() throws Exception {
    bench = new Workbench(folder).configure(HOSTS + NOTES);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    bench.hosts().forget();
  }

  @Nested
  class RefreshOnly {
    private Plan plan() throws Exception {
      return bench.plan(REFRESH_ONLY).orElseThrow();
    }

    @Test
    void findsNothingOnAnUntouchedMachine() throws Exception {
      assertThat(plan().isEmpty()).isTrue();
      assertThat(bench.findings()).isEmpty();
    }

    @Test
    void findsWhatWasChangedByHand() throws Exception {
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      Plan plan = plan();
      assertThat(plan.changes()).isEmpty();
      assertThat(plan.isEmpty()).isFalse();
      assertThat(plan.stateChanges().refreshed()).containsOnlyKeys(NOTE_A);
      Refreshed found = plan.stateChanges().refreshed().get(NOTE_A);
      assertThat(found.applied().attributes().get("text")).isEqualTo(new Str("note of a"));
      ObjectValue seen = found.seen().map(InstanceState::attributes).orElseThrow();
      assertThat(seen.get("text")).isEqualTo(new Str("by hand"));
      assertThat(bench.hosts().done()).isEmpty();
    }

    @Test
    void recordsItAndChangesNoMachine() throws Exception {
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      assertThat(bench.apply(REFRESH_ONLY, session -> session)).isTrue();
      assertThat(bench.hosts().done()).isEmpty();
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/note", "by hand");
      InstanceState note = bench.state().instances().get(NOTE_A);
      assertThat(note.attributes().get("text")).isEqualTo(new Str("by hand"));
      assertThat(note.dependencies()).isNotEmpty();
      assertThat(plan().isEmpty()).isTrue();
      Plan next = bench.plan().orElseThrow();
      assertThat(planned(next, NOTE_A).action()).isEqualTo(Action.UPDATE);
      assertThat(bench.apply()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/note", "note of a");
    }

    @Test
    void recordsWhatOnlyTheMachineKnows() throws Exception {
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.apply(REFRESH_ONLY, session -> session);
      assertThat(bench.state().instances().get(NOTE_A).attributes().get("length"))
          .isEqualTo(Num.of("by hand".length()));
    }

    @Test
    void forgetsWhatIsGone() throws Exception {
      bench.hosts().files("10.0.0.1").remove("/note");
      assertThat(plan().stateChanges().goneCount()).isEqualTo(1);
      bench.apply(REFRESH_ONLY, session -> session);
      assertThat(bench.state().instances()).doesNotContainKey(NOTE_A).containsKey(NOTE_B);
      assertThat(planned(bench.plan().orElseThrow(), NOTE_A).action()).isEqualTo(Action.CREATE);
    }

    @Test
    void isNotAboutConfigurationThatWasNotApplied() throws Exception {
      bench.configure(HOSTS + NOTES.replace("note of", "another text for"));
      assertThat(plan().isEmpty()).isTrue();
      bench.configure(HOSTS);
      assertThat(plan().isEmpty()).isTrue();
      bench.configure(
          HOSTS.replace("name     = each.key", "name     = \"new-${each.key}\"") + NOTES);
      assertThat(plan().isEmpty()).as("%s", plan().stateChanges()).isTrue();
    }

    @Test
    void isNotAboutWhatWasNotFinished() throws Exception {
      bench.record(
          io.pgha.core.plan.Imports.state(
              planned(plan(), NOTE_A).instance(),
              new io.pgha.provider.builtin.BuiltinProvider().resourceTypes().getFirst().schema(),
              Set.of(),
              Map.of()));
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void leavesWhatIsTaintedTainted() throws Exception {
      bench.record(bench.state().instances().get(NOTE_A).withTainted(true));
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.apply(REFRESH_ONLY, session -> session);
      InstanceState note = bench.state().instances().get(NOTE_A);
      assertThat(note.tainted()).isTrue();
      assertThat(note.attributes().get("text")).isEqualTo(new Str("by hand"));
    }

    @Test
    void doesNotForgetWhatARemovedBlockGivesUp() throws Exception {
      bench.configure(
          HOSTS + "removed {\n from = note.all\n lifecycle {\n  destroy = false\n }\n}\n");
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      assertThat(plan().stateChanges().forgotten()).isEmpty();
      bench.apply(REFRESH_ONLY, session -> session);
      assertThat(bench.state().instances()).containsKeys(NOTE_A, NOTE_B);
      assertThat(bench.state().instances().get(NOTE_A).attributes().get("text"))
          .isEqualTo(new Str("by hand"));
    }

    @Test
    void keepsOutputsAsTheyAre() throws Exception {
      bench.configure(HOSTS + NOTES + "output \"kept\" {\n value = 1\n}\n").apply();
      bench.configure(HOSTS + NOTES + "output \"added\" {\n value = 2\n}\n");
      assertThat(plan().isEmpty()).isTrue();
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.apply(REFRESH_ONLY, session -> session);
      assertThat(bench.state().outputs()).containsOnlyKeys("kept");
    }

    @Test
    void saysWhatItCouldNotLookAtAndGoesOn() throws Exception {
      bench.hosts().setDown("10.0.0.1", true);
      bench.hosts().files("10.0.0.2").put("/note", "by hand");
      Plan plan = plan();
      assertThat(plan.obstructed())
          .extracting(PlannedInstance::address)
          .containsExactly("host.all[\"a\"]", NOTE_A);
      assertThat(plan.stateChanges().refreshed()).containsOnlyKeys(NOTE_B);
      assertThat(bench.diagnostics().hasErrors()).isTrue();
    }

    @Test
    void keepsToItsTargets() throws Exception {
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.hosts().files("10.0.0.2").put("/note", "by hand");
      PlanOptions one = new PlanOptions(Mode.REFRESH_ONLY, Set.of(NOTE_B), Set.of());
      assertThat(bench.plan(one).orElseThrow().stateChanges().refreshed()).containsOnlyKeys(NOTE_B);
    }

    @Test
    void looksUnderTheAddressesOfNow() throws Exception {
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.configure(
          HOSTS
              + NOTES.replace("\"note\" \"all\"", "\"note\" \"every\"")
              + "moved {\n from = note.all\n to = note.every\n}\n");
      assertThat(bench.apply(REFRESH_ONLY, session -> session)).isTrue();
      assertThat(bench.state().instances())
          .containsOnlyKeys(
              "host.all[\"a\"]", "host.all[\"b\"]", "note.every[\"a\"]", "note.every[\"b\"]");
      assertThat(bench.state().instances().get("note.every[\"a\"]").attributes().get("text"))
          .isEqualTo(new Str("by hand"));
    }
  }

  @Nested
  class WithoutRefresh {
    private Plan plan(String text) throws Exception {
      bench.configure(text);
      Plan plan = bench.plan(UNSEEN).orElseThrow();
      assertThat(bench.hosts().asked()).as("what machines were asked").isEmpty();
      return plan;
    }

    @Test
    void comparesWithWhatWasLastApplied() throws Exception {
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      assertThat(plan(HOSTS + NOTES).isEmpty()).isTrue();
    }

    @Test
    void saysThatItDidNotLook() throws Exception {
      plan(HOSTS + NOTES);
      assertThat(bench.findings())
          .containsExactly(
              "No machine was asked (-refresh=false): Configuration was compared with what was last"
                  + " applied. What was changed on the machines since is not in the plan, nor are"
                  + " steps. pgha plan without -refresh=false shows both.");
    }

    @Test
    void showsEachKindOfChange() throws Exception {
      Plan plan =
          plan(
              HOSTS
                  + """
                  resource "note" "all" {
                    for_each = { a = "/note", c = "/new" }
                    host     = host.all["a"].id
                    path     = each.value
                    text     = "note for ${each.key}"
                  }
                  """);
      assertThat(plan.changes())
          .extracting(PlannedInstance::address, PlannedInstance::action)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(NOTE_A, Action.UPDATE),
              org.assertj.core.groups.Tuple.tuple(NOTE_B, Action.DELETE),
              org.assertj.core.groups.Tuple.tuple("note.all[\"c\"]", Action.CREATE));
      assertThat(plan(HOSTS + NOTES.replace("/note", "/elsewhere")).changes())
          .extracting(PlannedInstance::action)
          .containsExactly(Action.REPLACE, Action.REPLACE);
    }

    @Test
    void plansWhatIsOnNoMachineInFull() throws Exception {
      Plan plan = plan(HOSTS + NOTES + "resource \"terraform_data\" \"a\" {\n input = 1\n}\n");
      PlannedInstance data = planned(plan, "terraform_data.a");
      assertThat(data.action()).isEqualTo(Action.CREATE);
      assertThat(data.after().get("output")).isEqualTo(Num.of(1));
    }

    @Test
    void needsNoMachineThatIsUp() throws Exception {
      bench.hosts().setDown("10.0.0.1", true);
      bench.hosts().setDown("10.0.0.2", true);
      assertThat(plan(HOSTS + NOTES).obstructed()).isEmpty();
      PlanOptions all = new PlanOptions(Mode.DESTROY, Set.of(), Set.of()).withoutRefresh();
      assertThat(bench.plan(all).orElseThrow().count(Action.DELETE)).isEqualTo(4);
    }

    @Test
    void staysWithWhatTheMachineToldWhereItChangesInPlace() throws Exception {
      Plan plan =
          plan(
              HOSTS
                  + NOTES.replace("note of", "other")
                  + "output \"length\" {\n value = note.all[\"a\"].length\n}\n");
      assertThat(plan.outputs().getFirst().after()).isPresent();
      assertThat(Map.copyOf(planned(plan, NOTE_A).after().attributes())).containsKey("length");
    }
  }
}
