package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.testing.ForwardingSession;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Num;
import io.pgha.provider.change.Action;
import io.pgha.state.CheckResult;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.OutputState;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does to machines and state, from configuration to files. */
final class ApplyTests {
  private static final String HOSTS =
      """
      locals { hosts = { a = "10.0.0.1", b = "10.0.0.2", c = "10.0.0.3" } }
      resource "host" "all" {
        for_each = local.hosts
        name     = each.key
        address  = each.value
      }
      """;

  private static final String NOTES =
      HOSTS
          + """
          resource "note" "all" {
            for_each = local.hosts
            host     = host.all[each.key].id
            path     = "/note"
            text     = "note of ${each.key}"
          }
          """;

  private static final String MEMBERS =
      HOSTS
          + """
          variable "text" { default = "TEXT" }
          resource "member" "all" {
            for_each = local.hosts
            host     = host.all[each.key].id
            path     = "/member"
            text     = var.text
          }
          """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  @Test
  void theTypeOfANullIsKept() throws Exception {
    String text =
        """
        resource "terraform_data" "a" {
          input = { value = tostring(null), all = [tonumber(null)] }
        }
        output "o" {
          value = terraform_data.a.output
        }
        """;
    bench.configure(text);
    String type = "object({ all = tuple([number]), value = string })";
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    InstanceState made = bench.state().instances().get("terraform_data.a");
    assertThat(made.attributes().get("input").type().text()).isEqualTo(type);
    assertThat(made.attributes().get("output").type().text()).isEqualTo(type);
    assertThat(bench.state().outputs().get("o").value().type().text()).isEqualTo(type);
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatIsConfiguredIsMadeAndASecondPlanIsEmpty() throws Exception {
    assertThat(bench.configure(NOTES).apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.2")).containsExactly(Map.entry("/note", "note of b"));
    bench.hosts().forget();
    Plan second = bench.plan().orElseThrow();
    assertThat(second.isEmpty()).isTrue();
    assertThat(bench.hosts().done()).isEmpty();
    assertThat(bench.hosts().asked())
        .as("one round trip a host")
        .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2", "10.0.0.3");
  }

  @Test
  void aPlanChangesNothingAnywhere() throws Exception {
    bench.configure(NOTES).plan();
    assertThat(bench.hosts().done()).isEmpty();
    assertThat(folder.toFile().list()).containsExactly("main.pgha.hcl");
  }

  @Test
  void aHandEditIsPlannedWithItsReasonAndRepairedAlone() throws Exception {
    bench.configure(NOTES).apply();
    bench.hosts().files("10.0.0.3").put("/note", "scribble");
    bench.hosts().forget();
    List<PlannedInstance> changes = bench.plan().orElseThrow().changes();
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().address()).isEqualTo("note.all[\"c\"]");
    assertThat(changes.getFirst().change().attributes().getFirst().reason())
        .isEqualTo("changed outside pgha");
    assertThat(bench.apply()).isTrue();
    assertThat(bench.hosts().done()).containsExactly("10.0.0.3: write /note");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatWasImportedIsChangedNotMade() throws Exception {
    bench.configure(NOTES).apply();
    List<InstanceState> notes =
        bench.state().instances().values().stream()
            .filter(each -> each.address().toString().startsWith("note."))
            .toList();
    for (InstanceState note : notes) {
      bench.record(note.asImported());
    }
    bench.hosts().files("10.0.0.3").put("/note", "by hand");
    bench.hosts().forget();
    assertThat(bench.plan().orElseThrow().changes())
        .hasSize(3)
        .allSatisfy(change -> {
          assertThat(change.action()).isEqualTo(Action.UPDATE);
          assertThat(change.reason().text()).isEqualTo("it was imported and not applied yet");
        });
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done()).containsExactly("10.0.0.3: write /note");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    assertThat(bench.state().instances().values()).noneMatch(InstanceState::isImported);
  }

  @Test
  void whatLeavesTheConfigurationIsRemoved() throws Exception {
    bench.configure(NOTES).apply();
    assertThat(bench.configure(HOSTS).apply()).isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
    assertThat(bench.state().instances().keySet())
        .containsExactly("host.all[\"a\"]", "host.all[\"b\"]", "host.all[\"c\"]");
  }

  @Test
  void aHostThatLeavesTogetherWithWhatIsOnItIsStillReached() throws Exception {
    bench.configure(NOTES).apply();
    assertThat(bench.configure("locals { nothing = 1 }").apply())
        .as("%s", bench.findings())
        .isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
    assertThat(bench.state().instances()).isEmpty();
  }

  @Test
  void destroyTakesEverythingAwayOnce() throws Exception {
    bench.configure(NOTES).apply();
    assertThat(bench.destroy()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
    bench.hosts().forget();
    assertThat(bench.destroy()).isTrue();
    assertThat(bench.hosts().done()).isEmpty();
  }

  @Test
  void valuesThatOnlyTheMachineKnowsFlowIntoWhatRefersToThem() throws Exception {
    bench.configure(
        HOSTS
            + """
            resource "note" "first" {
              host = host.all["a"].id
              path = "/first"
              text = "four"
            }
            resource "note" "second" {
              host = host.all["b"].id
              path = "/second"
              text = "the first has ${note.first.length}"
            }
            output "length" { value = note.first.length }
            """);
    Plan plan = bench.plan().orElseThrow();
    assertThat(plan.changes()).hasSize(5);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.2")).containsEntry("/second", "the first has 4");
    assertThat(bench.state().outputs().get("length")).isEqualTo(new OutputState(Num.of(4), false));
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void secretsAreNeitherInStateNorInTheFolder() throws Exception {
    bench
        .configure(
            NOTES.replace("path     = \"/note\"", "path = \"/note\"\npassword = \"hunter2\""))
        .apply();
    try (var files = java.nio.file.Files.list(folder)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".hcl")).toList()) {
        assertThat(file).content().doesNotContain("hunter2");
      }
    }
  }

