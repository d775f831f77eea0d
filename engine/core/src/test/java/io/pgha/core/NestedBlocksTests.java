package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks stand for arguments that hold objects, and dynamic blocks for many of them. */
final class NestedBlocksTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private ObjectValue box(String text) throws Exception {
    Plan plan = bench.configure(text).plan().orElseThrow(() -> failed());
    return Workbench.planned(plan, "box.a").after();
  }

  private AssertionError failed() {
    return new AssertionError(bench.findings().toString());
  }

  /** Two ways to say the same. */
  private void same(String blocks, String arguments) throws Exception {
    assertThat(box("resource \"box\" \"a\" {\n" + blocks + "\n}"))
        .isEqualTo(box("resource \"box\" \"a\" {\n" + arguments + "\n}"));
  }

  private void refused(String blocks, String... findings) throws Exception {
    assertThat(bench.configure("resource \"box\" \"a\" {\n" + blocks + "\n}").plan()).isEmpty();
    assertThat(
            bench.diagnostics().all().stream().map(found -> found.summary() + " at " + line(found)))
        .containsExactly(findings);
  }

  private static int line(Diagnostic found) {
    return found.subject().orElseThrow().start().line();
  }

  @Nested
  final class Blocks {
    @Test
    void oneIsAnObject() throws Exception {
      same(
          """
          label {
            name = "x"
            maker {
              town = "Yazd"
            }
          }
          """,
          "label = { name = \"x\", maker = { town = \"Yazd\" } }");
    }

    @Test
    void severalAreAListInSourceOrder() throws Exception {
      same(
          """
          things {
            name = "b"
          }
          things {
            name   = "a"
            weight = 1
          }
          """,
          "things = [{ name = \"b\" }, { name = \"a\", weight = 1 }]");
    }

    @Test
    void labelledOnesAreAMap() throws Exception {
      same(
          """
          drawers "top" {
            name = "x"
          }
          drawers "low" {
            name = "y"
          }
          """,
          "drawers = { top = { name = \"x\" }, low = { name = \"y\" } }");
    }

    @Test
    void valuesInThemMayReferToAnything() throws Exception {
      assertThat(
              box("""
              locals { word = "local" }
              resource "terraform_data" "other" { input = "known" }
              resource "box" "a" {
                things {
                  name = "${local.word} ${terraform_data.other.output}"
                }
                things {
                  name = terraform_data.other.id
                }
              }
              """)
                  .get("things"))
          .satisfies(things ->
              assertThat(text(things)).contains("local known").contains("(known after apply)"));
    }

    @Test
    void severalWhereThereCanBeOneAreRefused() throws Exception {
      refused("label {\n name = 1\n}\nlabel {\n name = 2\n}", "Duplicate label block at 5");
    }

    @Test
    void aKeyCanBeThereOnce() throws Exception {
      refused(
          "drawers \"x\" {\n name = 1\n}\ndrawers \"x\" {\n name = 2\n}",
          "Duplicate drawers block at 5");
    }

    @Test
    void argumentAndBlockDoNotGoTogether() throws Exception {
      refused("things = []\nthings {\n name = 1\n}", "Argument and block of one name at 3");
    }

    @Test
    void whatIsMissingOrTooMuchInsideIsSaidOnceWhereItIs() throws Exception {
      refused(
          "label {\n other = 1\n}", "Missing required argument at 2", "Unsupported argument at 3");
      refused("label {\n nme = 1\n}", "Unsupported argument at 3");
      refused("drawers {\n name = 1\n}", "Missing key for drawers at 2");
      refused("label \"x\" {\n name = 1\n}", "Extraneous label for label at 2");
      refused("lable {\n name = 1\n}", "Unsupported block type at 2");
    }

    @Test
    void aWrongTypeIsSaidAtItsValue() throws Exception {
      refused(
          "label {\n name = 1\n weight = \"heavy\"\n}",
          "Inappropriate value for attribute \"label\" at 4");
      refused(
          "drawers \"x\" {\n name = 1\n weight = \"heavy\"\n}",
          "Inappropriate value for attribute \"drawers\" at 4");
    }

    /** What a base says of its things, what an override says, and what comes of both. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            things {\\n name = "base"\\n}   | things {\\n name = "over"\\n}    | over
            things {\\n name = "base"\\n}   | things = [{ name = "over" }]    | over
            things = [{ name = "base" }]   | things {\\n name = "over"\\n}    | over
            things {\\n name = "base"\\n}   | DYNAMIC                         | dynamic
            DYNAMIC                        | things {\\n name = "over"\\n}    | over
            DYNAMIC                        | things = [{ name = "over" }]    | over
            things = [{ name = "base" }]   | DYNAMIC                         | dynamic
            DYNAMIC                        | label {\\n name = "x"\\n}        | dynamic
            DYNAMIC                        | dynamic "label" {\\n for_each = [1]\\n content {\\n name = "x"\\n}\\n} | dynamic
            """)
    void anOverrideFileReplacesAllOfAName(String base, String over, String name) throws Exception {
      Files.writeString(
          folder.resolve("override.pgha.hcl"), "resource \"box\" \"a\" {\n" + text(over) + "\n}\n");
      assertThat(text(box("resource \"box\" \"a\" {\n" + text(base) + "\n}").get("things")))
          .contains("\"" + name + "\"")
          .containsOnlyOnce("weight");
    }

    private static String text(String body) {
      String dynamic =
          "dynamic \"things\" {\n for_each = [1]\n content {\n name = \"dynamic\"\n}\n}";
      return body.replace("\\n", "\n").replace("DYNAMIC", dynamic);
    }

    private static String text(Value value) {
      return ValueText.of(value);
    }
  }

  @Nested
  final class Dynamic {
    @Test
    void makesOneBlockAnElementWithItsKeyAndValue() throws Exception {
      same(
          """
          dynamic "things" {
            for_each = { a = 1, b = 2 }
            content {
              name   = things.key
              weight = things.value
            }
          }
          """,
          "things = [{ name = \"a\", weight = 1 }, { name = \"b\", weight = 2 }]");
      same(
          """
          dynamic "things" {
            for_each = toset(["b", "a"])
            content {
              name = "${things.key} ${things.value}"
            }
          }
          """,
          "things = [{ name = \"a a\" }, { name = \"b b\" }]");
      same(
          """
          dynamic "things" {
            for_each = ["b", "a"]
            content {
              name = "${things.key} ${things.value}"
            }
          }
          """,
          "things = [{ name = \"0 b\" }, { name = \"1 a\" }]");
    }

    @Test
    void standsAmongOthersWhereItIsWritten() throws Exception {
      same(
          """
          things {
            name = "first"
          }
          dynamic "things" {
            for_each = ["second", "third"]
            content {
              name = things.value
            }
          }
          things {
            name = "fourth"
          }
          """,
          "things = [for name in [\"first\", \"second\", \"third\", \"fourth\"] : { name = name }]");
    }

    @Test
    void hasAnIteratorOfAnotherNameAndMayBeNested() throws Exception {
      same(
          """
          dynamic "things" {
            for_each = ["a", "b"]
            iterator = outer
            content {
              name = outer.value
              dynamic "maker" {
                for_each = outer.value == "a" ? [] : ["Yazd"]
                content {
                  town = "${maker.value} ${outer.key}"
                }
              }
            }
          }
          """,
          "things = [{ name = \"a\" }, { name = \"b\", maker = { town = \"Yazd 1\" } }]");
    }

    @Test
    void hasTheKeysOfAMapAsLabels() throws Exception {
      same(
          """
          drawers "own" {
            name = "x"
          }
          dynamic "drawers" {
            for_each = { top = "y", low = "z" }
            labels   = ["the ${drawers.key}"]
            content {
              name = drawers.value
            }
          }
          """,
          """
          drawers = {
            own       = { name = "x" }
            "the top" = { name = "y" }
            "the low" = { name = "z" }
          }
          """);
    }

    @Test
    void ofNothingIsNothing() throws Exception {
      same("dynamic \"things\" {\n for_each = []\n content {\n name = 1\n}\n}", "things = []");
      assertThat(
              box("""
              resource "box" "a" {
                dynamic "label" {
                  for_each = []
                  content {
                    name = "x"
                  }
                }
              }
              """)
                  .get("label"))
          .isInstanceOf(Null.class);
    }

    @Test
    void ofWhatIsNotKnownIsUnknown() throws Exception {
      ObjectValue box =
          box(
              """
              resource "terraform_data" "other" {}
              resource "box" "a" {
                dynamic "things" {
                  for_each = [terraform_data.other.id]
                  content {
                    name = things.value
                  }
                }
                dynamic "drawers" {
                  for_each = { for id in terraform_data.other[*].id : id => id }
                  labels   = [drawers.key]
                  content {
                    name = "x"
                  }
                }
              }
              """);
      assertThat(text(box.get("things"))).contains("(known after apply)").contains("7");
      assertThat(box.get("drawers").isKnown()).isFalse();
    }

    @Test
    void ofWhatIsSensitiveIsSensitive() throws Exception {
      Plan plan =
          bench
              .configure(
                  """
                  resource "box" "a" {
                    dynamic "things" {
                      for_each = sensitive(["hidden"])
                      content {
                        name = things.value
                      }
                    }
                  }
                  """)
              .plan()
              .orElseThrow(() -> failed());
      assertThat(Workbench.planned(plan, "box.a").secretPaths())
          .contains(AttributePath.of("things"));
      assertThat(Workbench.planned(plan, "box.a").after().marks()).doesNotContain(Mark.EPHEMERAL);
    }

    @Test
    void seesCountAndEach() throws Exception {
      Plan plan =
          bench
              .configure(
                  """
                  resource "box" "a" {
                    for_each = { x = ["1", "2"] }
                    dynamic "things" {
                      for_each = each.value
                      content {
                        name = "${each.key}${things.value}"
                      }
                    }
                  }
                  """)
              .plan()
              .orElseThrow(() -> failed());
      assertThat(text(Workbench.planned(plan, "box.a[\"x\"]").after().get("things")))
          .contains("x1", "x2");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            content {\\n name = 1\\n}                             | Missing required argument at 2
            for_each = []                                         | Missing content block at 2
            for_each = []\\n content {\\n name = 1\\n}\\n content {} | Duplicate content block at 7
            for_each = null\\n content {\\n name = 1\\n}          | Iteration over null value at 3
            for_each = []\\n iterator = "x"\\n content {\\n name = 1\\n} | Invalid iterator name at 4
            for_each = []\\n labels = []\\n content {\\n name = 1\\n}    | Extraneous labels at 4
            for_each = []\\n x = 1\\n content {\\n name = 1\\n}   | Unsupported argument at 4
            for_each = ["x"]\\n content {\\n name = thing.value\\n} | Reference to undeclared resource at 5
            """)
    void saysWhatIsWrong(String body, String finding) throws Exception {
      refused("dynamic \"things\" {\n " + body.replace("\\n", "\n") + "\n}", finding.strip());
    }

    @Test
    void saysWhatIsWrongWithLabels() throws Exception {
      refused(
          "dynamic \"drawers\" {\n for_each = []\n content {\n name = 1\n}\n}",
          "Invalid labels at 2");
      refused(
          "dynamic \"drawers\" {\n for_each = [1, 2]\n labels = [\"x\"]\n content {\n name = 1\n}\n}",
          "Duplicate object key at 2");
    }

    @Test
    void isOfABlockTypeThatThereIs() throws Exception {
      refused("dynamic \"thngs\" {\n for_each = []\n content {}\n}", "Unsupported block type at 2");
      assertThat(bench.findings().getFirst()).contains("Did you mean \"things\"?");
      refused(
          "dynamic \"lifecycle\" {\n for_each = []\n content {}\n}", "Unsupported block type at 2");
      refused(
          "dynamic \"dynamic\" {\n for_each = []\n content {}\n}", "Unsupported block type at 2");
    }

    @Test
    void isRefusedWhereOneCanBeAndMoreAre() throws Exception {
      refused(
          "dynamic \"label\" {\n for_each = [1, 2]\n content {\n name = 1\n}\n}",
          "Invalid function argument at 2");
    }

    @Test
    void isWrittenInJsonToo() throws Exception {
      Files.writeString(
          folder.resolve("box.pgha.json"),
          """
          {"resource": {"box": {"a": {
            "dynamic": {"drawers": {
              "for_each": {"top": "y"},
              "iterator": "it",
              "labels": ["${it.key}"],
              "content": {"name": "${it.value}", "maker": {"town": "Yazd"}}
            }},
            "things": [{"name": "x"}]
          }}}}
          """);
      ObjectValue box = box("");
      assertThat(text(box.get("drawers"))).contains("top").contains("y").contains("Yazd");
      assertThat(text(box.get("things"))).contains("x");
    }
  }

  private static String text(Value value) {
    return ValueText.of(value);
  }
}
