package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class TestCommandTests {
  private static final String NOTES =
      """
      variable "size" {
        type    = number
        default = 1
        validation {
          condition     = var.size > 0
          error_message = "The size must be positive."
        }
      }
      variable "secret" {
        default   = "hush"
        sensitive = true
      }
      resource "terraform_data" "note" {
        input = var.size
        lifecycle {
          postcondition {
            condition     = self.output < 10
            error_message = "Too large."
          }
        }
      }
      check "five" {
        assert {
          condition     = var.size != 5
          error_message = "It is five."
        }
      }
      output "size" {
        value = terraform_data.note.output
      }
      output "id" {
        value = terraform_data.note.id
      }
      output "secret" {
        value     = var.secret
        sensitive = true
      }
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure(NOTES);
  }

  private TestCommandTests file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return this;
  }

  private Cli.Said tested(String text) {
    return file("a.pghatest.hcl", text).cli.run("test");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void runsWhatStandsBesideTheConfigurationAndInTests() throws IOException {
    file("tests/b.pghatest.hcl", "run \"second\" {}\n");
    Cli.Said said =
        tested(
            """
            variables {
              size = 2
            }
            run "first" {
              assert {
                condition     = output.size == 2 && terraform_data.note.input == var.size
                error_message = "It is ${output.size}."
              }
            }
            run "next" {
              command = plan
              variables {
                size = run.first.size + 1
              }
              assert {
                condition     = output.size == 3
                error_message = "It is ${output.size}."
              }
              assert {
                condition     = output.id == run.first.id
                error_message = "It is another one."
              }
            }
            """);
    assertThat(said.errors()).isEmpty();
    assertThat(said.out())
        .isEqualTo(
            """
            a.pghatest.hcl... in progress
              run "first"... pass
              run "next"... pass
            a.pghatest.hcl... tearing down
            a.pghatest.hcl... pass
            tests/b.pghatest.hcl... in progress
              run "second"... pass
            tests/b.pghatest.hcl... tearing down
            tests/b.pghatest.hcl... pass

            Success! 3 passed, 0 failed.
            """);
    assertThat(said.status()).isZero();
    assertThat(names()).containsExactly("a.pghatest.hcl", "main.pgha.hcl", "tests");
  }

  @Test
  void aConfigurationWithoutTestsPasses() {
    Cli.Said said = cli.run("test");
    assertThat(said.out()).isEqualTo("\nSuccess! 0 passed, 0 failed.\n");
    assertThat(said.status()).isZero();
  }

  @Test
  void theStateOfTheProjectIsNeitherReadNorWritten() throws IOException {
    Files.writeString(folder.resolve("pgha.state.json"), "no state");
    assertThat(tested("run \"one\" {}\n").status()).isZero();
    assertThat(folder.resolve("pgha.state.json")).hasContent("no state");
    assertThat(names()).containsExactly("a.pghatest.hcl", "main.pgha.hcl", "pgha.state.json");
  }

  @Test
  void anAssertionThatFailsIsShownWithItsValuesAndTheRestGoesOn() {
    Cli.Said said =
        tested(
            """
            run "wrong" {
              assert {
                condition     = output.size == 7
                error_message = "It is ${output.size}."
              }
              assert {
                condition     = output.secret == "x"
                error_message = "It is ${output.secret}."
              }
            }
            run "right" {}
            """);
    assertThat(said.errors())
        .isEqualTo(
            """
            Error: Test assertion failed

              on a.pghatest.hcl:3,21
                3 |     condition     = output.size == 7
                  |                     ^^^^^^^^^^^^^^^^
                  | output.size is 1

              It is 1.

            Error: Test assertion failed

              on a.pghatest.hcl:7,21
                7 |     condition     = output.secret == "x"
                  |                     ^^^^^^^^^^^^^^^^^^^^
                  | output.secret is a sensitive value

              The error message holds something sensitive or ephemeral and is not shown.

            """);
    assertThat(said.out())
        .contains("  run \"wrong\"... fail\n  run \"right\"... pass\n")
        .endsWith("\nFailure! 1 passed, 1 failed.\n");
    assertThat(said.status()).isEqualTo(1);
  }

  @Test
  void afterARunThatCouldNotBeTriedTheOthersAreSkipped() {
    Cli.Said said =
        tested(
            """
            run "planned" {
              command = plan
              assert {
                condition     = output.id == "x"
                error_message = "Another id."
              }
            }
            run "later" {}
            """);
    assertThat(said.errors())
        .isEqualTo(
            """
            Error: Condition is not known yet

              on a.pghatest.hcl:4,21
                4 |     condition     = output.id == "x"
                  |                     ^^^^^^^^^^^^^^^^
                  | output.id is a string, known only after apply

              It needs something that only an apply tells. Say command = apply, or have a
              mock tell it when the plan is made: override_during = plan.

            """);
    assertThat(said.out()).endsWith("\nFailure! 0 passed, 1 failed, 1 skipped.\n");
  }

  @Nested
  class ExpectedFailures {
    @Test
    void passARunWhereTheyCome() {
      Cli.Said said =
          tested(
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
              """);
      assertThat(said.errors()).isEmpty();
      assertThat(said.out()).endsWith("\nSuccess! 3 passed, 0 failed.\n");
    }

    @Test
    void failARunWhereTheyDoNot() {
      Cli.Said said = tested("run \"fine\" {\n  expect_failures = [var.size]\n}\n");
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: Expected to fail and did not: var.size

                on a.pghatest.hcl:2,22
                  2 |   expect_failures = [var.size]
                    |                      ^^^^^^^^

                All conditions of it hold, or none was looked at.

              """);
    }

    @Test
    void thatComeBeforeTheApplyFailARunThatWasToApply() {
      Cli.Said said =
          tested(
              """
              run "applies" {
                variables {
                  size = 0
                }
                expect_failures = [var.size]
              }
              """);
      assertThat(said.errors())
          .isEqualTo(
              """
              Warning: The expected failure came before the apply

                on a.pghatest.hcl:1,1
                  1 | run "applies" {
                    | ^^^^^^^^^^^^^

                What is expected to fail does so when the plan is made, so nothing was
                applied, and the run does not do what it says. Say command = plan.

              Error: Invalid value for variable "size"

                on a.pghatest.hcl:3,12
                  3 |     size = 0
                    |            ^
                    | var.size is 0

                The size must be positive.

              """);
    }

    @Test
    void areNothingElse() {
      Cli.Said said = tested("run \"five\" {\n  variables {\n    size = 5\n  }\n}\n");
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: Check block assertion failed

                on main.pgha.hcl:24,21
                 24 |     condition     = var.size != 5
                    |                     ^^^^^^^^^^^^^
                    | var.size is 5

                It is five.

              """);
    }
  }

  @Nested
  class Machines {
    private static final String HOST =
        """
        resource "host" "db" {
          for_each = { a = "127.0.0.1", b = "127.0.0.2" }
          name     = each.key
          address  = each.value
          port     = %d
        }
        data "host_file" "motd" {
          host = host.db["a"].id
          path = "/etc/motd"
        }
        output "motd" {
          value = data.host_file.motd.content
        }
        """;

    @Test
    void areRefusedWhereNobodyMocksThem() {
      cli.configure(HOST.formatted(22));
      Cli.Said said = tested("run \"planned\" {\n  command = plan\n}\n");
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: Not mocked: data.host_file.motd

                with data.host_file.motd
                on main.pgha.hcl:7,1
                  7 | data "host_file" "motd" {
                    | ^^^^^^^^^^^^^^^^^^^^^^^

                It is on a machine, and pgha test reaches none. Write mock_provider "host"
                {} in the test file to mock all of that provider, or override_data { target
                = data.host_file.motd } to mock this.

              Error: Not mocked: host.db

                with host.db["a"]
                on main.pgha.hcl:1,1
                  1 | resource "host" "db" {
                    | ^^^^^^^^^^^^^^^^^^^^

                It is on a machine, and pgha test reaches none. Write mock_provider "host"
                {} in the test file to mock all of that provider, or override_resource {
                target = host.db } to mock this.

              """);
      assertThat(said.status()).isEqualTo(1);
    }

    @Test
    void areNeverConnectedTo() throws IOException {
      try (ServerSocket server = new ServerSocket(0)) {
        server.setSoTimeout(1);
        cli.configure(HOST.formatted(server.getLocalPort()));
        Cli.Said refused = tested("run \"applied\" {}\n");
        assertThat(refused.status()).isEqualTo(1);
        Cli.Said said =
            tested(
                """
                mock_provider "host" {
                  mock_data "host_file" {
                    defaults = { content = "Hello." }
                  }
                }
                run "planned" {
                  command = plan
                  assert {
                    condition     = output.motd == "Hello."
                    error_message = "It says ${output.motd}."
                  }
                }
                run "applied" {
                  assert {
                    condition     = length(host.db) == 2 && output.motd == "Hello."
                    error_message = "It says ${output.motd}."
                  }
                }
                run "one" {
                  override_resource {
                    target = host.db["a"]
                  }
                  plan_options {
                    replace = [host.db["a"]]
                    target  = [host.db]
                  }
                }
                """);
        assertThat(said.errors()).isEmpty();
        assertThat(said.out()).endsWith("\nSuccess! 3 passed, 0 failed.\n");
        Assertions.assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
      }
    }

    @Test
    void thatOneRunMocksAreRefusedInTheNextAndDestroyedAllTheSame() {
      cli.configure(
          """
          resource "host" "db" {
            name    = "a"
            address = "127.0.0.1"
          }
          """);
      Cli.Said said =
          tested(
              """
              run "mocked" {
                override_resource {
                  target = host.db
                }
              }
              run "real" {}
              """);
      assertThat(said.errors()).startsWith("Error: Not mocked: host.db\n");
      assertThat(said.out())
          .isEqualTo(
              """
              a.pghatest.hcl... in progress
                run "mocked"... pass
                run "real"... fail
              a.pghatest.hcl... tearing down
              a.pghatest.hcl... fail

              Failure! 1 passed, 1 failed.
              """);
    }
  }

  @Nested
  class Mocks {
    @Test
    void makeUpWhatNobodySays() {
      Cli.Said said =
          tested(
              """
              mock_provider "builtin" {}
              run "made_up" {
                assert {
                  condition     = can(regex("^[a-z0-9]{8}$", output.id))
                  error_message = "The id is ${output.id}."
                }
              }
              """);
      assertThat(said.errors()).isEmpty();
    }

    @Test
    void sayWhatTheyAreTold() {
      Cli.Said said =
          tested(
              """
              mock_provider "terraform_data" {
                override_during = plan
                mock_resource "terraform_data" {
                  defaults = { id = "any" }
                }
              }
              run "any" {
                command = plan
                assert {
                  condition     = output.id == "any"
                  error_message = "The id is ${output.id}."
                }
              }
              run "one" {
                override_resource {
                  target = terraform_data.note
                  values = { id = "one" }
                }
                assert {
                  condition     = output.id == "one"
                  error_message = "The id is ${output.id}."
                }
              }
              """);
      assertThat(said.errors()).isEmpty();
    }

    @Test
    void standForModules() {
      file("inner/main.pgha.hcl", NOTES);
      cli.configure(
          """
          module "notes" {
            source = "./inner"
          }
          output "size" {
            value = module.notes.size
          }
          """);
      Cli.Said said =
          tested(
              """
              override_module {
                target  = module.notes
                outputs = { size = 42 }
              }
              run "without" {
                assert {
                  condition     = output.size == 42 && module.notes.id == null
                  error_message = "The size is ${output.size}."
                }
              }
              """);
      assertThat(said.errors()).isEmpty();
    }
  }

  @Test
  void aRunMayTryAnotherModule() {
    file(
        "tests/setup/main.pgha.hcl",
        """
        variable "from" {}
        resource "terraform_data" "base" {
          input = var.from + 1
        }
        output "size" {
          value = terraform_data.base.output
        }
        """);
    Cli.Said said =
        file(
                "tests/a.pghatest.hcl",
                """
                variables {
                  from = 2
                }
                run "setup" {
                  module {
                    source = "./tests/setup"
                  }
                }
                run "main" {
                  variables {
                    size = run.setup.size + var.from + 1
                  }
                  assert {
                    condition     = output.size == 7
                    error_message = "The size is ${output.size}."
                  }
                }
                """)
            .cli
            .run("test", "-var", "secret=x");
    assertThat(said.errors())
        .isEqualTo(
            """
            Error: Test assertion failed

              on tests/a.pghatest.hcl:14,21
               14 |     condition     = output.size == 7
                  |                     ^^^^^^^^^^^^^^^^
                  | output.size is 6

              The size is 6.

            """);
  }

  @Test
  void testsMayBeWrittenInJson() {
    Cli.Said said =
        file(
                "a.pghatest.json",
                """
                {
                  "variables": { "size": 3 },
                  "run": {
                    "first": {
                      "command": "plan",
                      "assert": [{ "condition": "${output.size == 3}", "error_message": "No." }]
                    }
                  }
                }
                """)
            .cli
            .run("test");
    assertThat(said.errors()).isEmpty();
    assertThat(said.out()).endsWith("\nSuccess! 1 passed, 0 failed.\n");
  }

  @Test
  void valuesOfTheCommandLineGiveWayToThoseOfTests() {
    file(
        "a.pghatest.hcl",
        """
        run "given" {
          assert {
            condition     = var.size == 3
            error_message = "It is ${var.size}."
          }
        }
        run "said" {
          variables {
            size = 4
          }
          assert {
            condition     = var.size == 4
            error_message = "It is ${var.size}."
          }
        }
        """);
    assertThat(cli.run("test", "-var", "size=3").errors()).isEmpty();
  }

  /** The files of a folder of tests, as Terraform 1.11.4 has them. */
  @Nested
  class FilesOfValues {
    private static final String SHOWN =
        """
        run "one" {
          command = plan
          assert {
            condition     = var.size == 0.5
            error_message = "size=${var.size}"
          }
        }
        """;

    /** What the variable is in the tests beside the configuration, and in those of the folder. */
    private List<String> sizes(String... options) {
      file("a.pghatest.hcl", SHOWN).file("tests/b.pghatest.hcl", SHOWN);
      List<String> words = new ArrayList<>(List.of("test"));
      words.addAll(List.of(options));
      Cli.Said said = cli.run(words.toArray(String[]::new));
      return Stream.concat(said.out().lines(), said.errors().lines())
          .map(String::strip)
          .filter(line -> line.startsWith("size="))
          .toList();
    }

    @Test
    void areForTheTestsOfTheirFolder() {
      file("pgha.pghavars.hcl", "size = 2\n").file("tests/pgha.pghavars.hcl", "size = 3\n");
      assertThat(sizes()).containsExactly("size=2", "size=3");
    }

    @Test
    void winOverTheCommandLine() {
      file("other.pghavars.hcl", "size = 4\n").file("tests/pgha.pghavars.json", "{\"size\": 3}\n");
      assertThat(sizes("-var", "size=2")).containsExactly("size=2", "size=3");
      assertThat(sizes("-var-file", folder.resolve("other.pghavars.hcl").toString()))
          .containsExactly("size=4", "size=3");
    }

    @Test
    void followEachOtherAsBesideTheConfiguration() {
      file("tests/pgha.pghavars.hcl", "size = 2\n").file("tests/b.auto.pghavars.hcl", "size = 3\n");
      assertThat(sizes()).containsExactly("size=1", "size=3");
      file("tests/c.auto.pghavars.json", "{\"size\": 4}\n");
      assertThat(sizes()).containsExactly("size=1", "size=4");
    }

    @Test
    void giveWayToWhatATestSays() {
      file("tests/pgha.pghavars.hcl", "size = 3\n");
      file(
          "tests/c.pghatest.hcl",
          """
          variables {
            size = var.size + 1
          }
          run "file" {
            assert {
              condition     = var.size == 4
              error_message = "It is ${var.size}."
            }
          }
          run "run" {
            variables {
              size = 6
            }
            assert {
              condition     = var.size == 6
              error_message = "It is ${var.size}."
            }
          }
          """);
      assertThat(cli.run("test").errors()).isEmpty();
    }

    @Test
    void mayBeForOtherModulesToo() {
      file("m/main.pgha.hcl", "variable \"of_m\" {}\noutput \"of_m\" {\n  value = var.of_m\n}\n");
      file("tests/pgha.pghavars.hcl", "of_m = 3\n");
      file(
          "tests/c.pghatest.hcl",
          """
          run "own" {}
          run "other" {
            module {
              source = "./m"
            }
            assert {
              condition     = output.of_m == 3
              error_message = "It is ${output.of_m}."
            }
          }
          """);
      assertThat(cli.run("test").errors()).isEmpty();
    }

    @Test
    void areNamedWhereSomethingIsWrongWithThem() {
      file("tests/c.pghatest.hcl", "run \"own\" {}\n")
          .file("tests/pgha.pghavars.hcl", "size = 1 +\n");
      assertThat(cli.run("test").errors()).contains("on tests/pgha.pghavars.hcl:1");
    }
  }

  @Nested
  class TheFolderOfTests {
    @Test
    void isMissedWhereItWasAskedFor() {
      file("a.pghatest.hcl", "run \"beside\" {}\n");
      Cli.Said said = cli.run("test", "-test-directory=missing");
      assertThat(said.status()).isZero();
      assertThat(said.out()).endsWith("\nSuccess! 1 passed, 0 failed.\n");
      assertThat(said.errors())
          .isEqualTo(
              """
              Warning: There is no folder of tests "missing"

                Only tests beside the configuration are looked at. Look for a slip in the
                name that -test-directory has.

              """);
      assertThat(cli.run("validate", "-test-directory=missing").errors()).isEqualTo(said.errors());
      assertThat(cli.run("test").errors()).isEmpty();
      assertThat(cli.run("validate").errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../..", "/", ""})
    void isInTheOneOfTheConfiguration(String elsewhere) {
      file("a.pghatest.hcl", "run \"beside\" {}\n");
      Cli.Said said = cli.run("test", "-test-directory=" + elsewhere);
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out()).isEmpty();
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: Not a folder of tests: "%s"

                -test-directory takes a folder inside of the configuration's, seen from
                there, such as tests or checks/slow.

              """
                  .formatted(elsewhere));
    }

    @Test
    void isAFolder() {
      file("b/a.pghatest.hcl", "run \"b\" {}\n");
      assertThat(cli.run("test", "-test-directory=a/../b").out()).contains("run \"b\"... pass");
      assertThat(cli.run("test", "-test-directory=main.pgha.hcl").errors())
          .startsWith("Error: Not a folder: \"main.pgha.hcl\"\n");
    }
  }

  @Test
  void whatAnEarlierRunDoesNotKnowIsNoValue() {
    String error =
        """
        Error: Reference to unknown value

          on a.pghatest.hcl:6,12
            6 |     size = run.one.id
              |            ^^^^^^^^^^

          run.one.id is known only after an apply, and run "one" only plans. Say
          command = apply there, or have a mock tell it when the plan is made:
          override_during = plan.

        """;
    String test =
        """
        run "one" {
          command = plan
        }
        run "two" {
          variables {
            size = run.one.id
          }
        }
        run "three" {}
        """;
    Cli.Said said = tested(test);
    assertThat(said.errors()).isEqualTo(error);
    assertThat(said.out())
        .contains("  run \"one\"... pass\n  run \"two\"... fail\n  run \"three\"... skip\n");
    assertThat(tested(test.replace("run.one.id", "try(run.one.id, 1)")).errors())
        .contains("Error: Reference to unknown value", "run.one.id is known only after");
    assertThat(tested(test.replace("run.one.id", "length(run.one)")).errors())
        .contains("Error: Reference to unknown value", "run.one.id is known only after");
    assertThat(tested(test.replace("run.one.id", "run.one.size")).errors()).isEmpty();
    assertThat(
            tested(test.replace("command = plan", "").replace("run.one.id", "length(run.one.id)"))
                .errors())
        .contains("Too large.");
  }

  @Test
  void verboseShowsPlansAndStates() {
    file("a.pghatest.hcl", "run \"planned\" {\n  command = plan\n}\nrun \"applied\" {}\n");
    Cli.Said said = cli.run("test", "-verbose", "-filter=a.pghatest.hcl");
    assertThat(said.out())
        .contains(
            "  run \"planned\"... pass\n\n+ create\n\n  + terraform_data.note will be created\n")
        .contains(
            "  run \"applied\"... pass\n\n# terraform_data.note\nresource \"terraform_data\"");
  }

  @Test
  void linesForProgramsAreThoseOfTerraform() throws IOException {
    file(
        "a.pghatest.hcl",
        """
        run "good" {}
        run "bad" {
          assert {
            condition     = output.size == 2
            error_message = "It is ${output.size}."
          }
        }
        """);
    Cli.Said said = cli.run("test", "-json");
    List<String> lines = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    for (String line : said.out().lines().toList()) {
      JsonNode json = mapper.readTree(line);
      String type = json.path("type").asText();
      JsonNode body = json.path(type);
      lines.add(
          String.join(
                  " ",
                  type,
                  json.path("@testrun").asText(),
                  body.path("progress").asText(),
                  body.path("status").asText(),
                  body.path("detail").asText())
              .replaceAll(" +", " ")
              .strip());
      if (type.equals("test_abstract")) {
        assertThat(body).hasToString("{\"a.pghatest.hcl\":[\"good\",\"bad\"]}");
      }
      if (type.equals("test_summary")) {
        assertThat(body)
            .hasToString(
                "{\"status\":\"fail\",\"passed\":1,\"failed\":1,\"errored\":0,\"skipped\":0}");
      }
    }
    assertThat(lines)
        .containsExactly(
            "version",
            "test_abstract",
            "test_file starting",
            "test_run good starting",
            "test_run good complete pass",
            "test_run bad starting",
            "test_run bad complete fail",
            "diagnostic bad It is 1.",
            "test_file teardown",
            "test_run bad teardown",
            "test_file complete fail",
            "test_summary fail");
    assertThat(said.errors()).isEmpty();
  }

  @Test
  void theReportForCiIsJUnits() throws Exception {
    file(
        "a.pghatest.hcl",
        """
        run "good" {}
        run "bad" {
          assert {
            condition     = output.size == 2
            error_message = "<${output.size}> & ]]>"
          }
        }
        run "worse" {
          expect_failures = [var.size]
        }
        run "skipped" {}
        """);
    assertThat(cli.run("test", "-junit-xml=report.xml").status()).isEqualTo(1);
    Document report =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("report.xml").toFile());
    Element suite = (Element) report.getElementsByTagName("testsuite").item(0);
    assertThat(List.of("name", "tests", "skipped", "failures", "errors"))
        .extracting(suite::getAttribute)
        .containsExactly("a.pghatest.hcl", "4", "1", "1", "1");
    Element bad = (Element) report.getElementsByTagName("testcase").item(1);
    assertThat(bad.getAttribute("name")).isEqualTo("bad");
    assertThat(bad.getAttribute("time")).matches("\\d+\\.\\d{3}");
    Element failure = (Element) bad.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("Test assertion failed");
    assertThat(failure.getTextContent()).contains("output.size is 1\n", "<1> & ]]>");
  }

  @Nested
  class BadInput {
    private String errors(String text) {
      Cli.Said said = tested(text);
      assertThat(said.out()).isEmpty();
      assertThat(said.status()).isEqualTo(1);
      return said.errors();
    }

    @Test
    void unknownBlocksAndArguments() {
      assertThat(errors("rum \"a\" {}\nrun \"b\" {\n  parallel = true\n}\n"))
          .contains("  on a.pghatest.hcl:1,1\n", "rum")
          .contains("  on a.pghatest.hcl:3,3\n", "parallel");
    }

    @Test
    void namesOfRuns() {
      assertThat(errors("run \"a\" {}\nrun \"a\" {}\n"))
          .isEqualTo(
              """
              Error: Duplicate run "a"

                on a.pghatest.hcl:2,1
                  2 | run "a" {}
                    | ^^^^^^^

                The block at a.pghatest.hcl:1,1 has this name already, and run.a means one
                of them only.

              """);
    }

    @Test
    void runsThatAreNotOver() {
      assertThat(
              errors(
                  """
                  run "a" {
                    variables {
                      size = run.b.size + run.c.size
                    }
                  }
                  run "b" {}
                  """))
          .isEqualTo(
              """
              Error: Reference to a run that is not over

                on a.pghatest.hcl:3,12
                  3 |     size = run.b.size + run.c.size
                    |            ^^^^^^^^^^

                run.b has its outputs only when it has ended, and here it has not: only runs
                that stand before can be referred to.

              Error: Reference to undeclared run

                on a.pghatest.hcl:3,25
                  3 |     size = run.b.size + run.c.size
                    |                         ^^^^^^^^^^

                No run "c" stands in this file.

              """);
    }

    @Test
    void variablesThatNobodyHas() {
      assertThat(
              errors(
                  "variables {\n  sise = 1\n}\nrun \"a\" {\n  variables {\n    other = 1\n  }\n}\n"))
          .isEqualTo(
              """
              Error: Value for undeclared variable

                on a.pghatest.hcl:6,5
                  6 |     other = 1
                    |     ^^^^^

                The module that is tried has no variable "other".

              Error: Value for undeclared variable

                on a.pghatest.hcl:2,3
                  2 |   sise = 1
                    |   ^^^^

                No module that is tried here has a variable "sise". Did you mean "size"?

              """);
    }

    @Test
    void commandsAndModes() {
      assertThat(
              errors(
                  """
                  run "a" {
                    command = destroy
                    plan_options {
                      mode = "normal"
                    }
                  }
                  """))
          .contains("\"command\" is apply or plan, without quotes.")
          .contains("\"mode\" is normal or refresh-only, without quotes.");
    }

    @Test
    void whatCanNotBeMadeAnew() {
      String run = "run \"a\" {\n  plan_options {\n    replace = [%s]\n  }\n}\n";
      assertThat(errors(run.formatted("module.m")))
          .contains("Not an address of a resource", "on a.pghatest.hcl:3,16");
      assertThat(errors(run.formatted("data.host_file.x"))).contains("Not an address");
    }

    @Test
    void whatCanNotFail() {
      assertThat(errors("run \"a\" {\n  expect_failures = [var.sise, var.secret]\n}\n"))
          .isEqualTo(
              """
              Error: Nothing that can fail: var.sise

                on a.pghatest.hcl:2,22
                  2 |   expect_failures = [var.sise, var.secret]
                    |                      ^^^^^^^^

                The module that is tried declares no such thing. expect_failures takes its
                variables, outputs, check blocks, resources, data sources and ephemeral
                resources. Did you mean var.size?

              Error: Nothing that can fail: var.secret

                on a.pghatest.hcl:2,32
                  2 |   expect_failures = [var.sise, var.secret]
                    |                                ^^^^^^^^^^

                It has no condition, so the run would never pass.

              """);
    }

    @Test
    void mocksOfWhatIsNot() {
      assertThat(
              errors(
                  """
                  mock_provider "hst" {}
                  mock_provider "builtin" {
                    mock_resource "terraform_data" {
                      defaults = { idd = "x", input = 1, id = [] }
                    }
                  }
                  override_resource {
                    target = terraform_data.nope
                  }
                  override_data {
                    target = terraform_data.note
                  }
                  run "a" {}
                  """))
          .contains(
              """
              Error: Unknown provider

                on a.pghatest.hcl:1,1
                  1 | mock_provider "hst" {}
                    | ^^^^^^^^^^^^^^^^^^^

                No provider and no resource type is called "hst". Did you mean "host"? The
                providers are builtin, etcd, haproxy, host, keepalived, patroni.
              """)
          .contains("terraform_data has no attribute named \"idd\". Did you mean \"id\"?")
          .contains(
              """
              Error: Not for a mock to say: input

                on a.pghatest.hcl:4,37
                  4 |     defaults = { idd = "x", input = 1, id = [] }
                    |                                     ^

                Configuration gives "input" of terraform_data its value. A mock gives what a
                machine would tell: id, output.
              """)
          .contains("Error: Inappropriate value for attribute \"id\"")
          .contains(
              """
              Error: Nothing to override: terraform_data.nope

                on a.pghatest.hcl:8,12
                  8 |   target = terraform_data.nope
                    |            ^^^^^^^^^^^^^^^^^^^

                No module that is tried declares it.
              """)
          .contains("Error: Not a target of override_data");
    }

    @Test
    void filesThatAreNot() {
      file("a.pghatest.hcl", "run \"a\" {}\n");
      assertThat(cli.run("test", "-filter=b.pghatest.hcl").errors())
          .isEqualTo(
              """
              Error: No such file of tests: b.pghatest.hcl

                There are a.pghatest.hcl; -filter takes one of these names.

              """);
    }
  }
}