  @Test
  void changesThatTheLifecycleIgnoresAreNotPlanned() throws Exception {
    String ignoring =
        NOTES.replace("path     =", "lifecycle {\nignore_changes = [text]\n}\npath     =");
    bench.configure(ignoring).apply();
    bench.configure(ignoring.replace("note of", "news of"));
    assertThat(bench.plan().orElseThrow().isEmpty()).as("%s", bench.findings()).isTrue();
  }

  @Test
  void aReplacementIsTakenAwayWhereItWas() throws Exception {
    bench.configure(NOTES).apply();
    bench.hosts().forget();
    assertThat(bench.configure(NOTES.replace("/note", "/other")).apply()).isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).containsExactly(Map.entry("/other", "note of a"));
    assertThat(bench.hosts().done()).hasSize(6);
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatPreventsItsDestructionIsNotDestroyed() throws Exception {
    bench.configure(
        NOTES.replace("path     =", "lifecycle {\nprevent_destroy = true\n}\npath     ="));
    bench.apply();
    assertThat(bench.destroy()).isFalse();
    assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
    assertThat(bench.findings()).anyMatch(f -> f.startsWith("Instance cannot be destroyed"));
  }

  @Test
  void whatPreventsItsDestructionIsNotDestroyedByTheLossOfItsKey() throws Exception {
    String prevented =
        NOTES.replace("path     =", "lifecycle {\nprevent_destroy = true\n}\npath     =");
    String fewer =
        prevented.replace(
            "for_each = local.hosts\n  host ", "for_each = { b = 1, c = 1 }\n  host ");
    assertThat(fewer).isNotEqualTo(prevented);
    bench.configure(prevented).apply();
    assertThat(bench.configure(fewer).apply()).isFalse();
    assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
    assertThat(bench.findings())
        .anyMatch(f -> f.startsWith("Instance cannot be destroyed: note.all[\"a\"] has lifecycle"));
    bench.configure(prevented.replaceAll("(?s)resource \"note\".*", "")).apply();
    assertThat(bench.hosts().files("10.0.0.1")).doesNotContainKey("/note");
  }

  @Nested
  class Destroying {
    @Test
    void aTargetTakesAlongWhatNeedsItAndNothingElse() throws Exception {
      bench.configure(NOTES).apply();
      assertThat(destroy("note.all[\"a\"]")).isTrue();
      assertThat(bench.state().instances().keySet())
          .contains("host.all[\"a\"]", "note.all[\"b\"]")
          .doesNotContain("note.all[\"a\"]");
      assertThat(destroy("host.all[\"b\"]")).isTrue();
      assertThat(bench.state().instances().keySet())
          .contains("host.all[\"a\"]", "note.all[\"c\"]")
          .doesNotContain("note.all[\"b\"]", "host.all[\"b\"]");
    }

