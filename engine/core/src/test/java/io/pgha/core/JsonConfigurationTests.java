package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.ValueText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole configuration in JSON: what is not evaluated is written as text there. */
final class JsonConfigurationTests {
  @TempDir Path folder;

  @Test
  void defaultsAndDescriptionsAreTextAsItIs() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.json"),
        """
        {
          "variable": {
            "text": {"default": "a${1+1}b%{if", "description": "takes ${"},
            "all": {"default": {"k${x}": ["${x}", 1, null]}}
          },
          "output": {
            "text": {"value": "${var.text}", "description": "${"},
            "all": {"value": "${var.all}"}
          }
        }
        """);
    Workbench bench = new Workbench(folder);
    Plan plan = bench.plan().orElseThrow(() -> new AssertionError(bench.findings()));
    assertThat(plan.outputs())
        .extracting(output -> output.after().map(ValueText::of).orElseThrow())
        .containsExactlyInAnyOrder(
            "\"a${1+1}b%{if\"",
            """
            {
              "k${x}" = [
                "${x}",
                1,
                null,
              ]
            }\
            """);
  }

  @Test
  void saysAllThatHclDoes() throws Exception {
    Path module = Files.createDirectory(folder.resolve("m"));
    Files.writeString(
        module.resolve("m.pgha.json"),
        """
        {
          "variable": {
            "names": {"type": "map(object({ n = number, t = optional(string, \\\"none\\\") }))"},
            "quiet": {"type": "bool", "default": true, "sensitive": "false", "nullable": false}
          },
          "resource": {
            "terraform_data": {
              "each": {
                "for_each": "${var.names}",
                "input": "${each.key} ${each.value.n + 1} ${each.value.t} ${var.quiet}",
                "lifecycle": {"ignore_changes": ["triggers_replace"], "create_before_destroy": true}
              }
            }
          },
          "output": {"all": {"value": "${values(terraform_data.each)[*].input}"}}
        }
        """);
    Files.writeString(
        folder.resolve("main.pgha.json"),
        """
        {
          "resource": {"terraform_data": {"first": {"input": 1}}},
          "module": {
            "m": {
              "source": "./m",
              "names": {"a": {"n": 1}, "b": {"n": 2, "t": "x"}},
              "depends_on": ["terraform_data.first"]
            }
          },
          "output": {"all": {"value": "${module.m.all}", "depends_on": ["terraform_data.first"]}}
        }
        """);
    Workbench bench = new Workbench(folder);
    Plan plan = bench.plan().orElseThrow(() -> new AssertionError(bench.findings()));
    assertThat(plan.outputs().getFirst().after().map(ValueText::of).orElseThrow())
        .contains("a 2 none true", "b 3 x true");
    assertThat(Workbench.planned(plan, "module.m.terraform_data.each[\"a\"]").dependencies())
        .contains("terraform_data.first");
  }
}
