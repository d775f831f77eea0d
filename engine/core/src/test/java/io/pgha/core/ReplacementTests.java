package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.ActionReason;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.testing.ForwardingSession;
import io.pgha.core.testing.Workbench;
import io.pgha.provider.change.Action;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order things are taken away and made anew. */
final class ReplacementTests {
  /** A note, made anew with another path: it can't be there twice. */
  private static final String NOTE =
      Workbench.HOSTS
          + """
          resource "note" "base" {
            host = host.all["a"].id
            path = "/%s"
            text = "text"
          }
          """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  /** Two values, the second made of the first; both made anew with another version. */
  private static String pair(String version, String lifecycle) {
    return """
    resource "terraform_data" "base" {
      triggers_replace = "%1$s"
    }
    resource "terraform_data" "user" {
      triggers_replace = [terraform_data.base.id]
      %2$s
    }
    """
        .formatted(version, lifecycle);
  }

  @Test
  void whatIsMadeAnewIsTakenAwayFirstAndWhatNeedsItBeforeIt() throws Exception {
    bench.configure(pair("1", "")).apply();
    assertThat(events(pair("2", "")))
        .containsExactly(
            "removed terraform_data.user",
            "removed terraform_data.base",
            "made terraform_data.base",
            "made terraform_data.user");
  }

