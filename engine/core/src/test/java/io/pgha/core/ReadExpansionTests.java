package io.pgha.core;

import static io.pgha.core.testing.Workbench.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.DriftCheck;
import io.pgha.core.drift.Pending;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Str;
import io.pgha.provider.change.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which instances there are, where a data source decides that. */
final class ReadExpansionTests {
  private static final String HOST =
      """
      resource "host" "a" {
        name    = "a"
        address = "10.0.0.1"
      }
      """;

  private static final String NAMES =
      """
      data "note" "names" {
        host = host.a.id
        path = "/names"
      }
      locals {
        names = toset(split(",", data.note.names.text))
      }
      """;

  private static final String EACH =
      """
      resource "note" "each" {
        for_each = local.names
        host     = host.a.id
        path     = "/${each.key}"
        text     = "note of ${each.key}"
      }
      output "paths" {
        value = join(",", [for note in note.each : note.path])
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void applyHost() throws Exception {
    bench = new Workbench(folder).configure(HOST);
    bench.hosts().files("10.0.0.1").put("/names", "x,y");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    bench.hosts().forget();
  }

  private Plan plan(String text) throws Exception {
    return bench
        .configure(text)
        .plan()
        .orElseThrow(() -> new AssertionError(bench.findings().toString()));
  }

  private void apply(String text) throws Exception {
    assertThat(bench.configure(text).apply()).as("%s", bench.findings()).isTrue();
  }

  @Nested
  class IsTold {
    @Test
    void byOneThatIsReadForThePlan() throws Exception {
      Plan plan = plan(HOST + NAMES + EACH);
      assertThat(plan.changes())
          .extracting(PlannedInstance::address)
          .containsExactly("note.each[\"x\"]", "note.each[\"y\"]");
      apply(HOST + NAMES + EACH);
      assertThat(bench.hosts().files("10.0.0.1"))
          .containsEntry("/x", "note of x")
          .containsEntry("/y", "note of y");
      assertThat(bench.state().outputs().get("paths").value()).isEqualTo(new Str("/x,/y"));
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void askingEachQuestionOnce() throws Exception {
      apply(HOST + NAMES + EACH);
      bench.hosts().forget();
      plan(HOST + NAMES + EACH);
      assertThat(bench.hosts().asked()).as("what decides, then the rest").hasSize(2);
    }

    @Test
    void anewEachTime() throws Exception {
      apply(HOST + NAMES + EACH);
      bench.hosts().files("10.0.0.1").put("/names", "y,z");
      Plan plan = bench.plan().orElseThrow();
      assertThat(planned(plan, "note.each[\"x\"]").action()).isEqualTo(Action.DELETE);
      assertThat(planned(plan, "note.each[\"y\"]").action()).isEqualTo(Action.NO_OP);
      assertThat(planned(plan, "note.each[\"z\"]").action()).isEqualTo(Action.CREATE);
    }

    @Test
    void alsoOfModulesAndOfWhatIsInThem() throws Exception {
      Files.writeString(
          Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"),
          """
          variable "name" {}
          variable "many" {}
          resource "terraform_data" "some" {
            count = var.many
            input = "${var.name}${count.index}"
          }
          output "inputs" {
            value = terraform_data.some[*].input
          }
          """);
      String call =
          """
          module "m" {
            source   = "./m"
            for_each = local.names
            name     = each.key
            many     = length(local.names)
          }
          output "one" {
            value = module.m["y"].inputs[1]
          }
          output "all" {
            value = join(",", flatten([for m in module.m : m.inputs]))
          }
          """;
      apply(HOST + NAMES + call);
      assertThat(bench.state().outputs().get("one").value()).isEqualTo(new Str("y1"));
      assertThat(bench.state().outputs().get("all").value()).isEqualTo(new Str("x0,x1,y0,y1"));
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void oneAfterTheOther() throws Exception {
      bench.hosts().files("10.0.0.1").put("/x", "1");
      bench.hosts().files("10.0.0.1").put("/y", "2");
      String chain =
          """
          data "note" "counts" {
            for_each = local.names
            host     = host.a.id
            path     = "/${each.key}"
          }
          resource "terraform_data" "some" {
            count = sum([for note in data.note.counts : note.text])
            input = count.index
          }
          """;
      apply(HOST + NAMES + chain);
      assertThat(bench.state().instances()).hasSize(4).containsKey("terraform_data.some[2]");
    }

    @Test
    void beforeWhatIsWrongWithAllTogetherIsLookedFor() throws Exception {
      String moved = "moved {\n from = terraform_data.gone\n to = terraform_data.new\n}\n";
      assertThat(bench.configure(HOST + NAMES + EACH + moved).plan()).isPresent();
      String wrong = EACH.replace("host.a.id", "note.each.id");
      assertThat(bench.configure(HOST + NAMES + wrong).plan()).isEmpty();
      assertThat(bench.findings()).isNotEmpty();
    }
  }

  @Nested
  class MayBecomeAnother {
    @Test
    void asMoreIsLearned() throws Exception {
      // The first answer names x and y; what is read by it says which there are in the end.
      bench.hosts().files("10.0.0.1").put("/names", "x");
      bench.hosts().files("10.0.0.1").put("/x", "p,q");
      Files.writeString(
          Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"),
          """
          variable "name" {}
          resource "terraform_data" "one" {
            input = var.name
          }
          """);
      String chain =
          """
          data "note" "second" {
            host = host.a.id
            path = "/${data.note.names.text}"
          }
          module "m" {
            source   = "./m"
            for_each = toset(split(",", data.note.second.text))
            name     = each.value
          }
          """;
      apply(HOST + NAMES + chain);
      assertThat(bench.state().instances())
          .containsKeys("module.m[\"p\"].terraform_data.one", "module.m[\"q\"].terraform_data.one");
      bench.hosts().files("10.0.0.1").put("/x", "q,r");
      Plan plan = bench.plan().orElseThrow();
      assertThat(plan.changes())
          .extracting(PlannedInstance::address)
          .containsExactly(
              "module.m[\"p\"].terraform_data.one", "module.m[\"r\"].terraform_data.one");
    }
  }

  @Nested
  class IsNotTold {
    private static final String MADE =
        """
        resource "note" "made" {
          host = host.a.id
          path = "/made"
          text = "made"
        }
        """;

    private static final String LATER =
        NAMES.replace("path =", "depends_on = [note.made]\n  path =");

    @Test
    void byOneThatIsReadByTheApplyWhichIsAnError() throws Exception {
      assertThat(bench.configure(HOST + MADE + LATER + EACH).plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "Invalid for_each argument: Which instances there are is decided by data.note.names,"
                  + " which is not read by now: it needs note.made, which is changed first. Apply"
                  + " what that waits for first, with -target. To plan the rest without it:"
                  + " -exclude=note.each.");
      assertThat(bench.diagnostics().all().getFirst().subject()).isPresent();
    }

    @Test
    void untilWhatThatWaitsForIsApplied() throws Exception {
      bench.configure(HOST + MADE + LATER + EACH);
      PlanOptions made = new PlanOptions(Mode.NORMAL, Set.of("note.made"), Set.of());
      assertThat(bench.apply(made, session -> session)).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances()).containsOnlyKeys("host.a", "note.made");
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances()).hasSize(4);
    }

    @Test
    void andTheRestIsPlannedWithoutIt() throws Exception {
      apply(HOST + NAMES + EACH);
      bench.configure(HOST + MADE + LATER + EACH);
      PlanOptions rest =
          new PlanOptions(Mode.NORMAL, Set.of(), Set.of("note.each"), Set.of(), true);
      Plan plan = bench.plan(rest).orElseThrow();
      assertThat(plan.changes())
          .extracting(PlannedInstance::address)
          .containsExactly("data.note.names", "note.made");
    }

    @Test
    void whichStopsWhatUsesItAndWhatIsBelowIt() throws Exception {
      apply(HOST + NAMES + EACH);
      bench.configure(
          HOST
              + MADE
              + LATER
              + EACH
              + "resource \"terraform_data\" \"user\" {\n input = length(note.each)\n}\n");
      for (String target : List.of("terraform_data.user", "note.each", "note.each[\"x\"]")) {
        assertThat(bench.plan(new PlanOptions(Mode.NORMAL, Set.of(target), Set.of())))
            .as(target)
            .isEmpty();
        assertThat(bench.findings()).singleElement().asString().contains("-exclude=note.each");
      }
      assertThat(bench.plan(PlanOptions.exactly(Set.of("note.each[\"x\"]")))).isEmpty();
      Plan rest =
          bench
              .plan(new PlanOptions(Mode.NORMAL, Set.of(), Set.of("note.each"), Set.of(), true))
              .orElseThrow();
      assertThat(rest.changes())
          .extracting(PlannedInstance::address)
          .containsExactly("data.note.names", "note.made");
      rest =
          bench
              .plan(new PlanOptions(Mode.NORMAL, Set.of(), Set.of("note.made"), Set.of(), true))
              .orElseThrow();
      assertThat(rest.changes()).as("what waits for it is left out too").isEmpty();
    }

    @Test
    void andCountsAmongItsGroupAsItWasApplied() throws Exception {
      String members =
          """
          resource "member" "each" {
            for_each = local.names
            host     = host.a.id
            path     = "/${each.key}"
            text     = each.key
          }
          """;
      String single =
          """
          resource "member" "single" {
            host = host.a.id
            path = "/single"
            text = "single"
          }
          """;
      String names = NAMES.replace("data \"note\"", "data \"plain\"");
      names = names.replace("data.note", "data.plain");
      apply(HOST + names + members + single);
      bench.hosts().files("10.0.0.1").remove("/names");
      bench.configure(HOST + names + members);
      PlanOptions single1 = new PlanOptions(Mode.NORMAL, Set.of("member.single"), Set.of());
      Plan plan = bench.plan(single1).orElseThrow(() -> new AssertionError(bench.findings()));
      assertThat(planned(plan, "member.single").action()).isEqualTo(Action.DELETE);
      assertThat(plan.instances())
          .extracting(PlannedInstance::address)
          .as("all that judge a group")
          .contains("member.each[\"x\"]", "member.each[\"y\"]");
      assertThat(planned(plan, "member.each[\"x\"]").isChange()).isFalse();
    }

    @Test
    void andNothingIsImportedByTheWay() throws Exception {
      bench.destroy();
      bench.configure(
          "import {\n  to = host.a\n}\n"
              + HOST
              + NAMES
              + EACH
              + "resource \"terraform_data\" \"other\" {\n}\n");
      PlanOptions other = new PlanOptions(Mode.NORMAL, Set.of("terraform_data.other"), Set.of());
      assertThat(bench.apply(other, session -> session)).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances()).containsOnlyKeys("terraform_data.other");
    }

    @Test
    void whereItCantBeReadWhichTakesNothingAway() throws Exception {
      apply(HOST + NAMES + EACH);
      bench.hosts().files("10.0.0.1").remove("/names");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "There is no note: Write one.",
              "Invalid for_each argument: Which instances there are is decided by data.note.names,"
                  + " which could not be read. To plan the rest without it: -exclude=note.each.");
      assertThat(bench.apply()).isFalse();
      assertThat(bench.state().instances()).hasSize(3);
    }

    @Test
    void whereNoMachineIsAsked() throws Exception {
      bench.configure(HOST + NAMES + EACH);
      assertThat(bench.plan(PlanOptions.NORMAL.withoutRefresh())).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .contains("Plan without -refresh=false");
      assertThat(bench.hosts().asked()).isEmpty();
    }

    @Test
    void byWhatOnlyTheApplyMakesEvenBesideOne() throws Exception {
      String both =
          """
          resource "terraform_data" "id" {
          }
          resource "terraform_data" "some" {
            count = length(terraform_data.id.id) + length(data.note.names.text)
          }
          """;
      assertThat(bench.configure(HOST + NAMES + both).plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Invalid count argument: It depends on values that are known only after");
    }

    @Test
    void butNothingIsAskedWhereSomethingElseIsWrong() throws Exception {
      String wrong = MADE.replace("host.a.id", "\"nobody\"");
      assertThat(bench.configure(HOST + NAMES + EACH + wrong).plan()).isEmpty();
      assertThat(bench.findings()).singleElement().asString().contains("nobody");
      assertThat(bench.hosts().asked()).isEmpty();
    }
  }

  @Nested
  class Imports {
    private static final String IMPORT =
        """
        import {
          for_each = local.names
          to       = note.each[each.key]
          id       = "found as ${each.key}"
        }
        """;

    /** Text that decides which notes are imported, and notes that it doesn't decide about. */
    private static final String FIXED = EACH.replace("local.names", "toset([\"x\", \"y\"])");

    @BeforeEach
    void writeByHand() {
      bench.hosts().files("10.0.0.1").put("/x", "by hand");
      bench.hosts().files("10.0.0.1").put("/y", "by hand");
    }

    @Test
    void areDecidedByWhatIsRead() throws Exception {
      Plan plan = plan(HOST + NAMES + EACH + IMPORT);
      assertThat(plan.stateChanges().imported())
          .containsOnlyKeys("note.each[\"x\"]", "note.each[\"y\"]");
      assertThat(plan.stateChanges().imported().get("note.each[\"x\"]").id())
          .isEqualTo("found as x");
      apply(HOST + NAMES + EACH + IMPORT);
      assertThat(plan(HOST + NAMES + EACH + IMPORT).isEmpty()).isTrue();
    }

    @Test
    void areDecidedByWhatIsReadWhereNothingElseIs() throws Exception {
      bench.hosts().files("10.0.0.1").put("/names", "y");
      bench.hosts().files("10.0.0.1").remove("/x");
      Plan plan = plan(HOST + NAMES + FIXED + IMPORT);
      assertThat(plan.stateChanges().imported()).containsOnlyKeys("note.each[\"y\"]");
      assertThat(planned(plan, "note.each[\"x\"]").action()).isEqualTo(Action.CREATE);
      assertThat(planned(plan, "note.each[\"y\"]").action()).isEqualTo(Action.UPDATE);
    }

    @Test
    void areNamedByAKeyThatIsRead() throws Exception {
      bench.hosts().files("10.0.0.1").put("/names", "y");
      bench.hosts().files("10.0.0.1").remove("/x");
      String one = "import {\n  to = note.each[data.note.names.text]\n}\n";
      assertThat(plan(HOST + NAMES + FIXED + one).stateChanges().imported())
          .containsOnlyKeys("note.each[\"y\"]");
    }

    @Test
    void areAnErrorWhereTheSourceCantBeRead() throws Exception {
      bench.hosts().files("10.0.0.1").remove("/names");
      assertThat(bench.configure(HOST + NAMES + FIXED + IMPORT).plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "There is no note: Write one.",
              "Invalid for_each argument: Which instances are imported is decided by"
                  + " data.note.names, which could not be read. To plan the rest without it:"
                  + " -exclude=note.each.");
      PlanOptions rest =
          new PlanOptions(Mode.NORMAL, Set.of(), Set.of("note.each"), Set.of(), true);
      bench.configure(
          HOST + NAMES + FIXED + IMPORT + "resource \"terraform_data\" \"other\" {\n}\n");
      assertThat(bench.plan(rest).orElseThrow().changes())
          .extracting(PlannedInstance::address)
          .containsExactly("terraform_data.other");
    }

    @Test
    void areAnErrorWhereNoMachineIsAsked() throws Exception {
      bench.configure(HOST + NAMES + FIXED + IMPORT);
      assertThat(bench.plan(PlanOptions.NORMAL.withoutRefresh())).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .contains("Which instances are imported is decided by data.note.names, which no machine")
          .contains("Plan without -refresh=false");
    }

    @Test
    void areAnErrorWhereOnlyTheApplyTells() throws Exception {
      String made =
          """
          resource "terraform_data" "name" {
          }
          import {
            to = note.each[terraform_data.name.id]
          }
          """;
      assertThat(bench.configure(HOST + FIXED + made).plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Invalid key: It is known only after apply")
          .endsWith("To plan the rest without it: -exclude=note.each.");
    }

    @Test
    void areNoMatterWhereAllIsDestroyed() throws Exception {
      apply(HOST + NAMES + EACH + IMPORT);
      bench.hosts().files("10.0.0.1").remove("/names");
      assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances()).isEmpty();
    }
  }

  @Test
  void destroysWithoutAsking() throws Exception {
    apply(HOST + NAMES + EACH);
    bench.hosts().files("10.0.0.1").remove("/names");
    Plan plan = bench.plan(new PlanOptions(Mode.DESTROY, Set.of(), Set.of())).orElseThrow();
    assertThat(plan.instances())
        .as("nobody knows whether configuration still has them")
        .allSatisfy(instance -> assertThat(instance.reason().text()).isEmpty());
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  @Test
  void driftTellsWhatIsPendingByIt() throws Exception {
    apply(HOST + NAMES + EACH);
    bench.hosts().files("10.0.0.1").put("/x", "by hand");
    bench.hosts().files("10.0.0.1").put("/names", "x,y,z");
    DriftCheck.Seen seen = bench.drift(PlanOptions.NORMAL).orElseThrow();
    assertThat(bench.findings()).isEmpty();
    assertThat(seen.pending()).extracting(Pending::address).containsExactly("note.each[\"z\"]");
    assertThat(seen.findings())
        .singleElement()
        .satisfies(found ->
            assertThat(found.places())
                .singleElement()
                .satisfies(place -> assertThat(place.declared()).isPresent()));
  }

  @Test
  void aHostMayBeWhereOneSays() throws Exception {
    bench.hosts().files("10.0.0.1").put("/names", "10.0.0.2");
    String other =
        """
        resource "host" "b" {
          name    = "b"
          address = data.note.names.text
        }
        resource "note" "there" {
          host = host.b.id
          path = "/there"
          text = "there"
        }
        """;
    apply(HOST + NAMES + other);
    assertThat(bench.hosts().files("10.0.0.2")).containsEntry("/there", "there");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    bench.hosts().files("10.0.0.2").put("/there", "by hand");
    DriftCheck.Seen seen = bench.drift(PlanOptions.NORMAL).orElseThrow();
    assertThat(seen.silences()).isEmpty();
    assertThat(seen.findings()).hasSize(1);
    PlanOptions refresh = new PlanOptions(Mode.REFRESH_ONLY, Set.of(), Set.of());
    assertThat(bench.plan(refresh).orElseThrow().obstructed()).isEmpty();
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.2")).doesNotContainKey("/there");
  }
}
