package io.pgha.core;

import static io.pgha.core.testing.Workbench.HOSTS;
import static io.pgha.core.testing.Workbench.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Str;
import io.pgha.provider.change.Action;
import io.pgha.state.InstanceState;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What state alone gives up or takes over, as {@code removed} and {@code import} blocks say. */
final class ForgetAndImportTests {
  private static final String MEMBERS = NOTES.replace("\"note\"", "\"member\"");

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private Set<String> addresses() throws Exception {
    return bench.state().instances().keySet();
  }

  private void module(String text) throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"), text);
  }

  private static String removed(String from, boolean destroy) {
    return "removed {\n from = %s\n lifecycle {\n  destroy = %s\n }\n}\n".formatted(from, destroy);
  }

  private static String imported(String to) {
    return "import {\n to = %s\n id = \"as found\"\n}\n".formatted(to);
  }

  @Nested
  class Removed {
    @Test
    void isForgottenAndLeftAsItIs() throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.hosts().forget();
      bench.configure(HOSTS + removed("note.all", false));
      Plan plan = bench.plan().orElseThrow();
      assertThat(plan.stateChanges().forgotten())
          .containsExactly("note.all[\"a\"]", "note.all[\"b\"]");
      assertThat(plan.changes()).isEmpty();
      assertThat(plan.isEmpty()).isFalse();
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().done()).isEmpty();
      assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
      assertThat(addresses()).containsExactly("host.all[\"a\"]", "host.all[\"b\"]");
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void isForgottenThoughItsMachineIsGone() throws Exception {
      bench.configure(HOSTS + MEMBERS).apply();
      bench.hosts().setDown("10.0.0.1", true);
      bench.hosts().setDown("10.0.0.2", true);
      bench.hosts().forget();
      bench.configure(removed("host.all", false) + removed("member.all", false));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().asked()).isEmpty();
      assertThat(addresses()).isEmpty();
    }

    @Test
    void canStillBeReachedByWhatGoesOnIt() throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.configure(removed("host.all", false));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
      assertThat(addresses()).isEmpty();
    }

    @Test
    void staysAsLongAsSomethingNeedsItThatCouldNotBeTakenAway() throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.hosts().setDown("10.0.0.1", true);
      bench.configure(removed("host.all", false));
      assertThat(bench.apply()).isFalse();
      assertThat(bench.findings())
          .contains(
              "Not forgotten yet: host.all[\"a\"]: note.all[\"a\"] needs it and is still there. The"
                  + " next apply forgets it once that is gone or forgotten too.");
      assertThat(addresses()).containsExactly("host.all[\"a\"]", "note.all[\"a\"]");
      bench.hosts().setDown("10.0.0.1", false);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
      assertThat(addresses()).isEmpty();
    }

    /** As Terraform 1.11.4 has it, whichever block stands first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNotDestroyedWhereAnyBlockAboutItSaysSo(boolean moduleFirst) throws Exception {
      module(HOSTS + NOTES);
      bench.configure("module \"m\" {\n source = \"./m\"\n}\n").apply();
      String module = removed("module.m", false);
      String notes = removed("module.m.note.all", true);
      bench.configure(moduleFirst ? module + notes : notes + module);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
      assertThat(addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isForgottenOutOfAModuleThatIsDestroyed(boolean moduleFirst) throws Exception {
      module(HOSTS + NOTES);
      bench.configure("module \"m\" {\n source = \"./m\"\n}\n").apply();
      String module = removed("module.m", true);
      String notes = removed("module.m.note.all", false);
      bench.configure(moduleFirst ? module + notes : notes + module);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
      assertThat(addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isWhatTheFirstOfSeveralBlocksForOneAddressSays(boolean destroy) throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.configure(HOSTS + removed("note.all", destroy) + removed("note.all", !destroy));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1").containsKey("/note")).isEqualTo(!destroy);
    }

    @Test
    void isWhatTheCallerSaysBeforeWhatTheModuleSays() throws Exception {
      module(HOSTS + NOTES);
      bench.configure("module \"m\" {\n source = \"./m\"\n}\n").apply();
      Files.writeString(folder.resolve("m/m.pgha.hcl"), HOSTS + removed("note.all", false));
      bench.configure(
          "module \"m\" {\n source = \"./m\"\n}\n" + removed("module.m.note.all", true));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
    }

    @Test
    void isDestroyedWhereTheBlockSaysSo() throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.configure(HOSTS + removed("note.all", true));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " lifecycle {\n }\n", " lifecycle {\n  destroy = !false\n }\n"})
    void isDestroyedWhereTheBlockDoesNotSay(String lifecycle) throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.configure(HOSTS + "removed {\n from = note.all\n" + lifecycle + "}\n");
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
    }

    @Test
    void isForgottenByADestroyToo() throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.configure(HOSTS + removed("note.all", false));
      assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().files("10.0.0.1")).containsKey("/note");
      assertThat(addresses()).isEmpty();
    }

    @Test
    void mayBeAWholeModule() throws Exception {
      module("resource \"terraform_data\" \"x\" {\n input = 1\n}\n");
      bench.configure("module \"m\" {\n source = \"./m\"\n count = 2\n}\n").apply();
      assertThat(addresses()).hasSize(2);
      bench.configure(removed("module.m", false));
      assertThat(bench.plan().orElseThrow().changes()).isEmpty();
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(addresses()).isEmpty();
    }

    @Test
    void isOnlyWhatThePlanIsAbout() throws Exception {
      bench.configure(HOSTS + NOTES).apply();
      bench.configure(HOSTS + removed("note.all", false));
      PlanOptions one = new PlanOptions(Mode.NORMAL, Set.of("note.all[\"a\"]"), Set.of());
      assertThat(bench.apply(one, session -> session)).as("%s", bench.findings()).isTrue();
      assertThat(addresses()).contains("note.all[\"b\"]").doesNotContain("note.all[\"a\"]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            host.all["a"]        | A key in a removed block
            module.m[0].host.all | A key in a removed block
            host.all             | What was removed is still there
            host.all.id          | Not an address
            """)
    void isAnErrorWhereItMakesNoSense(String from, String summary) throws Exception {
      bench.configure(HOSTS + removed(from, false));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo(summary);
            assertThat(found.subject()).isPresent();
          });
    }
  }

  @Nested
  class Imported {
    @Test
    void isChangedInPlaceAndKnownFromThenOn() throws Exception {
      bench.configure(HOSTS).apply();
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.hosts().files("10.0.0.2").put("/note", "note of b");
      String config = HOSTS + NOTES + imported("note.all[\"a\"]") + imported("note.all[\"b\"]");
      bench.configure(config);
      bench.hosts().forget();
      Plan plan = bench.plan().orElseThrow();
      assertThat(plan.stateChanges().imported())
          .containsOnlyKeys("note.all[\"a\"]", "note.all[\"b\"]")
          .allSatisfy((address, taken) -> assertThat(taken.id()).isEqualTo("as found"));
      assertThat(plan.changes())
          .hasSize(2)
          .allSatisfy(change -> assertThat(change.action()).isEqualTo(Action.UPDATE))
          .allSatisfy(change -> assertThat(change.reason().text()).contains("is imported"));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.hosts().done()).containsExactly("10.0.0.1: write /note");
      assertThat(bench.state().instances().get("note.all[\"a\"]").machineIds())
          .isEqualTo(Map.of("host.all[\"a\"]", "id-10.0.0.1"));
      assertThat(bench.configure(config).plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void isNamedByForEach() throws Exception {
      bench.configure(HOSTS).apply();
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.hosts().files("10.0.0.2").put("/note", "by hand too");
      String block =
          """
          import {
            for_each = { first = "a", second = "b" }
            to       = note.all[each.value]
            id       = "${each.key} of ${host.all[each.value].id}"
          }
          """;
      bench.configure(HOSTS + NOTES + block);
      assertThat(bench.plan().orElseThrow().stateChanges().imported())
          .hasSize(2)
          .allSatisfy((address, taken) ->
              assertThat(taken.id())
                  .isEqualTo(
                      address.contains("\"a\"")
                          ? "first of host.all[\"a\"]"
                          : "second of host.all[\"b\"]"));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(addresses()).contains("note.all[\"a\"]", "note.all[\"b\"]");
      assertThat(bench.configure(HOSTS + NOTES + block).plan().orElseThrow().isEmpty()).isTrue();
    }

    /** As Terraform 1.11.4 has it: {@code each.key} is the number of an element. */
    @ParameterizedTest
    @ValueSource(strings = {"[\"k\", \"l\"]", "tolist([\"k\", \"l\"])"})
    void isNamedByTheElementsOfAList(String list) throws Exception {
      bench.configure(
          """
          resource "terraform_data" "x" {
            count = 2
          }
          import {
            for_each = %s
            to       = terraform_data.x[each.key]
            id       = "${each.value} ${each.key + 1}"
          }
          """
              .formatted(list));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances().values())
          .extracting(state -> state.attributes().get("id"))
          .containsExactly(new Str("k 1"), new Str("l 2"));
    }

    @Test
    void isNobodyInAListThatIsEmpty() throws Exception {
      bench.configure(
          """
          import {
            for_each = tolist([])
            to       = terraform_data.x[each.key]
            id       = each.value
          }
          """);
      assertThat(bench.plan().orElseThrow().isEmpty()).as("%s", bench.findings()).isTrue();
    }

    @Test
    void isNotMadeByAListForAllThat() throws Exception {
      bench.configure("resource \"terraform_data\" \"x\" {\n for_each = [\"k\"]\n}\n");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings()).asString().contains("Invalid for_each argument");
    }

    @Test
    void isNamedInsideOfModulesByForEach() throws Exception {
      module(HOSTS);
      String call = "module \"m\" {\n source = \"./m\"\n for_each = toset([\"x\"])\n}\n";
      bench.configure(call).apply();
      Files.writeString(folder.resolve("m/notes.pgha.hcl"), NOTES);
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.hosts().files("10.0.0.2").put("/note", "by hand");
      bench.configure(
          call
              + "import {\n for_each = toset([\"a\", \"b\"])\n"
              + " to = module.m[\"${\"x\"}\"].note.all[each.key]\n}\n");
      assertThat(bench.plan().orElseThrow().stateChanges().imported())
          .containsOnlyKeys("module.m[\"x\"].note.all[\"a\"]", "module.m[\"x\"].note.all[\"b\"]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            for_each = "a"                | note.all[each.key]  | Invalid for_each argument
            for_each = toset(["a", "b"])  | note.all["a"]       | note.all["a"] is imported twice
            for_each = toset(["c"])       | note.all[each.key]  | The configuration has no instance note.all["c"]
            for_each = { a = ["a"] }      | note.all[each.value]| Invalid key
            for_each = { a = -1 }         | note.all[each.value]| Invalid key
            id = null                     | note.all["a"]       | Invalid id of an import block
            id = ["a"]                    | note.all["a"]       | Invalid id of an import block
            id = sensitive("a")           | note.all["a"]       | Invalid id of an import block
            id = each.key                 | note.all["a"]       | Reference to "each" in a place without it
            """)
    void isAnErrorWhereItsArgumentsMakeNoSense(String argument, String to, String summary)
        throws Exception {
      bench.configure(HOSTS + NOTES + "import {\n %s\n to = %s\n}\n".formatted(argument, to));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo(summary);
            assertThat(found.subject()).isPresent();
          });
    }

    private static final String ADOPTED =
        """
        resource "terraform_data" "a" {
          input = "new"
        }
        output "id" {
          value = terraform_data.a.id
        }
        import {
          to = terraform_data.a
          id = "of old"
        }
        """;

    @Test
    void hasItsIdWhereItIsOnNoMachine() throws Exception {
      Plan plan = bench.configure(ADOPTED).plan().orElseThrow();
      assertThat(plan.changes())
          .singleElement()
          .satisfies(change -> {
            assertThat(change.action()).isEqualTo(Action.UPDATE);
            assertThat(change.before().get("id")).isEqualTo(new Str("of old"));
            assertThat(change.after().get("output")).isEqualTo(new Str("new"));
            assertThat(change.reason().text()).isEqualTo("it is there already and is imported");
          });
      assertThat(plan.outputs())
          .singleElement()
          .satisfies(output -> assertThat(output.after()).contains(new Str("of old")));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      InstanceState made = bench.state().instances().get("terraform_data.a");
      assertThat(made.attributes().get("id")).isEqualTo(new Str("of old"));
      assertThat(made.attributes().get("output")).isEqualTo(new Str("new"));
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void isRecordedWhereNothingElseIsToBeDone() throws Exception {
      bench.configure(ADOPTED.replace("  input = \"new\"\n", ""));
      Plan plan = bench.plan().orElseThrow();
      assertThat(plan.changes()).isEmpty();
      assertThat(plan.isEmpty()).isFalse();
      assertThat(plan.stateChanges().imported()).containsOnlyKeys("terraform_data.a");
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances().get("terraform_data.a").attributes().get("id"))
          .isEqualTo(new Str("of old"));
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void isNotRecordedWhereThePlanIsNotAboutIt() throws Exception {
      bench.configure(
          ADOPTED.replace("  input = \"new\"\n", "") + "resource \"terraform_data\" \"b\" {}\n");
      PlanOptions other = new PlanOptions(Mode.NORMAL, Set.of("terraform_data.b"), Set.of());
      assertThat(bench.apply(other, session -> session)).as("%s", bench.findings()).isTrue();
      assertThat(addresses()).containsExactly("terraform_data.b");
    }

    @Test
    void isMadeAnewWhereATriggerSaysSo() throws Exception {
      bench.configure(ADOPTED.replace("input = ", "triggers_replace = "));
      assertThat(bench.plan().orElseThrow().changes())
          .singleElement()
          .satisfies(change -> assertThat(change.action()).isEqualTo(Action.REPLACE));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().instances().get("terraform_data.a").attributes().get("id"))
          .isNotEqualTo(new Str("of old"));
      assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void needsAnIdWhereItIsOnNoMachine() throws Exception {
      bench.configure(ADOPTED.replace("  id = \"of old\"\n", ""));
      assertThat(bench.apply()).isFalse();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Nothing to import for terraform_data.a: It is on no machine")
          .contains("say its id in an import block");
      assertThat(bench.state().instances()).isEmpty();
    }

    @Test
    void isAnErrorWhereNothingIsThere() throws Exception {
      bench.configure(HOSTS).apply();
      bench.hosts().files("10.0.0.2").put("/note", "by hand");
      bench.configure(HOSTS + NOTES + imported("note.all[\"a\"]"));
      assertThat(bench.apply()).isFalse();
      assertThat(bench.findings())
          .anyMatch(each -> each.startsWith("Nothing to import for note.all[\"a\"]"))
          .anyMatch(each -> each.startsWith("Something is there already"));
      assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
      assertThat(addresses()).containsExactly("host.all[\"a\"]", "host.all[\"b\"]");
    }

    @Test
    void isOnlyWhatThePlanIsAbout() throws Exception {
      bench.configure(HOSTS).apply();
      bench.hosts().files("10.0.0.1").put("/note", "by hand");
      bench.configure(HOSTS + NOTES + imported("note.all[\"a\"]"));
      PlanOptions other = new PlanOptions(Mode.NORMAL, Set.of("note.all[\"b\"]"), Set.of());
      assertThat(bench.apply(other, session -> session)).as("%s", bench.findings()).isTrue();
      assertThat(addresses()).contains("note.all[\"b\"]").doesNotContain("note.all[\"a\"]");
      assertThat(bench.hosts().files("10.0.0.1")).containsEntry("/note", "by hand");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            module.m     | A module can't be imported
            note.all     | The configuration has no instance note.all
            note.missing | The configuration has no instance note.missing
            "note.all"   | Not an address
            """)
    void isAnErrorWhereItMakesNoSense(String to, String summary) throws Exception {
      bench.configure(HOSTS + NOTES + imported(to));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo(summary);
            assertThat(found.subject()).isPresent();
          });
    }
  }
}