  @Test
  void createBeforeDestroyMakesTheSuccessorFirstAndSpreadsToWhatIsNeeded() throws Exception {
    String last = "lifecycle { create_before_destroy = true }";
    bench.configure(pair("1", last)).apply();
    String old = id("terraform_data.base");
    assertThat(events(pair("2", last)))
        .containsExactly(
            "made terraform_data.base",
            "made terraform_data.user",
            "removed terraform_data.user (deposed)",
            "removed terraform_data.base (deposed)");
    assertThat(id("terraform_data.base")).isNotEqualTo(old);
    assertThat(bench.state().deposed()).isEmpty();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatIsTaintedIsMadeAnewOnce() throws Exception {
    bench.configure(pair("1", "")).apply();
    String old = id("terraform_data.base");
    bench.record(bench.state().instances().get("terraform_data.base").withTainted(true));
    Plan plan = bench.plan().orElseThrow();
    PlannedInstance base = Workbench.planned(plan, "terraform_data.base");
    assertThat(base.action()).isEqualTo(Action.REPLACE);
    assertThat(base.reason().text()).isEqualTo("it is tainted");
    assertThat(bench.plan(new PlanOptions(Mode.NORMAL, Set.of("terraform_data.base"), Set.of())))
        .hasValueSatisfying(part -> assertThat(part.changes()).hasSize(1));
    assertThat(events(pair("1", "")))
        .containsExactly(
            "removed terraform_data.user",
            "removed terraform_data.base",
            "made terraform_data.base",
            "made terraform_data.user");
    assertThat(bench.state().instances().get("terraform_data.base").tainted()).isFalse();
    assertThat(id("terraform_data.base")).isNotEqualTo(old);
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatIsTaintedAndHasASuccessorFirstIsThereUntilThen() throws Exception {
    String last = "lifecycle { create_before_destroy = true }";
    bench.configure(pair("1", last)).apply();
    bench.record(bench.state().instances().get("terraform_data.user").withTainted(true));
    assertThat(events(pair("1", last)))
        .containsExactly("made terraform_data.user", "removed terraform_data.user (deposed)");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatIsNoLongerTaintedStays() throws Exception {
    bench.configure(pair("1", "")).apply();
    InstanceState base = bench.state().instances().get("terraform_data.base");
    bench.record(base.withTainted(true));
    bench.record(base.withTainted(false));
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  /** A value made anew with another version, and one that is only changed to use it. */
  private static String changedUser(String version) {
    return """
    resource "terraform_data" "base" {
      triggers_replace = "%s"
    }
    resource "terraform_data" "between" {
      input = terraform_data.base.id
    }
    resource "terraform_data" "user" {
      input = terraform_data.between.output
      lifecycle { create_before_destroy = true }
    }
    """
        .formatted(version);
  }

  @Test
  void createBeforeDestroyOfWhatIsOnlyChangedSpreadsToWhatItNeeds() throws Exception {
    bench.configure(changedUser("1")).apply();
    assertThat(events(changedUser("2")))
        .hasSize(4)
        .contains("made terraform_data.user")
        .containsSubsequence(
            "made terraform_data.base",
            "made terraform_data.between",
            "removed terraform_data.base (deposed)");
  }

  @Test
  void whatNeedsSomethingThatCantBeThereTwiceIsRemovedFirstToo() throws Exception {
    String text =
        NOTE
            + """
            resource "terraform_data" "between" {
              triggers_replace = note.base.path
            }
            resource "terraform_data" "user" {
              input = terraform_data.between.id
              lifecycle { create_before_destroy = true }
            }
            """;
    bench.configure(text.formatted("one")).apply();
    assertThat(events(text.formatted("two")))
        .containsExactly(
            "removed terraform_data.between",
            "removed note.base",
            "made note.base",
            "made terraform_data.between",
            "made terraform_data.user");
  }

  @Test
  void createBeforeDestroyOfWhatIsOnlyChangedIsNoObstacleToWhatCantBeThereTwice() throws Exception {
    String text =
        NOTE
            + """
            resource "terraform_data" "user" {
              input = note.base.path
              lifecycle { create_before_destroy = true }
            }
            """;
    bench.configure(text.formatted("one")).apply();
    assertThat(events(text.formatted("two")))
        .containsExactly("removed note.base", "made note.base", "made terraform_data.user");
  }

  @Test
  void whatAReplacementPutAsideAndCouldNotRemoveIsRemovedByTheNextRun() throws Exception {
    String last = "lifecycle { create_before_destroy = true }";
    bench.configure(pair("1", last)).apply();
    bench.configure(pair("2", last));
    // The first removal of something deposed fails, as if the disk were full.
    bench.apply(Mode.NORMAL, session -> new Watched(session, new ArrayList<>(), id -> true));
    assertThat(bench.state().deposed()).hasSize(2);
    PlanOptions refreshOnly = new PlanOptions(Mode.REFRESH_ONLY, Set.of(), Set.of());
    assertThat(bench.apply(refreshOnly, session -> session)).isTrue();
    assertThat(bench.state().deposed()).hasSize(2);
    Plan plan = bench.plan().orElseThrow();
    assertThat(plan.changes()).allMatch(change -> change.action() == Action.DELETE);
    assertThat(plan.changes())
        .extracting(change -> change.reason().text())
        .containsOnly("a replacement put it aside and did not come to remove it");
    assertThat(events(pair("2", last)))
        .containsExactly(
            "removed terraform_data.user (deposed)", "removed terraform_data.base (deposed)");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void aMachineCannotHaveThingsTwice() throws Exception {
    String configuration =
        """
        resource "host" "a" {
          name    = "a"
          address = "10.0.0.1"
          lifecycle { create_before_destroy = true }
        }
        """;
    assertThat(bench.configure(configuration).plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "create_before_destroy is not possible here: A host can't be on its machine twice, so"
                + " its successor can't be made first. Take create_before_destroy away.");
    assertThat(bench.diagnostics().all().getFirst().subject().orElseThrow().start().line())
        .isEqualTo(1);
  }

  @Test
  void theOrderHoldsThroughWhatStaysAsItIs() throws Exception {
    String configuration =
        """
        resource "terraform_data" "first" { input = "%1$s" }
        resource "terraform_data" "between" {
          input      = "same"
          depends_on = [terraform_data.first]
        }
        resource "terraform_data" "last" {
          input      = "%1$s"
          depends_on = [terraform_data.between]
        }
        """;
    bench.configure(configuration.formatted("1")).apply();
    assertThat(events(configuration.formatted("2")))
        .containsExactly("made terraform_data.first", "made terraform_data.last");
  }

  @Test
  void whatGoesIsRemovedAfterWhatUsedItWasChangedNotTo() throws Exception {
    bench
        .configure(
            """
            resource "terraform_data" "gone" { input = "a" }
            resource "terraform_data" "user" { input = terraform_data.gone.output }
            """)
        .apply();
    assertThat(events("resource \"terraform_data\" \"user\" { input = \"b\" }"))
        .containsExactly("made terraform_data.user", "removed terraform_data.gone");
  }

  @Test
  void valuesOfAnotherResourcesInstancesAreThereInTime() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "base" {
          for_each = toset(["a", "b", "c"])
          input    = each.key
        }
        resource "terraform_data" "chained" {
          for_each = { for key, base in terraform_data.base : key => base.id }
          input    = each.value
        }
        resource "terraform_data" "all" {
          input = [for base in terraform_data.base : base.id]
        }
        """);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    for (String key : List.of("a", "b", "c")) {
      InstanceState chained =
          bench.state().instances().get("terraform_data.chained[\"" + key + "\"]");
      assertThat(chained.attributes().get("output"))
          .isEqualTo(
              bench
                  .state()
                  .instances()
                  .get("terraform_data.base[\"" + key + "\"]")
                  .attributes()
                  .get("id"));
      assertThat(chained.dependencies()).containsExactly("terraform_data.base");
    }
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatReplaceTriggeredByNamesHasItMadeAnew() throws Exception {
    String configuration =
        """
        resource "terraform_data" "release" {
          for_each = toset(["a", "b"])
          input    = each.key == "a" ? "%s" : "same"
        }
        resource "terraform_data" "all" {
          lifecycle { replace_triggered_by = [terraform_data.release] }
        }
        resource "terraform_data" "one" {
          for_each = toset(["a", "b"])
          lifecycle { replace_triggered_by = [terraform_data.release[each.key].output] }
        }
        resource "terraform_data" "after" { input = terraform_data.one["a"].id }
        """;
    bench.configure(configuration.formatted("1")).apply();
    bench.configure(configuration.formatted("2"));
    assertThat(bench.plan().orElseThrow().changes())
        .extracting(
            change -> change.address() + " " + change.action() + " " + change.reason().text())
        .containsExactly(
            "terraform_data.after UPDATE ",
            "terraform_data.all REPLACE replace_triggered_by: terraform_data.release changes",
            "terraform_data.one[\"a\"] REPLACE replace_triggered_by:"
                + " terraform_data.release[\"a\"].output changes",
            "terraform_data.release[\"a\"] UPDATE ");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatTriggersItIsNamedBeforeWhatWouldReplaceItAnyway() throws Exception {
    String configuration =
        """
        resource "terraform_data" "release" { input = "%1$s" }
        resource "terraform_data" "all" {
          triggers_replace = "%1$s"
          lifecycle { replace_triggered_by = [terraform_data.release] }
        }
        """;
    bench.configure(configuration.formatted("1")).apply();
    bench.configure(configuration.formatted("2"));
    String all = "terraform_data.all";
    PlanOptions asked = new PlanOptions(Mode.NORMAL, Set.of(), Set.of(all));
    for (PlanOptions options : List.of(PlanOptions.NORMAL, asked)) {
      assertThat(bench.plan(options).orElseThrow().changes())
          .filteredOn(change -> change.address().equals(all))
          .singleElement()
          .extracting(change -> change.reason().kind())
          .isEqualTo(ActionReason.REPLACE_TRIGGERED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          input.x       | false
          input["x"]    | false
          input.l[0]    | false
          input.y       | true
          input["y"]    | true
          input.l[1]    | true
          input.l       | true
          input         | true
          output.x      | false
          """)
  void aTriggerIsAChangeAtItsPlace(String place, boolean triggers) throws Exception {
    String configuration =
        """
        resource "terraform_data" "a" {
          input = { x = 1, y = %%1$s, l = [1, %%1$s] }
        }
        resource "terraform_data" "b" {
          lifecycle { replace_triggered_by = [terraform_data.a.%s] }
        }
        """
            .formatted(place);
    bench.configure(configuration.formatted("1")).apply();
    assertThat(bench.configure(configuration.formatted("2")).plan().orElseThrow().changes())
        .extracting(PlannedInstance::address)
        .isEqualTo(
            triggers
                ? List.of("terraform_data.a", "terraform_data.b")
                : List.of("terraform_data.a"));
  }

  /** Who needs whom turns round: what was applied says otherwise than configuration does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          input = 1                                                        | false
          triggers_replace = 1                                             | false
          triggers_replace = 1                                             | true
          """)
  void whatNeedsAnotherMayComeToBeNeededByIt(String change, boolean first) throws Exception {
    String lifecycle = first ? "  lifecycle {\n    create_before_destroy = true\n  }\n" : "";
    bench.configure(
        """
        resource "terraform_data" "a" {
        %1$s}
        resource "terraform_data" "b" {
          depends_on = [terraform_data.a]
        %1$s}
        """
            .formatted(lifecycle));
    assertThat(bench.apply()).isTrue();
    bench.configure(
        """
        resource "terraform_data" "a" {
          %2$s
          depends_on = [terraform_data.b]
        %1$s}
        resource "terraform_data" "b" {
          %2$s
        %1$s}
        """
            .formatted(lifecycle, change));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
  }

  @Test
  void aNeedThatTurnedRoundLongAgoIsNoMatterEither() throws Exception {
    String two =
        """
        resource "terraform_data" "a" {
        %s}
        resource "terraform_data" "b" {
        %s}
        """;
    bench.configure(two.formatted("", "  depends_on = [terraform_data.a]\n")).apply();
    String turned = "  depends_on = [terraform_data.b]\n";
    assertThat(bench.configure(two.formatted(turned, "")).apply()).isTrue();
    assertThat(bench.configure(two.formatted(turned + "  input = 1\n", "")).apply())
        .as("%s", bench.findings())
        .isTrue();
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          terraform_data.a -> The address lacks the key of an instance. Say which: -replace='terraform_data.a[0]', -replace='terraform_data.a[1]'
          module.m.terraform_data.i -> The address lacks the key of an instance. Say which: -replace='module.m["x"].terraform_data.i["y"]'
          module.m["x"].terraform_data.i -> The address lacks the key of an instance. Say which: -replace='module.m["x"].terraform_data.i["y"]'
          terraform_data.a[7] -> The resource has no such instance; it has terraform_data.a[0], terraform_data.a[1].
          terraform_data.none -> The resource has no instances.
          terraform_data.old -> It moves to terraform_data.new: name that.
          terraform_data.snigle -> Neither configuration nor state has it. Did you mean terraform_data.single?
          """)
  void aRequestThatNamesNoInstanceIsWarnedOf(String address, String detail) throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"),
        "resource \"terraform_data\" \"i\" {\n  for_each = toset([\"y\"])\n}\n");
    bench.configure("resource \"terraform_data\" \"old\" {}\n").apply();
    bench.configure(
        """
        resource "terraform_data" "a" { count = 2 }
        resource "terraform_data" "none" { count = 0 }
        resource "terraform_data" "single" {}
        resource "terraform_data" "new" {}
        moved {
          from = terraform_data.old
          to   = terraform_data.new
        }
        module "m" {
          source   = "./m"
          for_each = toset(["x"])
        }
        """);
    PlanOptions options = new PlanOptions(Mode.NORMAL, Set.of(), Set.of(address));
    assertThat(bench.plan(options)).as("%s", bench.findings()).isPresent();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.isError()).isFalse();
          assertThat(found.summary()).isEqualTo("Nothing is replaced at " + address);
          assertThat(found.detail()).isEqualTo(detail);
        });
  }

  @Test
  void aRequestedInstanceIsMadeAnewWithoutAWord() throws Exception {
    bench.configure("resource \"terraform_data\" \"a\" { count = 2 }").apply();
    PlanOptions options = new PlanOptions(Mode.NORMAL, Set.of(), Set.of("terraform_data.a[1]"));
    assertThat(bench.plan(options).orElseThrow().changes())
        .extracting(
            change -> change.address() + " " + change.action() + " " + change.reason().text())
        .containsExactly("terraform_data.a[1] REPLACE asked for by -replace");
    assertThat(bench.diagnostics().all()).isEmpty();
  }

  @Test
  void replaceTriggeredByTakesResourcesOnly() throws Exception {
    bench.configure(
        """
        locals { a = 1 }
        resource "terraform_data" "x" {
          lifecycle { replace_triggered_by = [local.a] }
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings().getFirst()).startsWith("Not a reference to a resource: ");
  }

  @Test
  void aPostconditionThatFailsKeepsWhatNeedsTheInstanceFromBeingMade() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "base" {
          input = "x"
          lifecycle {
            postcondition {
              condition     = length(self.id) < 3
              error_message = "The id ${self.output} is too long."
            }
          }
        }
        resource "terraform_data" "user" { input = terraform_data.base.id }
        output "user" { value = terraform_data.user.output }
        output "sure" { value = "there in any case" }
        """);
    assertThat(bench.apply()).isFalse();
    assertThat(bench.state().outputs())
        .as("of what was not made there is none")
        .containsOnlyKeys("sure");
    assertThat(bench.findings())
        .containsExactly("Resource postcondition failed: The id x is too long.");
    assertThat(bench.state().instances().keySet()).containsExactly("terraform_data.base");
    // It was made, so the next plan sees that the condition fails before it does anything.
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly("Resource postcondition failed: The id x is too long.");
  }

  private String id(String address) throws StateException {
    return bench.state().instances().get(address).attributes().get("id").toString();
  }

  /** What an apply of a configuration recorded, in order; it must succeed. */
  private List<String> events(String configuration) throws Exception {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    bench.configure(configuration);
    assertThat(bench.apply(Mode.NORMAL, session -> new Watched(session, events, id -> false)))
        .as("%s", bench.findings())
        .isTrue();
    return events;
  }

  /** A session that tells what was made and removed, and refuses to record some removals. */
  record Watched(StateSession session, List<String> events, Predicate<String> refused)
      implements ForwardingSession {
    @Override
    public void commit(JournalRecord entry) throws StateException {
      if (entry instanceof JournalRecord.Removed(String id) && refused.test(id)) {
        throw new StateException("No space left on device.");
      }
      session.commit(entry);
      switch (entry) {
        case JournalRecord.Recorded(InstanceState made) when !made.incomplete() ->
            events.add("made " + made.id());
        case JournalRecord.Removed(String id) ->
            events.add("removed " + id.replaceFirst(" \\(deposed .*", " (deposed)"));
        default -> {
          // no result
        }
      }
    }
  }
}
