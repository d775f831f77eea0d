package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests take for providers and their configurations, and what they can't. */
class MockProviderTests {
  private static final String SITES =
      """
      provider "host" {
        alias = "west"
      }
      resource "host" "own" {
        name    = "own"
        address = "10.0.0.1"
      }
      resource "host" "west" {
        provider = host.west
        name     = "west"
        address  = "10.0.0.2"
      }
      data "host_file" "own" {
        host = host.own.id
        path = "/site"
      }
      data "host_file" "west" {
        provider = host.west
        host     = host.west.id
        path     = "/site"
      }
      output "sites" {
        value = "${data.host_file.own.content} ${data.host_file.west.content}"
      }
      """;

  /** Two values of two configurations, which are on no machine. */
  private static final String VALUES =
      """
      resource "terraform_data" "own" {}
      resource "terraform_data" "west" {
        provider = terraform.west
      }
      output "sites" {
        value = "${terraform_data.own.id} ${terraform_data.west.id}"
      }
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure(SITES);
  }

  private MockProviderTests file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private Cli.Said tested(String text) {
    return file("a.pghatest.hcl", text).cli.run("test");
  }

  private void passes(String text) {
    Cli.Said said = tested(text);
    assertThat(said.errors()).isEmpty();
    assertThat(said.out()).contains("\nSuccess! ").doesNotContain("Success! 0");
  }

  private String errors(String text) {
    Cli.Said said = tested(text);
    assertThat(said.status()).isEqualTo(1);
    return said.errors();
  }

  /** A mock that reads a text from each file, and a run in which the sites are these. */
  private static String reading(String alias, String text) {
    return """
    mock_provider "host" {
      %s
      mock_data "host_file" {
        defaults = { content = "%s" }
      }
    }
    """
        .formatted(alias.isEmpty() ? "" : "alias = \"" + alias + "\"", text);
  }

  /** A mock that gives each value an id. */
  private static String naming(String alias, String id) {
    return """
    mock_provider "terraform" {
      %s
      mock_resource "terraform_data" {
        defaults = { id = "%s" }
      }
    }
    """
        .formatted(alias.isEmpty() ? "" : "alias = \"" + alias + "\"", id);
  }

  private static String run(String content, String sites) {
    return """
    run "sites" {
      %s
      assert {
        condition     = output.sites == "%s"
        error_message = "They are ${output.sites}."
      }
    }
    """
        .formatted(content, sites);
  }

  @Nested
  class Configurations {
    @Test
    void haveTheMocksOfTheirNames() {
      passes(reading("", "here") + reading("west", "there") + run("", "here there"));
    }

    @Test
    void areWhatARunPasses() {
      String mocks = reading("", "here") + reading("west", "there") + reading("third", "nowhere");
      passes(
          mocks
              + run(
                  "providers = {\n  host = host.west\n  host.west = host.third\n}",
                  "there nowhere"));
    }

    @Test
    void thatAModuleIsPassedAreThoseOfItsCaller() {
      file(
              "inner/main.pgha.hcl",
              """
              pgha {
                required_providers {
                  terraform = {
                    source                = "terraform.io/builtin/terraform"
                    configuration_aliases = [terraform.west]
                  }
                }
              }
              """
                  + VALUES)
          .file(
              "outer/main.pgha.hcl",
              """
              module "inner" {
                source    = "../inner"
                providers = { terraform.west = terraform }
              }
              output "sites" {
                value = module.inner.sites
              }
              """);
      cli.configure(
          """
          provider "terraform" {
            alias = "far"
          }
          module "inherits" {
            source = "./outer"
          }
          module "passed" {
            source    = "./outer"
            providers = { terraform = terraform.far }
          }
          module "swapped" {
            source    = "./inner"
            providers = {
              terraform      = terraform.far
              terraform.west = terraform
            }
          }
          output "sites" {
            value = "${module.inherits.sites}, ${module.passed.sites}, ${module.swapped.sites}"
          }
          """);
      passes(naming("", "here") + naming("far", "far") + run("", "here here, far far, far here"));
    }

    @Test
    void ofACalledModulesOwnAreMockedAsItsDefaultOne() {
      file("inner/main.pgha.hcl", "provider \"terraform\" {\n  alias = \"west\"\n}\n" + VALUES);
      cli.configure(
          """
          provider "terraform" {
            alias = "far"
          }
          module "inherits" {
            source = "./inner"
          }
          module "passed" {
            source    = "./inner"
            providers = { terraform = terraform.far }
          }
          output "sites" {
            value = "${module.inherits.sites}, ${module.passed.sites}"
          }
          """);
      passes(
          naming("", "here")
              + naming("far", "far")
              + naming("west", "west")
              + run("", "here here, far far"));
    }

    @Test
    void withForEachAreMockedAsOne() {
      cli.configure(
          """
          provider "host" {
            alias    = "by_site"
            for_each = toset(["a", "b"])
          }
          resource "host" "site" {
            for_each = { a = "10.0.0.1", b = "10.0.0.2" }
            provider = host.by_site[each.key]
            name     = each.key
            address  = each.value
          }
          data "host_file" "site" {
            for_each = toset(["a", "b"])
            provider = host.by_site[each.key]
            host     = host.site[each.key].id
            path     = "/site"
          }
          output "sites" {
            value = join(" ", [for file in data.host_file.site : file.content])
          }
          """);
      passes(
          reading("by_site", "one")
              + reading("x", "other")
              + run("", "one one")
              + run("providers = { host.by_site = host.x }", "other other")
                  .replace("\"sites\"", "\"passed\""));
    }

    @Test
    void arePassedInJsonToo() {
      file(
          "a.pghatest.json",
          """
          {
            "mock_provider": {
              "host": {
                "alias": "x",
                "mock_data": { "host_file": { "defaults": { "content": "here" } } }
              }
            },
            "run": {
              "sites": {
                "providers": { "host": "host.x", "host.west": "host.x" },
                "assert": [
                  { "condition": "${output.sites == \\"here here\\"}", "error_message": "No." }
                ]
              }
            }
          }
          """);
      Cli.Said said = cli.run("test");
      assertThat(said.errors()).isEmpty();
      assertThat(said.out()).endsWith("\nSuccess! 1 passed, 0 failed.\n");
    }

    @Test
    void goByTheNamesOfTheConfiguration() {
      cli.configure(
          """
          pgha {
            required_providers {
              machines = {
                source = "pgha/host"
              }
            }
          }
          """
              + SITES
                  .replace("\"host\" {\n  alias", "\"machines\" {\n  alias")
                  .replace("host.west\n  name", "machines.west\n  name"));
      passes(
          reading("", "here").replace("\"host\"", "\"machines\"")
              + reading("west", "there")
              + run(
                  "providers = {\n  machines = machines\n  host.west = machines.west\n}",
                  "here there"));
    }

    @Test
    void ofARunsModuleArePassedToo() {
      file("setup/main.pgha.hcl", SITES);
      passes(
          reading("x", "here")
              + run(
                  "providers = {\n  host = host.x\n  host.west = host.x\n}\nmodule {\n  source = \"./setup\"\n}",
                  "here here"));
    }
  }

  @Nested
  class Machines {
    @Test
    void ofAConfigurationThatNobodyMocksAreRefused() {
      assertThat(errors(reading("", "here") + "run \"sites\" {}\n"))
          .isEqualTo(
              """
              Error: Not mocked: data.host_file.west

