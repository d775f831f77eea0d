package io.pgha.core;

import static io.pgha.core.testing.Workbench.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.ActionReason;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Action;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lifecycle says is disabled is not there, as in OpenTofu 1.11. */
final class EnabledTests {
  private static final String ONE =
      """
      resource "terraform_data" "one" {
        input = "it"
        lifecycle {
          enabled = %s
        }
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder).module("output \"out\" {\n  value = \"of the module\"\n}\n");
  }

  private static String module(String enabled) {
    return "module \"m\" {\n  source = \"./m\"\n  lifecycle {\n    enabled = %s\n  }\n}\n"
        .formatted(enabled);
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

  private Set<String> addresses() throws Exception {
    return bench.state().instances().keySet();
  }

  private Value output(String expression, String more) throws Exception {
    apply(more + "output \"x\" {\n  value = %s\n}\n".formatted(expression));
    return bench.state().outputs().containsKey("x")
        ? bench.state().outputs().get("x").value()
        : Null.ANY;
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"true\"", "1 > 0", "length([1]) == 1"})
  void whatIsEnabledHasNoKey(String enabled) throws Exception {
    apply(ONE.formatted(enabled));
    assertThat(addresses()).containsExactly("terraform_data.one");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "\"false\"", "1 > 2"})
  void whatIsDisabledIsNotThere(String enabled) throws Exception {
    assertThat(plan(ONE.formatted(enabled)).instances()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          terraform_data.one != null ? terraform_data.one.input : "none" | none | it
          try(terraform_data.one.input, "none")                          | none | it
          join(",", terraform_data.one[*].input)                         | ''   | it
          one(terraform_data.one[*].input) == null ? "none" : "some"     | none | some
          module.m != null ? module.m.out : "none"                       | none | of the module
          try(module.m.out, "none")                                      | none | of the module
          """)
  void isAskedForFirst(String expression, String without, String with) throws Exception {
    String more = ONE + module("%1$s");
    assertThat(output(expression, more.formatted("true"))).isEqualTo(new Str(with));
    assertThat(output(expression, more.formatted("false"))).isEqualTo(new Str(without));
  }

  @Test
  void isNull() throws Exception {
    assertThat(output("terraform_data.one == null", ONE.formatted("false"))).isEqualTo(Bool.TRUE);
    assertThat(output("module.m == null", module("false"))).isEqualTo(Bool.TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          terraform_data.one.input    | terraform_data.one
          "of ${terraform_data.one.id}" | terraform_data.one
          module.m.out                | module.m
          """)
  void saysHowItIsAskedFor(String expression, String name) throws Exception {
    bench.configure(
        ONE.formatted("false")
            + module("false")
            + "output \"x\" {\n  value = %s\n}\n".formatted(expression));
    assertThat(bench.plan()).isEmpty();
    String reference = expression.replaceAll(".*\\{|}.*", "");
    assertThat(bench.findings())
        .containsExactly(
            "%1$s is disabled: Its lifecycle says enabled = false, so it is null and has no attributes. Ask first, as in %1$s != null ? %2$s : null, or write try(%2$s, null)."
                .formatted(name, reference));
  }

  @Nested
  class TheValue {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            null                      | It is null; it must be true or false.
            "some"                    | It must be true or false: a bool is required.
            [true]                    | It must be true or false: bool required.
            sensitive(true)           | It is sensitive, but whether there is an instance would show it. Use nonsensitive() where it is no secret.
            terraform.applying        | It comes of an ephemeral value, but state keeps which instances there are.
            terraform_data.o.id == "" | It depends on values that are known only after apply, so it can't be told which instances there will be. Give enabled something that is known beforehand, such as names from the configuration.
            """)
    void isTrueOrFalse(String enabled, String detail) throws Exception {
      for (String text : new String[] {ONE.formatted(enabled), module(enabled)}) {
        bench.configure(text + "resource \"terraform_data\" \"o\" {}\n");
        assertThat(bench.plan()).isEmpty();
        assertThat(bench.findings())
            .singleElement()
            .asString()
            .startsWith("Invalid enabled argument: " + detail);
      }
    }

    @ParameterizedTest
    @CsvSource({"count = 1,count", "'for_each = {}',for_each"})
    void standsAlone(String other, String name) throws Exception {
      for (String text : new String[] {ONE.formatted("true"), module("true")}) {
        bench.configure(text.replaceFirst("\n", "\n  " + other + "\n"));
        assertThat(bench.plan()).isEmpty();
        assertThat(bench.findings())
            .containsExactly(
                "Both enabled and %1$s are given: %1$s says already which instances there are, so it can say that there are none: take one of them away."
                    .formatted(name));
      }
    }

    @Test
    void isAllThatTheLifecycleOfAModuleSays() throws Exception {
      bench.configure(module("true\n    prevent_destroy = true"));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Unsupported argument: An argument named \"prevent_destroy\"");
    }

    @Test
    void isCheckedWhereverItIsWritten() throws Exception {
      bench.module(ONE.formatted("var.nosuch"));
      bench.configure(module("false"));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "Reference to undeclared variable: No variable \"nosuch\" is declared in this module.");
    }
  }

  @Nested
  class InState {
    @Test
    void isDestroyedWhereItIsDisabled() throws Exception {
      apply(ONE.formatted("true"));
      PlannedInstance gone = planned(plan(ONE.formatted("false")), "terraform_data.one");
      assertThat(gone.action()).isEqualTo(Action.DELETE);
      assertThat(gone.reason().kind()).isEqualTo(ActionReason.DELETE_ENABLED_FALSE);
      assertThat(gone.reason().text()).isEqualTo("its lifecycle says enabled = false");
      apply(ONE.formatted("false"));
      assertThat(addresses()).isEmpty();
    }

    @Test
    void isDestroyedWithItsModule() throws Exception {
      bench.module("resource \"terraform_data\" \"inner\" {}\n");
      apply(module("true"));
      PlannedInstance gone = planned(plan(module("false")), "module.m.terraform_data.inner");
      assertThat(gone.action()).isEqualTo(Action.DELETE);
      assertThat(gone.reason().kind()).isEqualTo(ActionReason.DELETE_NO_MODULE);
      assertThat(gone.reason().text()).isEqualTo("the lifecycle of module.m says enabled = false");
    }

    @ParameterizedTest
    @CsvSource({"count = 1,true", "count = 1,1 > 0"})
    void movesFromCountAndBack(String count, String enabled) throws Exception {
      String counted = "resource \"terraform_data\" \"one\" {\n  input = \"it\"\n  %s\n}\n";
      apply(counted.formatted(count));
      String before = id("terraform_data.one[0]");
      apply(ONE.formatted(enabled));
      assertThat(addresses()).containsExactly("terraform_data.one");
      assertThat(id("terraform_data.one")).isEqualTo(before);
      apply(counted.formatted(count));
      assertThat(id("terraform_data.one[0]")).isEqualTo(before);
    }

    private String id(String address) throws Exception {
      return bench.state().instances().get(address).attributes().get("id").toString();
    }

    @Test
    void isDestroyedAfterWhatNeededIt() throws Exception {
      String host =
          Workbench.HOSTS
              + """
              resource "note" "first" {
                host = host.all["a"].id
                path = "/first"
                text = "first"
                lifecycle {
                  enabled = %s
                }
              }
              resource "note" "second" {
                host = host.all["a"].id
                path = "/second"
                text = try(note.first.text, "alone")
              }
              """;
      apply(host.formatted("true"));
      bench.hosts().forget();
      apply(host.formatted("false"));
      assertThat(bench.hosts().done())
          .containsExactly("10.0.0.1: write /second", "10.0.0.1: remove /first");
    }

    @Test
    void isDecidedByWhatIsRead() throws Exception {
      String text =
          Workbench.HOSTS
              + """
              data "note" "wanted" {
                host = host.all["a"].id
                path = "/wanted"
              }
              """
              + ONE.formatted("data.note.wanted.text == \"yes\"");
      apply(Workbench.HOSTS);
      bench.hosts().files("10.0.0.1").put("/wanted", "yes");
      apply(text);
      assertThat(addresses()).contains("terraform_data.one");
      bench.hosts().files("10.0.0.1").put("/wanted", "no");
      apply(text);
      assertThat(addresses()).doesNotContain("terraform_data.one");
    }
  }

  @Test
  void dataIsNotReadWhereItIsDisabled() throws Exception {
    apply(Workbench.HOSTS);
    String text =
        Workbench.HOSTS
            + """
            data "note" "wanted" {
              host = host.all["a"].id
              path = "/wanted"
              lifecycle {
                enabled = %s
              }
            }
            """;
    bench.hosts().files("10.0.0.1").put("/wanted", "yes");
    String asked = "data.note.wanted != null ? data.note.wanted.text : \"none\"";
    assertThat(output(asked, text.formatted("true"))).isEqualTo(new Str("yes"));
    assertThat(output(asked, text.formatted("false"))).isEqualTo(new Str("none"));
  }
}
