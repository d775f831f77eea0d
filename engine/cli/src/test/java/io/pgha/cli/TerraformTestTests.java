package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests come to what {@code terraform test} 1.11.4 says of the same files. */
class TerraformTestTests {
  private static final String CONFIGURATION =
      """
      variable "size" {
        type    = number
        default = 1
        validation {
          condition     = var.size > 0
          error_message = "The size must be positive."
        }
      }
      resource "terraform_data" "note" {
        input            = var.size
        triggers_replace = var.size > 100
        lifecycle {
          postcondition {
            condition     = self.output < 10
            error_message = "Too large."
          }
        }
      }
      resource "terraform_data" "many" {
        count = var.size
        input = count.index
      }
      module "inner" {
        source = "./inner"
        from   = terraform_data.note.output
      }
      check "five" {
        assert {
          condition     = var.size != 5
          error_message = "It is five."
        }
      }
      output "size" {
        value = module.inner.next
        precondition {
          condition     = var.size != 7
          error_message = "Not seven."
        }
      }
      output "id" {
        value = terraform_data.note.id
      }
      """;

  private static final String INNER =
      """
      variable "from" {}
      resource "terraform_data" "inner" {
        input = var.from + 1
      }
      output "next" {
        value = terraform_data.inner.output
      }
      output "other" {
        value = "other"
      }
      """;

  /** Where configurations of a provider are named, passed and inherited. */
  private static final String SITES =
      """
      provider "terraform" {
        alias = "west"
      }
      resource "terraform_data" "own" {
        count = 2
      }
      resource "terraform_data" "west" {
        provider = terraform.west
      }
      module "passed" {
        source    = "./inner"
        providers = { terraform = terraform.west }
      }
      module "inherits" {
        source = "./inner"
      }
      output "ids" {
        value = join(" ", [for id in [
          terraform_data.own[0].id, terraform_data.own[1].id, terraform_data.west.id, module.passed.id,
          module.inherits.id
        ] : length(id) < 8 ? id : length(id) == 8 ? "made_up" : "real"])
      }
      """;

  private static final String SITE =
      """
      resource "terraform_data" "site" {}
      output "id" {
        value = terraform_data.site.id
      }
      """;

