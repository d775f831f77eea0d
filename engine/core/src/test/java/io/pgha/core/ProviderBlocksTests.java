package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.ValueText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Configurations of providers, and who names them; as {@code terraform} 1.11.4 has it, {@code
 * for_each} as OpenTofu.
 */
final class ProviderBlocksTests {
  private static final String BY =
      """
      provider "test" {
        alias    = "by"
        for_each = { a = 1, b = 2 }
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private void file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void module(String text) {
    file("m/m.pgha.hcl", text);
  }

  /** What is wrong: the code, and what is pointed at. */
  private List<String> wrong(String text) throws Exception {
    assertThat(bench.configure(text).plan()).isEmpty();
    return bench.diagnostics().all().stream().map(this::shown).toList();
  }

  private String shown(Diagnostic found) {
    SourceRange range = found.subject().orElseThrow();
    try {
      String line = Files.readAllLines(folder.resolve(range.file())).get(range.start().line() - 1);
      String end =
          range.end().line() == range.start().line()
              ? line.substring(range.start().column() - 1, range.end().column() - 1)
              : line.substring(range.start().column() - 1) + " ...";
      return found.code() + " at " + end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void isFine(String text) throws Exception {
    assertThat(bench.configure(text).plan()).as("%s", bench.findings()).isPresent();
    assertThat(bench.findings()).isEmpty();
  }

  @Nested
  class ABlock {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "provider \"test\" {}",
          "provider \"test\" { alias = \"x\" }\nprovider \"test\" {}",
          "provider \"terraform\" { alias = \"x\" }\nprovider \"test\" { alias = \"x\" }",
          "terraform {\n  required_providers {\n    t = { source = \"pgha/test\" }\n  }\n}\n"
              + "provider \"t\" { alias = \"x\" }",
        })
    void isAConfigurationOfAProvider(String text) throws Exception {
      isFine(text);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            region = "x"      | unknown-argument at region
            nested {}         | unexpected-block at nested
            count = 2         | reserved-name at count
            source = "x"      | reserved-name at source
            depends_on = []   | reserved-name at depends_on
            lifecycle {}      | reserved-name at lifecycle
            locals {}         | reserved-name at locals
            alias = "a b"     | invalid-name at "a b"
            alias = ""        | invalid-name at ""
            alias = "${1}"    | invalid-name at "${1}"
            alias = x         | constant-needed at x
            for_each = {}     | missing-alias at for_each
            version = "1.0"   | deprecated-version at version = "1.0"
            """)
    void takesNoOtherArguments(String argument, String found) throws Exception {
      bench.configure("provider \"test\" {\n  " + argument + "\n}\n").plan();
      assertThat(bench.diagnostics().all())
          .extracting(ProviderBlocksTests.this::shown)
          .containsExactly(found);
    }

    @Test
    void saysThatItsProviderTakesNone() throws Exception {
      assertThat(wrong("provider \"test\" {\n  region = 1\n}\n")).hasSize(1);
      assertThat(bench.findings())
          .containsExactly(
              "Unsupported argument: The provider \"test\" takes no arguments: which machines there"
                  + " are, and how they are reached, is said by resources.");
    }

    @Test
    void withAVersionIsWarnedOfOnly() throws Exception {
      assertThat(bench.configure("provider \"test\" {\n  version = \"1\"\n}\n").plan()).isPresent();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> assertThat(found.isError()).isFalse());
    }

    @Test
    void isOfAKnownProvider() throws Exception {
      assertThat(wrong("provider \"tset\" {}\n")).containsExactly("unknown-provider at \"tset\"");
      assertThat(wrong("provider \"tests\" {}\n")).hasSize(1);
      assertThat(bench.findings())
          .containsExactly(
              "Unknown provider: There is no provider named \"tests\". Did you mean \"test\"?");
      assertThat(wrong("provider \"aws\" {}\n")).hasSize(1);
      assertThat(bench.findings())
          .containsExactly(
              "Unknown provider: There is no provider named \"aws\". The providers are builtin,"
                  + " pgha, terraform, test.");
    }

    @Test
    void isNotOfOneThatIsSomewhereElse() throws Exception {
      assertThat(
              wrong(
                  """
                  pgha {
                    required_providers {
                      test = { source = "example/test" }
                    }
                  }
                  provider "test" {}
                  """))
          .containsExactly("unknown-provider at \"test\"");
      assertThat(bench.findings())
          .containsExactly(
              "Unknown provider: \"test\" is example/test here, as required_providers says, and pgha"
                  + " has no such provider.");
    }

    @Test
    void isThereOnce() throws Exception {
      assertThat(
              wrong(
                  """
                  provider "test" {}
                  provider "test" { alias = "x" }
                  provider "test" {}
                  provider "test" { alias = "x" }
                  """))
          .containsExactly(
              "duplicate-provider at provider \"test\"", "duplicate-provider at provider \"test\"");
      assertThat(bench.findings())
          .containsExactly(
              "Duplicate provider configuration: A default (non-aliased) provider configuration for"
                  + " \"test\" was already given at main.pgha.hcl:1,1. If multiple configurations"
                  + " are required, set the \"alias\" argument for alternative configurations.",
              "Duplicate provider configuration: A provider configuration for \"test\" with alias"
                  + " \"x\" was already given at main.pgha.hcl:2,1. Each configuration for the same"
                  + " provider must have a distinct alias.");
    }

    @Test
    void isOverriddenByItsAlias() throws Exception {
      file(
          "override.pgha.hcl",
          """
          provider "test" {
            alias    = "by"
            for_each = toset(["c"])
          }
          provider "builtin" {}
          """);
      isFine(BY + "data \"note\" \"n\" {\n  provider = test.by[\"c\"]\n" + NOTE);
      file("override.pgha.hcl", "provider \"test\" {\n  alias = \"other\"\n}\n");
      assertThat(wrong(BY)).containsExactly("invalid-override at provider \"test\"");
    }

    @Test
    void isTheSameInJson() throws Exception {
      file(
          "main.pgha.json",
          """
          {
            "terraform": {
              "required_providers": {
                "t": { "source": "pgha/test", "configuration_aliases": ["t.passed"] }
              }
            },
            "provider": {
              "t": [ {}, { "alias": "x" }, { "alias": "by", "for_each": { "a": 1 } } ]
            },
            "resource": {
              "terraform_data": {
                "a": { "provider": "terraform" }
              },
              "host": {
                "a": { "provider": "t.x", "name": "a", "address": "10.0.0.1" },
                "b": { "provider": "t.passed", "name": "b", "address": "10.0.0.2" },
                "c": {
                  "for_each": { "a": 1 },
                  "provider": "t.by[each.key]",
                  "name": "c",
                  "address": "10.0.0.3"
                }
              }
            }
          }
          """);
      assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
      assertThat(bench.findings()).isEmpty();
      file(
          "main.pgha.json",
          """
          {
            "provider": {"test": {"alias": "x", "region": "y"}},
            "resource": {"terraform_data": {"a": {"provider": "terraform.none"}}}
          }
          """);
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all())
          .extracting(ProviderBlocksTests.this::shown)
          .containsExactly(
              "unknown-argument at \"region\"", "undeclared-provider at terraform.none");
    }
  }

  private static final String NOTE =
      """
        host = host.a.id
        path = "/x"
      }
      resource "host" "a" {
        name    = "a"
        address = "10.0.0.1"
      }
      """;

  @Nested
  class AResource {
    private static final String X = "provider \"test\" {\n  alias = \"x\"\n}\n" + BY;

    private static String host(String provider) {
      return X
          + "resource \"host\" \"h\" {\n  name = \"h\"\n  address = \"10.0.0.9\"\n  provider = "
          + provider
          + "\n}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "test.x", "test.by[\"a\"]", "test.by[var.key]"})
    void namesAConfiguration(String provider) throws Exception {
      isFine(host(provider) + "variable \"key\" { default = \"b\" }\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            test.y         | undeclared-provider at test.y
            tset           | unknown-provider at tset
            builtin        | wrong-provider at builtin
            terraform.x    | wrong-provider at terraform.x
            test.x.y       | invalid-provider-reference at test.x.y
            test["x"]      | invalid-provider-reference at test["x"]
            1              | invalid-provider-reference at 1
            "a b"          | invalid-provider-reference at "a b"
            test.x["a"]    | unexpected-provider-key at ["a"]
            test.by        | missing-provider-key at test.by
            test.by["c"]   | unknown-provider-key at ["c"]
            test.by[null]  | unknown-provider-key at [null]
            test.by[1]     | unknown-provider-key at [1]
            test.by[var.k] | undeclared-reference at var.k
            """)
    void namesOneThatIsThere(String provider, String found) throws Exception {
      assertThat(wrong(host(provider))).containsExactly(found);
    }

    @Test
    void isToldWhatThereIs() throws Exception {
      wrong(host("builtin"));
      assertThat(bench.findings())
          .containsExactly(
              "Provider without this type: The resource type \"host\" is one of the provider"
                  + " \"test\", not of \"builtin\".");
      wrong(host("test.bx"));
      assertThat(bench.findings())
          .containsExactly(
              "Provider configuration not present: This module has no configuration test.bx. Did you"
                  + " mean \"by\"? It is declared by a provider block with this alias, or in"
                  + " configuration_aliases where the module's caller passes it.");
      wrong(host("test.by[\"c\"]"));
      assertThat(bench.findings())
          .containsExactly(
              "Invalid provider instance key: test.by has no instance [\"c\"]; it has [\"a\"],"
                  + " [\"b\"].");
      assertThat(bench.diagnostics().all().getFirst().address()).contains("host.h");
    }

    @Test
    void mayQuoteItButShouldNot() throws Exception {
      assertThat(bench.configure(host("\"test.x\"")).plan()).isPresent();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.isError()).isFalse();
            assertThat(found.summary()).isEqualTo("Quoted references are deprecated");
          });
    }

    @Test
    void choosesForEachOfItsInstances() throws Exception {
      String each =
          BY
              + """
              locals { hosts = { %s = "10.0.0.1", b = "10.0.0.2" } }
              resource "host" "all" {
                for_each = local.hosts
                provider = test.by[each.key]
                name     = each.key
                address  = each.value
              }
              """;
      isFine(each.formatted("a"));
      assertThat(wrong(each.formatted("z"))).containsExactly("unknown-provider-key at each.key");
      assertThat(bench.diagnostics().all().getFirst().address()).contains("host.all[\"z\"]");
    }

    @Test
    void andWhatIsReadOrOpenedOrImportedDoesTheSame() throws Exception {
      assertThat(
              wrong(
                  """
                  data "note" "n" {
                    provider = test.y
                  %s
                  ephemeral "secret_file" "s" {
                    provider = test
                    path     = "/x"
                  }
                  import {
                    to       = host.a
                    provider = builtin
                  }
                  """
                      .formatted(NOTE)))
          .containsExactly(
              "undeclared-provider at test.y",
              "wrong-provider at test",
              "wrong-provider at builtin");
    }

    @Test
    void importsEachByAnInstance() throws Exception {
      String imports =
          BY
              + """
              resource "host" "all" {
                for_each = { a = "10.0.0.1", b = "10.0.0.2" }
                name     = each.key
                address  = each.value
              }
              import {
                for_each = toset(["a", "b"])
                to       = host.all[each.key]
                provider = test.by[%s]
              }
              """;
      isFine(imports.formatted("each.key"));
      assertThat(wrong(imports.formatted("\"${each.key}!\"")))
          .containsOnly("unknown-provider-key at \"${each.key}!\"");
      assertThat(bench.findings())
          .containsExactly(
              "Invalid provider instance key: test.by has no instance [\"a!\"]; it has [\"a\"],"
                  + " [\"b\"].",
              "Invalid provider instance key: test.by has no instance [\"b!\"]; it has [\"a\"],"
                  + " [\"b\"].");
    }
  }

  @Nested
  class ForEach {
    private static String by(String elements) {
      return "provider \"test\" {\n  alias    = \"by\"\n  for_each = " + elements + "\n}\n";
    }

    private static final String MORE =
        """
        variable "secret" {
          default   = { a = 1 }
          sensitive = true
        }
        variable "fleeting" {
          default   = { a = 1 }
          ephemeral = true
        }
        variable "names" { default = ["a", "b"] }
        locals {
          names = toset(var.names)
          late  = toset([terraform_data.d.id])
        }
        resource "terraform_data" "d" {}
        """;

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ a = 1 }", "toset(var.names)", "local.names"})
    void isOfWhatIsKnownBeforehand(String elements) throws Exception {
      isFine(by(elements) + MORE);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "[\"a\"]",
          "null",
          "1",
          "toset([1])",
          "var.secret",
          "var.fleeting",
          "local.late",
          "terraform_data.d",
          "toset([timestamp()])",
        })
    void isOfNothingElse(String elements) throws Exception {
      assertThat(wrong(by(elements) + MORE)).containsExactly("invalid-for_each at " + elements);
    }

    @Test
    void saysWhatIsTooLate() throws Exception {
      wrong(by("local.late") + MORE);
      assertThat(bench.findings())
          .containsExactly(
              "Invalid for_each argument: The instances of test.by must be known before anything else"
                  + " is: variables and local values may be used, but this needs"
                  + " terraform_data.d.id.");
    }
  }

  @Nested
  class AModule {
    private static final String WANTS =
        """
        pgha {
          required_providers {
            t = {
              source                = "pgha/test"
              configuration_aliases = [t.a, t.b]
            }
          }
        }
        data "note" "n" {
          provider = t.a
        """
            + NOTE;

    private static String call(String arguments) {
      return BY
          + "provider \"test\" { alias = \"x\" }\nmodule \"m\" {\n  source = \"./m\"\n  "
          + arguments
          + "\n}\n";
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "providers = { t.a = test.x, t.b = test }",
          "providers = { t.a = test.x, \"t.b\" = test, t = test.x }",
          "providers = {\n    t.a = test.by[\"a\"]\n    t.b : test.by[\"b\"]\n  }",
          "for_each = toset([\"a\"])\n  providers = { t.a = test.by[each.key], t.b = test.x }",
        })
    void isPassedWhatItWants(String providers) throws Exception {
      module(WANTS);
      isFine(call(providers));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            t.a = test                      | missing-provider at module "m"
            t.a = test, t.b = test.q        | undeclared-provider at test.q
            t.a = test, t.b = tset          | unknown-provider at tset
            t.a = test, t.b = builtin       | provider-mismatch at builtin
            t.a = test, t.b = test, t.c = test | undeclared-provider at t.c
            t.a = test, t.b = test, u = test | unknown-provider at u
            t.a = test, t.b = test, t.a = test | duplicate-provider at t.a
            t.a = test, t.b = test.by       | missing-provider-key at test.by
            t.a = test, t.b = test.by["c"]  | unknown-provider-key at ["c"]
            t.a = test, t.b = test.x["c"]   | unexpected-provider-key at ["c"]
            """)
    void andNothingElse(String providers, String found) throws Exception {
      module(WANTS);
      assertThat(wrong(call("providers = { " + providers + " }"))).containsExactly(found);
    }

    @Test
    void isNotCalledWithoutIt() throws Exception {
      module(WANTS);
      assertThat(wrong(call("")))
          .containsExactly("missing-provider at module \"m\"", "missing-provider at module \"m\"");
      assertThat(bench.findings())
          .startsWith(
              "Missing required provider configuration: The module wants to be passed a configuration"
                  + " t.a of the provider \"test\". Add it to the call: providers = { t.a = ... }.");
    }

    @Test
    void isGivenAnObject() throws Exception {
      module("");
      assertThat(wrong(call("providers = [test.x]")))
          .containsExactly("invalid-providers at [test.x]");
    }

    @Test
    void inJsonToo() throws Exception {
      module(WANTS);
      file(
          "call.pgha.json",
          """
          {"module": {"m": {"source": "./m", "providers": {"t.a": "test.x", "t.b": "test.by[\\"a\\"]"}}}}
          """);
      isFine(BY + "provider \"test\" {\n  alias = \"x\"\n}\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            count = 2                        | repeated-provider at 2
            for_each = {}                    | repeated-provider at {}
            lifecycle { enabled = 1 > 0 }    | repeated-provider at 1 > 0
            depends_on = [terraform_data.d]  | repeated-provider at terraform_data.d
            """)
    void withConfigurationsOfItsOwnIsThereOnce(String argument, String found) throws Exception {
      file("m/n/n.pgha.hcl", "provider \"test\" {\n  alias = \"x\"\n}\n");
      module("module \"n\" {\n  source = \"./n\"\n}\n");
      String more = "resource \"terraform_data\" \"d\" {}\n";
      isFine(call("") + more);
      assertThat(wrong(call(argument) + more)).containsExactly(found);
      assertThat(bench.findings())
          .containsExactly(
              "Module is incompatible with count, for_each, enabled and depends_on: The module at module.m"
                  + " contains a provider configuration of its own, test.x at m/n/n.pgha.hcl:1,1, and"
                  + " so calls to it may not use the count, for_each, enabled or depends_on arguments. Name"
                  + " it in configuration_aliases there, and pass it in \"providers\".");
      file("m/n/n.pgha.hcl", "provider \"test\" {}\n");
      isFine(call(argument) + more);
    }
  }

  @Nested
  class RequiredProviders {
    private static String required(String entry) {
      return "pgha {\n  required_providers {\n    " + entry + "\n  }\n}\n";
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "test = {}",
          "test = \"~> 1.0\"",
          "aws = { source = \"example/aws\", version = \"~> 5.0\" }",
          "terraform = { source = \"terraform.io/builtin/terraform\" }",
          "t = { source = \"pgha/test\", configuration_aliases = [t, t.a] }",
        })
    void sayWhichOnes(String entry) throws Exception {
      isFine(required(entry));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            t = { sauce = "pgha/test" }            | invalid-required-provider at sauce
            t = 1                                  | invalid-required-provider at 1
            t = { source = 1 }                     | invalid-required-provider at 1
            t = { source = "a/b/c/d" }             | invalid-required-provider at "a/b/c/d"
            t = { configuration_aliases = t.a }    | invalid-configuration-aliases at t.a
            t = { configuration_aliases = [u.a] }  | invalid-configuration-aliases at u.a
            t = { configuration_aliases = ["/"] }  | invalid-provider-reference at "/"
            """)
    void andNothingElse(String entry, String found) throws Exception {
      assertThat(wrong(required(entry))).containsExactly(found);
    }

    @Test
    void standInOneBlock() throws Exception {
      assertThat(wrong(required("") + required("")))
          .containsExactly("duplicate-block at required_providers");
    }

    @Test
    void nameFunctionsInTheirModule() throws Exception {
      String greeting = "output \"out\" {\n  value = provider::t::greeting(\"you\")\n}\n";
      module(required("t = { source = \"pgha/test\" }") + greeting);
      String call =
          required("x = { source = \"example.org/pgha/test\" }")
              + """
              module "m" {
                source = "./m"
              }
              output "out" {
                value = "${module.m.out}, %s"

                precondition {
                  condition     = provider::x::greeting(module.m.out) != ""
                  error_message = "None."
                }
              }
              """;
      Plan plan =
          bench
              .configure(call.formatted("${provider::x::greeting(\"me\")}"))
              .plan()
              .orElseThrow(() -> new AssertionError(bench.findings()));
      assertThat(plan.outputs().getFirst().after().map(ValueText::of))
          .contains("\"Hello you, Hello me\"");
      assertThat(wrong(call.formatted("${provider::t::greeting(\"me\")}")))
          .containsExactly("unknown-function at provider::t::greeting");
    }

    @Test
    void mayTakeANameFromAnother() throws Exception {
      String other = required("test = { source = \"pgha/builtin\" }");
      isFine(other + "resource \"terraform_data\" \"d\" {\n  provider = test\n}\n");
      assertThat(wrong(other + "output \"o\" {\n  value = provider::test::greeting(\"\")\n}\n"))
          .containsExactly("unknown-function at provider::test::greeting");
    }
  }
}
