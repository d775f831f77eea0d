package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References with and without the key of an instance; as {@code terraform} 1.11.4 has them. */
final class InstanceKeyTests {
  private static final String CONFIG =
      """
      output "x" { value = %s }
      locals { zero = 0 }
      resource "terraform_data" "s" {}
      resource "terraform_data" "c" { count = 2 }
      resource "terraform_data" "f" { for_each = { a = 1 } }
      resource "terraform_data" "none" { count = 0 }
      module "s" {
        source = "./m"
      }
      module "c" {
        source = "./m"
        count  = 2
      }
      module "f" {
        source   = "./m"
        for_each = { a = 1 }
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
    bench.module("output \"out\" { value = { a = 1 } }\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          terraform_data.c.id        | 38 | terraform_data.c has count, so say which of its instances is meant: terraform_data.c[0].id is one, terraform_data.c[count.index].id the one that belongs to the instance that refers to it, terraform_data.c[*].id a list of all.
          terraform_data.none.id     | 41 | terraform_data.none has count, so say which of its instances is meant: terraform_data.none[0].id is one, terraform_data.none[count.index].id the one that belongs to the instance that refers to it, terraform_data.none[*].id a list of all.
          terraform_data.f.id        | 38 | terraform_data.f has for_each, so say which of its instances is meant: terraform_data.f["..."].id is one, terraform_data.f[each.key].id the one that belongs to the instance that refers to it, values(terraform_data.f)[*].id a list of all.
          terraform_data.f.a         | 38 | terraform_data.f has for_each, so say which of its instances is meant: terraform_data.f["..."].a is one, terraform_data.f[each.key].a the one that belongs to the instance that refers to it, values(terraform_data.f)[*].a a list of all.
          module.c.out               | 30 | module.c has count, so say which of its instances is meant: module.c[0].out is one, module.c[count.index].out the one that belongs to the instance that refers to it, module.c[*].out a list of all.
          module.f.out.a             | 30 | module.f has for_each, so say which of its instances is meant: module.f["..."].out.a is one, module.f[each.key].out.a the one that belongs to the instance that refers to it, values(module.f)[*].out.a a list of all.
          terraform_data.s[0].id     | 41 | terraform_data.s has neither count nor for_each: it is one instance, named without a key, as in terraform_data.s.id.
          terraform_data.s["id"]     | 44 | terraform_data.s has neither count nor for_each: it is one instance, named without a key, as in terraform_data.s.
          terraform_data.s[local.zero].id | 50 | terraform_data.s has neither count nor for_each: it is one instance, named without a key, as in terraform_data.s.id.
          module.s[0].out            | 33 | module.s has neither count nor for_each: it is one instance, named without a key, as in module.s.out.
          module.s["a"]              | 35 | module.s has neither count nor for_each: it is one instance, named without a key, as in module.s.
          """)
  void areWrongAtTheName(String reference, int end, String detail) throws Exception {
    assertThat(bench.configure(CONFIG.formatted(reference)).plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.detail()).isEqualTo(detail);
          assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:1,22");
          assertThat(found.subject().orElseThrow().end().column()).isEqualTo(end);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "terraform_data.c[\"1\"].id",
        "terraform_data.c[terraform_data.s.id].id",
        "module.c[\"0\"].out",
        "module.c[length(terraform_data.s.id)].out",
        "terraform_data.s.*.id",
        "terraform_data.s[*].id",
        "terraform_data.c.*.id",
        "terraform_data.c.0.id",
        "terraform_data.c[local.zero].id",
        "terraform_data.none[*].id",
        "terraform_data.f[\"a\"].id",
        "terraform_data.f",
        "(terraform_data.f).a.id",
        "(terraform_data.c)[1].id",
        "module.s[\"out\"]",
        "module.f.a.out",
        "module.f[\"a\"].out",
        "module.c[*].out",
        "module.c[1].out"
      })
  void areRight(String reference) throws Exception {
    assertThat(bench.configure(CONFIG.formatted(reference)).plan())
        .as("%s", bench.findings())
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for_each = { a = 1 } | each.foo    | There is no each.foo; there are only each.key and each.value.
          for_each = { a = 1 } | count.index | count.index is there only in a block with count.
          count = 1            | count.foo   | There is no count.foo; there is only count.index.
          count = 1            | each.key    | each.key and each.value are there only in a block with for_each.
          """)
  void ofTheBlockItselfAreNamed(String repetition, String reference, String detail)
      throws Exception {
    bench.configure(
        "resource \"terraform_data\" \"x\" {\n  %s\n  input = %s\n}\n"
            .formatted(repetition, reference));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.detail()).isEqualTo(detail);
          assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:3,11");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e30", "\"1e30\"", "-1", "1.5", "true", "null", "\"x\""})
  void namesNothing(String key) throws Exception {
    bench.configure(CONFIG.formatted("terraform_data.c[" + key + "].id"));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> assertThat(found.code()).isEqualTo("invalid-index"));
  }

  @Test
  void ofDataSourcesAreToldToo() throws Exception {
    bench.configure(
        Workbench.HOSTS
            + """
            data "note" "all" {
              count = 1
              host  = host.all["a"].id
              path  = "/note"
            }
            output "x" { value = data.note.all.text }
            """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Instance key needed: data.note.all has count, so say which of its instances is meant:"
                + " data.note.all[0].text is one, data.note.all[count.index].text the one that"
                + " belongs to the instance that refers to it, data.note.all[*].text a list of"
                + " all.");
  }
}