                with data.host_file.west
                on main.pgha.hcl:17,1
                 17 | data "host_file" "west" {
                    | ^^^^^^^^^^^^^^^^^^^^^^^

                It is on a machine, and pgha test reaches none. Write mock_provider "host" {
                alias = "west" } in the test file to mock all of that configuration, or
                override_data { target = data.host_file.west } to mock this.

              Error: Not mocked: host.west

                with host.west
                on main.pgha.hcl:8,1
                  8 | resource "host" "west" {
                    | ^^^^^^^^^^^^^^^^^^^^^^

                It is on a machine, and pgha test reaches none. Write mock_provider "host" {
                alias = "west" } in the test file to mock all of that configuration, or
                override_resource { target = host.west } to mock this.

              """);
    }

    @Test
    void ofWhatARunDoesNotPassAreRefused() {
      assertThat(
              errors(
                  reading("", "here")
                      + """
                      run "sites" {
                        providers = { host.west = host }
                        override_data {
                          target = data.host_file.own
                        }
                      }
                      """))
          .isEqualTo(
              """
              Error: Not mocked: host.own

                with host.own
                on main.pgha.hcl:4,1
                  4 | resource "host" "own" {
                    | ^^^^^^^^^^^^^^^^^^^^^

                It is on a machine, and pgha test reaches none. Pass a mock for host in
                "providers" of the run to mock all of that configuration, or
                override_resource { target = host.own } to mock this.

              """);
    }

    @Test
    void ofAProviderBlockAreRefused() {
      assertThat(
              errors(
                  """
                  provider "host" {}
                  provider "host" {
                    alias = "west"
                  }
                  run "sites" {
                    override_data {
                      target = data.host_file.own
                    }
                    override_data {
                      target = data.host_file.west
                    }
                    override_resource {
                      target = host.west
                    }
                  }
                  """))
          .isEqualTo(
              """
              Error: Not mocked: host.own

                with host.own
                on main.pgha.hcl:4,1
                  4 | resource "host" "own" {
                    | ^^^^^^^^^^^^^^^^^^^^^

                It is on a machine, and pgha test reaches none. Write mock_provider "host"
                {} in the place of the provider block at a.pghatest.hcl:1,1 to mock all of
                that provider, or override_resource { target = host.own } to mock this.

              """);
    }
  }

  @Nested
  class Overrides {
    private static String override(String target, String content) {
      return """
      override_data {
        target = data.host_file.%s
        values = { content = "%s" }
      }
      """
          .formatted(target, content);
    }

    @Test
    void ofAMockAreAboutWhatUsesIt() {
      String overrides = override("own", "mine") + override("west", "mine");
      passes(
          reading("", "here").replace("mock_data", overrides + "mock_data")
              + reading("west", "there")
              + run("", "mine there"));
    }

    @Test
    void winTheCloserTheyAreToTheRun() {
      String mock = reading("", "here").replace("mock_data", override("own", "mock") + "mock_data");
      passes(
          mock
              + reading("west", "there")
              + override("own", "file")
              + run("", "file there")
              + run(override("own", "run"), "run there").replace("\"sites\"", "\"closer\""));
    }

    @Test
    void ofOneInstanceWinOverThoseOfAll() {
      cli.configure(
          """
          resource "terraform_data" "many" {
            count = 2
          }
          output "sites" {
            value = join(" ", terraform_data.many[*].id)
          }
          """);
      String override = "override_resource {\n  target = %s\n  values = { id = \"%s\" }\n}\n";
      passes(
          override.formatted("terraform_data.many[0]", "file")
              + run(override.formatted("terraform_data.many", "run"), "file run"));
    }
  }

  @Nested
  class Folders {
    private static final String MOCKS =
        """
        mock_data "host_file" {
          defaults = { content = "shared" }
        }
        mock_resource "etcd_member" {
          defaults = { id = "of_another_provider" }
        }
        override_data {
          target = data.host_file.west
          values = { content = "override" }
        }
        """;

    private static String mocking(String content) {
      return """
      mock_provider "host" {
        source = "./mocks"
        %s
      }
      mock_provider "host" {
        alias  = "west"
        source = "mocks"
      }
      """
          .formatted(content);
    }

    @Test
    void sayWhatSeveralMocksSay() {
      file("mocks/a.pghamock.hcl", MOCKS)
          .file("mocks/.hidden.pghamock.hcl", "?")
          .file("mocks/below/b.pghamock.hcl", "?")
          .file("mocks/b.hcl", "?");
      passes(mocking("") + run("", "shared override"));
    }

    @Test
    void areFoundFromTheConfiguration() {
      file("mocks/a.pghamock.hcl", MOCKS)
          .file("tests/mocks/a.pghamock.hcl", "?")
          .file("tests/b.pghatest.hcl", mocking("") + run("", "shared override"));
      assertThat(cli.run("test").errors()).isEmpty();
    }

    @Test
    void giveWayToTheBlockAsAWhole() {
      file(
          "mocks/a.pghamock.hcl",
          """
          mock_data "host_file" {
            defaults = { content = "shared" }
          }
          mock_resource "host" {
            defaults = { os = "shared" }
          }
          """);
      passes(
          mocking("mock_data \"host_file\" {\n  defaults = { content = \"block\" }\n}")
              + run("", "block shared"));
    }

    @Test
    void areKnownWhenTheMockIs() {
      file(
          "mocks/a.pghamock.json",
          "{\"mock_resource\":{\"terraform_data\":{\"defaults\":{\"id\":\"x\"}}}}");
      cli.configure("resource \"terraform_data\" \"a\" {}\n");
      passes(
          """
          mock_provider "terraform" {
            source          = "./mocks"
            override_during = plan
          }
          run "planned" {
            command = plan
            assert {
              condition     = terraform_data.a.id == "x"
              error_message = "The id is ${terraform_data.a.id}."
            }
          }
          """);
    }

    @Test
    void areNoneWhereTheSourceIsEmpty() {
      passes(
          reading("", "here").replace("mock_data", "source = \"\"\n  mock_data")
              + reading("west", "there")
              + run("", "here there"));
    }

    @Test
    void mayOverrideWhatOnlyOtherFilesTry() {
      file("mocks/a.pghamock.hcl", MOCKS);
      file("setup/main.pgha.hcl", "resource \"terraform_data\" \"a\" {}\n");
      passes(mocking("") + "run \"setup\" {\n  module {\n    source = \"./setup\"\n  }\n}\n");
    }
  }

  @Nested
  class BadInput {
    @Test
    void foldersThatAreNot() {
      assertThat(errors("mock_provider \"host\" {\n  source = \"./mocks\"\n}\nrun \"a\" {}\n"))
          .isEqualTo(
              """
              Error: Folder of mocks not found

                on a.pghatest.hcl:2,12
                  2 |   source = "./mocks"
                    |            ^^^^^^^^^

                There is no folder "./mocks", seen from the configuration's folder.

              """);
      file("mocks/a.tfmock.hcl", "");
      assertThat(errors("mock_provider \"host\" {\n  source = \"./mocks\"\n}\nrun \"a\" {}\n"))
          .isEqualTo(
              """
              Error: Folder without mocks

                on a.pghatest.hcl:2,12
                  2 |   source = "./mocks"
                    |            ^^^^^^^^^

                "./mocks" holds no file that ends in .pghamock.hcl or .pghamock.json. What
                Terraform calls .tfmock.hcl is called so here.

              """);
      assertThat(errors("mock_provider \"host\" {\n  source = var.x\n}\nrun \"a\" {}\n"))
          .contains("Error: Not a plain string\n\n  on a.pghatest.hcl:2,12\n");
      assertThat(errors("mock_provider \"host\" {\n  alias = var.x\n}\nrun \"a\" {}\n"))
          .contains("Error: Not a plain string\n\n  on a.pghatest.hcl:2,11\n");
    }

    @Test
    void whatAFolderMayNotSay() {
      file(
              "mocks/a.pghamock.hcl",
              """
              override_module {}
              alias = "x"
              mock_data "host_file" {
                defaults = { host = "x", content = [] }
              }
              mock_resource "nobodys" {}
              override_resource {
                target = host.nope
              }
              override_data {
                target = host.own
              }
              """)
          .file("mocks/b.pghamock.hcl", "mock_data \"host_file\" {}\n");
      assertThat(errors("mock_provider \"host\" {\n  source = \"./mocks\"\n}\nrun \"a\" {}\n"))
          .contains("  on mocks/a.pghamock.hcl:1,1\n", "\"override_module\"")
          .contains("  on mocks/a.pghamock.hcl:2,1\n", "\"alias\"")
          .contains("Error: Not for a mock to say: host\n\n  on mocks/a.pghamock.hcl:4,23\n")
          .contains("Error: Inappropriate value for attribute \"content\"\n")
          .contains("  on mocks/a.pghamock.hcl:4,38\n")
          .contains("Error: Unknown type in a mock\n\n  on mocks/a.pghamock.hcl:6,1\n")
          .contains("Error: Nothing to override: host.nope\n\n  on mocks/a.pghamock.hcl:8,12\n")
          .contains("Error: Not a target of override_data\n\n  on mocks/a.pghamock.hcl:11,12\n")
          .contains(
              """
              Error: Duplicate mock_data block

                on mocks/b.pghamock.hcl:1,1
                  1 | mock_data "host_file" {}
                    | ^^^^^^^^^^^^^^^^^^^^^

                "host_file" is mocked at mocks/a.pghamock.hcl:3,1 already. Say there all
                that is to be said of it.
              """);
    }

    @Test
    void whatAMockMayNotSay() {
      assertThat(
              errors(
                  """
                  mock_provider "host" {
                    override_resource {
                      target = etcd_member.a
                    }
                    override_data {
                      target = data.host_file.nope
                    }
                    override_module {}
                    alias = "a b"
                  }
                  run "a" {}
                  """))
          .contains("  on a.pghatest.hcl:8,3\n", "\"override_module\"")
          .contains(
              """
              Error: Invalid provider configuration alias

                on a.pghatest.hcl:9,11
              """);
      assertThat(
              errors(
                  """
                  mock_provider "host" {
                    override_resource {
                      target = etcd_member.a
                    }
                    override_data {
                      target = data.host_file.nope
                    }
                    override_resource {
                      target = nobodys.own
                    }
                    override_during = "plan"
                  }
                  run "a" {}
                  """))
          .contains("Error: Invalid override_during\n\n  on a.pghatest.hcl:11,21\n")
          .contains("Error: Unknown type in a target\n\n  on a.pghatest.hcl:9,14\n")
          .contains("No provider has a type \"nobodys\".")
          .contains("Error: Unknown type in a target\n\n  on a.pghatest.hcl:3,14\n")
          .contains("\"etcd_member\" is no type of host. Its types are data.host_file")
          .contains(
              "Error: Nothing to override: data.host_file.nope\n\n  on a.pghatest.hcl:6,14\n");
    }

    @Test
    void theSameTwice() {
      assertThat(errors("mock_provider \"host\" {}\nprovider \"host\" {}\nrun \"a\" {}\n"))
          .isEqualTo(
              """
              Error: Declared twice: host

                on a.pghatest.hcl:1,1
                  1 | mock_provider "host" {}
                    | ^^^^^^^^^^^^^^^^^^^^

                It is what the provider block at a.pghatest.hcl:2,1 declares already. Give
                it an alias of its own; a run takes it then with providers = { ... }.

              """);
      assertThat(errors(reading("x", "") + reading("x", "") + "run \"a\" {}\n"))
          .contains("Error: Declared twice: host.x\n\n  on a.pghatest.hcl:7,1\n");
      String override = "override_resource {\n  target = host.own\n}\n";
      assertThat(errors(override + override + "run \"a\" {\n" + override + override + "}\n"))
          .contains(
              """
              Error: Duplicate override_resource block

                on a.pghatest.hcl:5,12
                  5 |   target = host.own
                    |            ^^^^^^^^

                host.own is the target of another one already, at a.pghatest.hcl:2,12. Say
                in one of them all that is to be said of it.
              """)
          .contains("Error: Duplicate override_resource block\n\n  on a.pghatest.hcl:12,12\n");
    }

    @Test
    void providerBlocks() {
      assertThat(
              errors(
                  """
                  provider "hst" {}
                  provider "host" {
                    region = "x"
                  }
                  provider "etcd" {
                    alias    = "x"
                    for_each = {}
                  }
                  provider "etcd" {
                    version = "1"
                  }
                  run "a" {
                    provider "host" {}
                  }
                  """))
          .contains("Error: Unknown provider\n\n  on a.pghatest.hcl:1,10\n")
          .contains("There is no provider named \"hst\". Did you mean \"host\"?")
          .contains("Error: Unsupported argument\n\n  on a.pghatest.hcl:3,3\n")
          .contains(
              """
              Error: Not in a file of tests: for_each

                on a.pghatest.hcl:7,3
                  7 |   for_each = {}
                    |   ^^^^^^^^

                A provider block of a test is one configuration. A run passes it to as many
                as it likes: providers = { host.west = host.one, ... }.
              """)
          .contains(
              """
              Error: Not in a file of tests: version

                on a.pghatest.hcl:10,3
                 10 |   version = "1"
                    |   ^^^^^^^

                Providers are part of pgha and have no versions of their own. Take it away.
              """)
          .contains("  on a.pghatest.hcl:13,3\n");
    }

    @Test
    void whatIsPassed() {
      assertThat(
              errors(
                  """
                  mock_provider "host" {
                    alias = "xyz"
                  }
                  mock_provider "etcd" {}
                  run "a" {
                    providers = {
                      host.wes  = host.xyz
                      hst       = host.xyz
                      host      = host.xyy
                      host.west = host.xyz["a"]
                    }
                  }
                  run "b" {
                    providers = {
                      host      = etcd
                      host.west = hots
                    }
                  }
                  run "c" {
                    providers = [host]
                  }
                  run "d" {
                    providers = {
                      host   = etcd
                      "host" = etcd
                    }
                  }
                  """))
          .contains("Error: Duplicate provider address\n\n  on a.pghatest.hcl:25,5\n")
          .contains(
              """
              Error: Provider configuration not present

                on a.pghatest.hcl:7,5
                  7 |     host.wes  = host.xyz
                    |     ^^^^^^^^

                The module that is tried has no configuration host.wes. Did you mean "west"?
              """)
          .contains("Error: Unknown provider\n\n  on a.pghatest.hcl:8,5\n")
          .contains(
              """
              Error: Provider configuration not present

                on a.pghatest.hcl:9,17
                  9 |     host      = host.xyy
                    |                 ^^^^^^^^

                This file has no configuration host.xyy: a mock_provider block declares it,
                or a provider block. Did you mean "xyz"?
              """)
          .contains("Error: Provider instance key not allowed\n\n  on a.pghatest.hcl:10,25\n")
          .contains(
              """
              Error: Provider type mismatch

                on a.pghatest.hcl:15,17
                 15 |     host      = etcd
                    |                 ^^^^

                etcd is a configuration of the provider "etcd" here, but host is one of
                "host" in the module that is tried.
              """)
          .contains("Error: Unknown provider\n\n  on a.pghatest.hcl:16,17\n")
          .contains("Error: Invalid providers argument\n\n  on a.pghatest.hcl:20,15\n");
    }
  }
}