    @Test
    void takesAwayWhatWasAppliedAndNotWhatConfigurationSaysByNow() throws Exception {
      bench.configure(NOTES).apply();
      bench.hosts().files("10.0.0.1").put("/other", "somebody's");
      bench.configure(NOTES.replace("/note", "/other"));
      assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1"))
          .containsExactly(Map.entry("/other", "somebody's"));
    }

    @Test
    void leavesWhatAnUnreachableInstanceStillNeeds() throws Exception {
      bench
          .configure(
              HOSTS
                  + """
                  resource "note" "base" {
                    host = host.all["a"].id
                    path = "/base"
                    text = "base"
                  }
                  resource "note" "user" {
                    host = host.all["b"].id
                    path = "/user"
                    text = "needs ${note.base.id}"
                  }
                  """)
          .apply();
      bench.hosts().setDown("10.0.0.2", true);
      assertThat(bench.destroy()).isFalse();
      assertThat(bench.hosts().files("10.0.0.1")).containsKey("/base");
      assertThat(bench.state().instances()).containsKeys("note.base", "note.user");
    }

    private boolean destroy(String target) throws Exception {
      return bench.apply(
          new PlanOptions(Mode.DESTROY, Set.of(target), Set.of()), session -> session);
    }
  }

  @Test
  void aReplacementOnAnotherMachineRemovesNothingThere() throws Exception {
    bench.configure(NOTES).apply();
    bench.hosts().replaceMachine("10.0.0.2");
    bench.hosts().files("10.0.0.2").put("/note", "somebody's");
    boolean applied =
        bench.apply(
            new PlanOptions(Mode.NORMAL, Set.of(), Set.of("note.all[\"b\"]", "host.all[\"b\"]")),
            session -> session);
    assertThat(applied).isFalse();
    assertThat(bench.hosts().files("10.0.0.2")).containsEntry("/note", "somebody's");
  }

  @Nested
  class WhatIsNotOurs {
    @Test
    void isNeverOverwritten() throws Exception {
      bench.hosts().files("10.0.0.2").put("/note", "somebody's");
      assertThat(bench.configure(NOTES).apply()).isFalse();
      assertThat(bench.hosts().files("10.0.0.2")).containsEntry("/note", "somebody's");
      assertThat(bench.findings())
          .containsExactly(
              "Something is there already: There is a file /note. pgha did not make it and leaves"
                  + " it untouched. To let pgha manage it, run: pgha import 'note.all[\"b\"]'. To"
                  + " have it made anew, remove it first.");
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/note", "note of a");
    }

    @Test
    void isLeftAloneOnAMachineThatTookTheAddressOfOurs() throws Exception {
      bench.configure(NOTES).apply();
      bench.hosts().replaceMachine("10.0.0.2");
      bench.hosts().forget();
      assertThat(bench.apply()).isFalse();
      assertThat(bench.hosts().touched()).isEmpty();
      assertThat(bench.findings()).anyMatch(f -> f.startsWith("Another machine answers for b"));
    }
  }

