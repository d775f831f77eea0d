package io.pgha.core;

import static io.pgha.core.testing.Workbench.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.PlannedOutput;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is only read: when it is, and what uses it. */
final class DataSourceTests {
  private static final String HOST =
      """
      resource "host" "a" {
        name    = "a"
        address = "10.0.0.1"
      }
      """;

  private static final String READ =
      """
      data "note" "seen" {
        host = host.a.id
        path = "/seen"
      }
      """;

  private static final String COPY =
      """
      resource "note" "copy" {
        host = host.a.id
        path = "/copy"
        text = "copy of ${data.note.seen.text}"
      }
      output "seen" {
        value = data.note.seen.text
      }
      """;

  private static final String MEMBER =
      """
      resource "member" "m" {
        host = host.a.id
        path = "/seen"
        text = "by the member"
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void applyHost() throws Exception {
    bench = new Workbench(folder).configure(HOST);
    bench.hosts().files("10.0.0.1").put("/seen", "one");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    bench.hosts().forget();
  }

  private Plan plan(String text) throws Exception {
    return bench
        .configure(text)
        .plan()
        .orElseThrow(() -> new AssertionError(bench.findings().toString()));
  }

  private Value output(String name) throws Exception {
    return bench.state().outputs().get(name).value();
  }

  private static Value output(Plan plan, String name) {
    return plan.outputs().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .flatMap(PlannedOutput::after)
        .orElseThrow();
  }

  private static java.util.Optional<Value> output(
      java.util.List<PlannedOutput> outputs, String name) {
    return outputs.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .flatMap(PlannedOutput::after);
  }

  @Nested
  class IsReadWhenThePlanIsMade {
    @Test
    void soThatThePlanKnowsWhatItSays() throws Exception {
      Plan plan = plan(HOST + READ + COPY);
      assertThat(planned(plan, "data.note.seen").action()).isEqualTo(Action.NO_OP);
      assertThat(planned(plan, "note.copy").after().get("text")).isEqualTo(new Str("copy of one"));
      assertThat(output(plan, "seen")).isEqualTo(new Str("one"));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/copy", "copy of one");
      assertThat(output("seen")).isEqualTo(new Str("one"));
    }

    @Test
    void andIsNoChangeAndInNoState() throws Exception {
      assertThat(plan(HOST + READ).isEmpty()).isTrue();
      assertThat(bench.apply()).isTrue();
      assertThat(bench.state().instances()).containsOnlyKeys("host.a");
    }

    @Test
    void withAllElseInOneRoundTrip() throws Exception {
      plan(HOST + READ + COPY);
      assertThat(bench.hosts().asked()).hasSize(1);
    }

    @Test
    void anewEachTime() throws Exception {
      bench.configure(HOST + READ + COPY).apply();
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
      bench.hosts().files("10.0.0.1").put("/seen", "two");
      Plan plan = bench.plan().orElseThrow();
      assertThat(planned(plan, "note.copy").action()).isEqualTo(Action.UPDATE);
      assertThat(output(plan, "seen")).isEqualTo(new Str("two"));
    }

    @Test
    void forEachKeyAndInModules() throws Exception {
      bench.hosts().files("10.0.0.1").put("/other", "else");
      Files.writeString(
          Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"),
          """
          variable "host" {}
          variable "paths" {}
          data "note" "all" {
            for_each = var.paths
            host     = var.host
            path     = each.value
          }
          output "texts" {
            value = { for name, note in data.note.all : name => note.text }
          }
          output "seen" {
            value = data.note.all["seen"].text
          }
          """);
      Plan plan =
          plan(
              HOST
                  + """
                  module "m" {
                    source = "./m"
                    host   = host.a.id
                    paths  = { seen = "/seen", other = "/other" }
                  }
                  output "texts" {
                    value = module.m.texts
                  }
                  output "seen" {
                    value = module.m.seen
                  }
                  """);
      assertThat(output(plan, "texts"))
          .isEqualTo(ObjectValue.of(Map.of("seen", new Str("one"), "other", new Str("else"))));
      assertThat(output(plan, "seen")).isEqualTo(new Str("one"));
      assertThat(planned(plan, "module.m.data.note.all[\"seen\"]").isChange()).isFalse();
    }
  }

  @Nested
  class IsReadByTheApply {
    @Test
    void whereWhatItNeedsIsMadeFirst() throws Exception {
      String made =
          """
          resource "note" "made" {
            host = host.a.id
            path = "/made"
            text = "made"
          }
          data "note" "seen" {
            host       = host.a.id
            path       = "/made"
            depends_on = [note.made]
          }
          """;
      Plan plan = plan(HOST + made + COPY);
      PlannedInstance read = planned(plan, "data.note.seen");
      assertThat(read.action()).isEqualTo(Action.READ);
      assertThat(read.reason().text()).isEqualTo("it needs note.made, which is changed first");
      assertThat(Values.whollyKnown(planned(plan, "note.copy").after().get("text"))).isFalse();
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/copy", "copy of made");
      assertThat(output("seen")).isEqualTo(new Str("made"));
      assertThat(bench.state().instances()).doesNotContainKey("data.note.seen");
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void whereItsArgumentsAreNotKnownYet() throws Exception {
      Plan plan =
          plan(
              HOST
                  + """
                  resource "terraform_data" "path" {
                    input = "/seen"
                  }
                  data "note" "seen" {
                    host = host.a.id
                    path = terraform_data.path.id == "" ? "" : terraform_data.path.output
                  }
                  """
                  + COPY);
      assertThat(planned(plan, "data.note.seen").reason().text())
          .isEqualTo("it is asked for by what is known after apply");
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(output("seen")).isEqualTo(new Str("one"));
    }

    @Test
    void whereAnotherThatItNeedsIs() throws Exception {
      bench.hosts().files("10.0.0.1").put("/made", "/seen");
      Plan plan =
          plan(
              HOST
                  + """
                  resource "terraform_data" "first" {
                    input = 1
                  }
                  data "note" "a_last" {
                    host = host.a.id
                    path = data.note.path.text
                  }
                  data "note" "path" {
                    host       = host.a.id
                    path       = "/made"
                    depends_on = [terraform_data.first]
                  }
                  output "last" {
                    value = data.note.a_last.text
                  }
                  """);
      assertThat(planned(plan, "data.note.a_last").action()).isEqualTo(Action.READ);
      assertThat(planned(plan, "data.note.path").action()).isEqualTo(Action.READ);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(output("last")).isEqualTo(new Str("one"));
      Plan next = bench.plan().orElseThrow();
      assertThat(next.isEmpty()).as("%s", next.changes()).isTrue();
    }

    @Test
    void whereItsTypeFollowsWhatIsMade() throws Exception {
      bench.hosts().files("10.0.0.1").remove("/seen");
      Plan plan = plan(HOST + READ + MEMBER + COPY);
      assertThat(planned(plan, "data.note.seen").reason().text())
          .isEqualTo("it needs member.m, which is changed first");
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(output("seen")).isEqualTo(new Str("by the member"));
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
      bench.configure(HOST + READ + MEMBER.replace("by", "of") + COPY);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/copy", "copy of of the member");
    }

    @Test
    void butNotWhereItWouldWaitForItself() throws Exception {
      assertThat(
              bench
                  .configure(
                      HOST
                          + READ
                          + """
                          resource "member" "m" {
                            host = host.a.id
                            path = "/member"
                            text = data.note.seen.text
                          }
                          """)
                  .plan())
          .isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "It is needed by what it needs: data.note.seen: It can be read only once all that it"
                  + " tells of is there, and of that member.m needs it. Take the value from"
                  + " somewhere else.");
    }

    @Test
    void whereNoMachineIsAsked() throws Exception {
      bench.configure(HOST + READ);
      Plan plan = bench.plan(PlanOptions.NORMAL.withoutRefresh()).orElseThrow();
      assertThat(planned(plan, "data.note.seen").reason().text()).isEqualTo("no machine was asked");
      assertThat(bench.hosts().asked()).isEmpty();
    }

    @Test
    void andItsFailureLeavesAloneWhatNeedsIt() throws Exception {
      bench.hosts().files("10.0.0.1").remove("/seen");
      bench.configure(
          HOST
              + """
              resource "terraform_data" "first" {
                input = 1
              }
              """
              + READ.replace("path =", "depends_on = [terraform_data.first]\n  path =")
              + COPY);
      assertThat(bench.apply()).isFalse();
      assertThat(bench.findings()).containsExactly("There is no note: Write one.");
      assertThat(bench.state().instances()).containsOnlyKeys("host.a", "terraform_data.first");
    }
  }

  @Nested
  class CantBeRead {
    @Test
    void whichKeepsBackWhatNeedsItAndNothingElse() throws Exception {
      bench.hosts().files("10.0.0.1").remove("/seen");
      Plan plan = plan(HOST + READ + COPY + "resource \"terraform_data\" \"b\" {\n input = 1\n}\n");
      assertThat(bench.findings().getFirst()).isEqualTo("There is no note: Write one.");
      assertThat(plan.obstructed())
          .extracting(PlannedInstance::address)
          .containsExactly("data.note.seen", "note.copy");
      assertThat(planned(plan, "terraform_data.b").action()).isEqualTo(Action.CREATE);
    }

    @Test
    void norIsItReadBesideWhatCouldNotBePlanned() throws Exception {
      bench.hosts().setDown("10.0.0.2", true);
      Plan plan =
          plan(
              HOST
                  + """
                  resource "host" "b" {
                    name    = "b"
                    address = "10.0.0.2"
                  }
                  resource "note" "first" {
                    host = host.b.id
                    path = "/first"
                    text = "first"
                  }
                  """
                  + READ.replace("path =", "depends_on = [note.first]\n  path =")
                  + COPY);
      assertThat(plan.obstructed())
          .extracting(PlannedInstance::address)
          .containsExactly("data.note.seen", "host.b", "note.copy", "note.first");
      assertThat(output(plan.outputs(), "seen")).isEmpty();
    }

    @Test
    void whereItsMachineIsDown() throws Exception {
      bench.hosts().setDown("10.0.0.1", true);
      Plan plan = plan(HOST + READ);
      assertThat(plan.obstructed())
          .extracting(PlannedInstance::address)
          .containsExactly("data.note.seen", "host.a");
    }

    @Test
    void andHasConditions() throws Exception {
      String wrong =
          READ.replace(
              "path =",
              """
              lifecycle {
                postcondition {
                  condition     = self.text == "two"
                  error_message = "It says ${self.text}."
                }
              }
              path =\
              """);
      assertThat(bench.configure(HOST + wrong).plan()).isEmpty();
      assertThat(bench.findings()).singleElement().asString().contains("It says one.");
    }
  }

  @Test
  void isNotLookedAtToDestroy() throws Exception {
    bench.configure(HOST + READ + COPY).apply();
    bench.hosts().files("10.0.0.1").remove("/seen");
    assertThat(bench.apply(Mode.DESTROY, session -> session)).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  @Test
  void keepsTheOutputsOfWhatIsNoTarget() throws Exception {
    bench.configure(HOST + READ + COPY).apply();
    PlanOptions other = new PlanOptions(Mode.NORMAL, Set.of("host.a"), Set.of());
    Plan plan = bench.plan(other).orElseThrow();
    assertThat(plan.isEmpty()).as("%s", plan.outputs()).isTrue();
    PlanOptions without =
        new PlanOptions(Mode.NORMAL, Set.of(), Set.of("data.note.seen"), Set.of(), true);
    assertThat(bench.plan(without).orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void anOutputOfNoneChangesAsAnyOther() throws Exception {
    String none =
        """
        data "note" "none" {
          count = 0
          host  = host.a.id
          path  = "/seen"
        }
        output "none" {
          value = length(data.note.none)
        }
        """;
    assertThat(output(plan(HOST + none), "none")).isEqualTo(Num.of(0));
    assertThat(bench.apply()).isTrue();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void isReadAfterWhatItsTypeFollowsIsGone() throws Exception {
    bench.hosts().files("10.0.0.1").remove("/seen");
    assertThat(bench.configure(HOST + MEMBER).apply()).isTrue();
    Plan plan = plan(HOST + READ);
    assertThat(planned(plan, "data.note.seen").reason().text()).isEqualTo("member.m goes first");
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings()).containsExactly("There is no note: Write one.");
  }

  @Test
  void comesAlongWithATarget() throws Exception {
    bench.configure(HOST + READ + COPY);
    PlanOptions copy = new PlanOptions(Mode.NORMAL, Set.of("note.copy"), Set.of());
    assertThat(bench.apply(copy, session -> session)).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/copy", "copy of one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data "nots" "a" {}                | Unknown data source type: No provider has a data source type "nots". Did you mean "note"?
          data "member" "a" {}              | Unknown data source type: No provider has a data source type "member". The types are note, plain.
          locals { a = data.note.none.b }   | Reference to undeclared data source: No data source "data.note.none" is declared in this module.
          locals { a = data.note }          | Invalid reference: "data" must be followed by a type and a name, as in data.host_file.motd.
          locals { a = data }               | Invalid reference: "data" must be followed by a name, as in var.name, local.name or type.name. Text is written in quotes.
          """)
  void mistakesAreExplained(String text, String finding) throws Exception {
    assertThat(bench.configure(HOST + text + "\n").plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(finding);
  }

  @Test
  void onlyConditionsBelongToItsLifecycle() throws Exception {
    String wrong = READ.replace("path =", "lifecycle {\n prevent_destroy = true\n }\n path =");
    assertThat(bench.configure(HOST + wrong).plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Unsupported argument: An argument named \"prevent_destroy\" is not expected here.");
  }
}