  private static final String SHARED =
      """
      mock_resource "terraform_data" {
        defaults = { id = "shared" }
      }
      override_resource {
        target = terraform_data.own[0]
        values = { id = "first" }
      }
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void needsTerraform() {
    Terraform.assumeInstalled();
  }

  static List<String> tests() {
    return List.of(
        """
        variables {
          size = 2
        }
        run "kept" {
          assert {
            condition     = output.size == 3 && length(terraform_data.many) == 2
            error_message = "It is ${output.size}."
          }
        }
        run "again" {
          variables {
            size = run.kept.size
          }
          assert {
            condition     = output.id == run.kept.id && output.size == 4
            error_message = "It is another."
          }
        }
        run "planned" {
          command = plan
          assert {
            condition     = terraform_data.note.input == 3
            error_message = "It is ${terraform_data.note.input}."
          }
        }
        run "replaced" {
          plan_options {
            replace = [terraform_data.note]
          }
          assert {
            condition     = output.id != run.kept.id
            error_message = "It is the same."
          }
        }
        """,
        """
        run "fails" {
          assert {
            condition     = var.size == 2
            error_message = "It is ${var.size}."
          }
        }
        run "goes_on" {}
        run "unknown" {
          command = plan
          plan_options {
            replace = [terraform_data.note]
          }
          assert {
            condition     = output.id == "x"
            error_message = "Another."
          }
        }
        run "skipped" {}
        """,
        """
        run "validation" {
          command = plan
          variables {
            size = 0
          }
          expect_failures = [var.size]
        }
        run "check" {
          variables {
            size = 5
          }
          expect_failures = [check.five]
        }
        run "postcondition" {
          variables {
            size = 20
          }
          expect_failures = [terraform_data.note]
        }
        run "output" {
          command = plan
          variables {
            size = 7
          }
          expect_failures = [output.size]
        }
        run "none" {
          expect_failures = [check.five]
        }
        run "skipped" {}
        """,
        """
        run "too_early" {
          variables {
            size = 0
          }
          expect_failures = [var.size]
        }
        run "skipped" {}
        """,
        """
        run "check" {
          variables {
            size = 5
          }
        }
        """,
        """
        override_module {
          target  = module.inner
          outputs = { next = 42 }
        }
        run "overridden" {
          assert {
            condition     = output.size == 42 && module.inner.other == null
            error_message = "It is ${output.size}."
          }
        }
        run "resource" {
          override_resource {
            target          = terraform_data.many
            values          = { id = "many" }
            override_during = plan
          }
          variables {
            size = 3
          }
          assert {
            condition     = terraform_data.many[2].id == "many"
            error_message = "It is ${terraform_data.many[2].id}."
          }
        }
        """,
        """
        mock_provider "terraform" {
          mock_resource "terraform_data" {
            defaults = { output = 4 }
          }
        }
        run "mocked" {
          assert {
            condition     = length(output.id) == 8 && output.size == 4 && terraform_data.note.input == 1
            error_message = "It is ${output.size}."
          }
        }
        """,
        """
        run "setup" {
          module {
            source = "./inner"
          }
          variables {
            from = 1
          }
        }
        run "main" {
          variables {
            size = run.setup.next
          }
          assert {
            condition     = output.size == 3
            error_message = "It is ${output.size}."
          }
        }
        """);
  }

  /** What the ids of the sites are to be, and the head of a test that comes to that. */
  static List<Arguments> mocks() {
    String own = "mock_resource \"terraform_data\" {\n defaults = { id = \"block\" }\n}\n";
    String override =
        "override_resource {\n target = terraform_data.%s\n values = { id = \"%s\" }\n}\n";
    String shared = "source = \"./mocks\"\n";
    String byDefault = mock("", own);
    String other = mock("other", shared);
    return List.of(
        arguments("real real real real real", "", ""),
        arguments("block block real real block", byDefault, ""),
        arguments("made_up made_up real real made_up", mock("", ""), ""),
        arguments("real real block block real", mock("west", own), ""),
        arguments("real real real real real", mock("other", own), ""),
        arguments("first shared real real shared", mock("", shared), ""),
        arguments("first block real real block", mock("", shared + own), ""),
        arguments(
            "mine shared real real shared",
            mock("", shared + override.formatted("own[0]", "mine")),
            ""),
        arguments(
            "first mine real real shared",
            mock("", shared + override.formatted("own", "mine")),
            ""),
        arguments("file file real real block", byDefault + override.formatted("own", "file"), ""),
        arguments(
            "first file real real shared",
            mock("", shared) + override.formatted("own", "file"),
            ""),
        arguments(
            "file run real real real",
            override.formatted("own[0]", "file"),
            override.formatted("own", "run")),
        arguments(
            "block block real real block", mock("", own + override.formatted("west", "mine")), ""),
        arguments(
            "block block mine real block", byDefault + override.formatted("west", "mine"), ""),
        arguments("first shared block block shared", mock("", shared) + mock("west", own), ""),
        arguments(
            "first shared real real shared",
            byDefault + other,
            "providers = { terraform = terraform.other }\n"),
        arguments(
            "real real shared shared real",
            byDefault + other,
            "providers = { terraform.west = terraform.other }\n"),
        arguments(
            "block block shared shared block",
            byDefault + other,
            "providers = {\n terraform = terraform\n terraform.west = terraform.other\n}\n"),
        arguments("block block real real block", byDefault + other, "providers = {}\n"),
        arguments(
            "real real block block real", "provider \"terraform\" {}\n" + mock("west", own), ""),
        arguments(
            "block block real real block",
            "provider \"terraform\" {\n alias = \"plain\"\n}\n" + byDefault,
            "providers = {\n terraform = terraform\n terraform.west = terraform.plain\n}\n"));
  }

  private static String mock(String alias, String content) {
    String named = alias.isEmpty() ? "" : "alias = \"" + alias + "\"\n";
    return "mock_provider \"terraform\" {\n" + named + content + "}\n";
  }

  @ParameterizedTest
  @MethodSource("mocks")
  void mocksAreOfTheSameInstances(String ids, String head, String run) throws Exception {
    String test =
        head
            + "run \"ids\" {\n"
            + run
            + """
              assert {
                condition     = output.ids == "%s"
                error_message = "They are ${output.ids}."
              }
            }
            """
                .formatted(ids);
    assertThat(said(SITES, SITE, test)).contains("  run \"ids\"... pass\n");
  }

  @ParameterizedTest
  @MethodSource("tests")
  void comeToTheSame(String test) throws Exception {
    assertThat(said(CONFIGURATION, INNER, test)).contains("run ");
  }

  /** What both say. */
  private String said(String configuration, String inner, String test) throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    Path ours = Files.createDirectories(folder.resolve("ours"));
    for (String name : List.of("inner", "mocks")) {
      Files.createDirectories(theirs.resolve(name));
      Files.createDirectories(ours.resolve(name));
    }
    Files.writeString(theirs.resolve("main.tf"), configuration);
    Files.writeString(theirs.resolve("inner/main.tf"), inner);
    Files.writeString(theirs.resolve("mocks/a.tfmock.hcl"), SHARED);
    Files.writeString(theirs.resolve("a.tftest.hcl"), test);
    Files.writeString(ours.resolve("main.pgha.hcl"), configuration);
    Files.writeString(ours.resolve("inner/main.pgha.hcl"), inner);
    Files.writeString(ours.resolve("mocks/a.pghamock.hcl"), SHARED);
    Files.writeString(ours.resolve("a.pghatest.hcl"), test);
    Terraform.run(theirs, "", "init");
    Cli.Said said = new Cli(ours, Map.of()).run("test");
    assertThat(said.out().replace(".pghatest.", ".tftest."))
        .as(said.errors())
        .isEqualTo(withoutWarnings(Terraform.run(theirs, "", "test", "-no-color").out()));
    return said.out();
  }

  /** Terraform writes warnings between these lines, pgha to where errors go. */
  private static String withoutWarnings(String out) {
    return out.lines()
            .filter(line -> line.matches("a\\.tftest.*|  run .*|(Success|Failure)!.*"))
            .map(line -> line.endsWith("ed.") ? "\n" + line : line)
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