  @Nested
  class AHostThatIsDown {
    @Test
    void leavesTheOthersTheirWorkAndIsFinishedLater() throws Exception {
      bench.hosts().setDown("10.0.0.2", true);
      assertThat(bench.configure(NOTES).apply()).isFalse();
      assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
      assertThat(bench.hosts().files("10.0.0.3")).containsKey("/note");
      assertThat(bench.findings()).contains("Can't reach b: b at 10.0.0.2 does not answer.");
      bench.hosts().setDown("10.0.0.2", false);
      bench.hosts().forget();
      assertThat(bench.apply()).isTrue();
      assertThat(bench.hosts().touched()).containsExactly("10.0.0.2");
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void fromTheMiddleOfAStepOnIsToldWithWhatIsKnown() throws Exception {
      bench.hosts().dieAtNextStep("10.0.0.2");
      assertThat(bench.configure(NOTES).apply()).isFalse();
      assertThat(bench.findings())
          .contains(
              "Lost b while doing: write /note: 10.0.0.2 was lost. It is not known whether this step"
                  + " was done; everything before it was, and is recorded. Apply again when the host"
                  + " answers: what is there is looked at first.");
      assertThat(bench.state().instances()).containsKeys("note.all[\"a\"]", "note.all[\"c\"]");
      bench.hosts().setDown("10.0.0.2", false);
      assertThat(bench.apply()).isTrue();
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void afterItWasMadeIsAnErrorButStopsNobodyElse() throws Exception {
      bench.configure(NOTES).apply();
      bench.hosts().setDown("10.0.0.1", true);
      bench.hosts().files("10.0.0.3").remove("/note");
      assertThat(bench.apply()).isFalse();
      assertThat(bench.hosts().files("10.0.0.3")).containsKey("/note");
      assertThat(bench.state().instances()).containsKey("note.all[\"a\"]");
    }
  }

  @Nested
  class AGroup {
    @Test
    void isChangedOneMemberAfterTheOther() throws Exception {
      bench.configure(MEMBERS).apply();
      bench.hosts().forget();
      assertThat(bench.configure(MEMBERS.replace("TEXT", "other")).apply()).isTrue();
      assertThat(bench.hosts().done())
          .containsExactly(
              "10.0.0.1: write /member", "10.0.0.2: write /member", "10.0.0.3: write /member");
    }

    @Test
    void keepsItsRestUntouchedWhenAGateStaysShut() throws Exception {
      bench.configure(MEMBERS).apply();
      bench.hosts().files("10.0.0.3").put("/sick", "");
      bench.hosts().forget();
      assertThat(bench.configure(MEMBERS.replace("TEXT", "other")).apply()).isFalse();
      assertThat(bench.hosts().done()).isEmpty();
      assertThat(bench.findings())
          .contains(
              "Left untouched: member.all[\"a\"]: The rollout of the members stopped before it:"
                  + " all members are well does not hold: a member is sick. Mend that, then apply"
                  + " again.");
    }

    @Test
    void keepsItsRestUntouchedWhenAMemberFails() throws Exception {
      bench.configure(MEMBERS).apply();
      bench.hosts().refuse("/member", true);
      bench.hosts().forget();
      assertThat(bench.configure(MEMBERS.replace("TEXT", "other")).apply()).isFalse();
      assertThat(bench.findings()).contains("Failed on a: write /member: No space left on device");
      assertThat(bench.hosts().files("10.0.0.2")).containsEntry("/member", "TEXT");
      bench.hosts().refuse("/member", false);
      assertThat(bench.apply()).isTrue();
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }
  }

  @Nested
  class BadInput {
    @Test
    void isFoundBeforeAnyMachineIsAsked() throws Exception {
      assertThat(bench.configure(NOTES.replace("note of", "forbidden")).plan()).isEmpty();
      assertThat(bench.findings()).contains("Forbidden text: Say something else.");
      assertThat(bench.hosts().asked()).isEmpty();
      assertThat(bench.diagnostics().all().getFirst().subject().orElseThrow().toString())
          .startsWith("main.pgha.hcl:11,");
    }

    @Test
    void aReferenceToNoHostIsNamed() throws Exception {
      bench.configure(NOTES.replace("host.all[each.key].id", "\"nobody\"")).plan();
      assertThat(bench.findings())
          .contains(
              "Not a reference to a host: \"nobody\" is no resource instance of this"
                  + " configuration. Write the id of one, such as host.NAME.id.");
    }
  }

  /** A process that dies at its n-th record leaves a state that the next apply goes on from. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void aRunThatDiesIsFinishedByTheNext(int records) throws Exception {
    bench.configure(NOTES);
    AtomicInteger left = new AtomicInteger(records);
    bench.apply(Mode.NORMAL, session -> new Dying(session, left));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    assertThat(bench.hosts().done()).as("each file is written once").hasSize(3);
    assertThat(bench.state().instances().values())
        .as("nothing stays unfinished")
        .noneMatch(InstanceState::incomplete);
  }

  /** Writes nothing any more once its records are used up, as a dead process does. */
  private record Dying(StateSession session, AtomicInteger left) implements ForwardingSession {
    private void record() throws StateException {
      if (left.decrementAndGet() < 0) {
        throw new StateException("dead");
      }
    }

    @Override
    public void commit(JournalRecord entry) throws StateException {
      record();
      session.commit(entry);
    }

    @Override
    public void finish(Map<String, OutputState> outputs, List<CheckResult> checks) {
      // dead
    }
  }

  @Test
  void actionsAreCountedForTheUser() throws Exception {
    Plan plan = bench.configure(NOTES).plan().orElseThrow();
    assertThat(plan.count(Action.CREATE)).isEqualTo(6);
  }
}
