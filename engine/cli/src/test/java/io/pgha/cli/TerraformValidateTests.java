package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code validate} finds errors in the lines that {@code terraform validate} 1.11.4 finds them in,
 * also where nothing is evaluated: what is wrong is marked with {@code # wrong}.
 */
class TerraformValidateTests {
  private static final String MODULE = "\n--- m\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Blocks without instances.
        """
        resource "terraform_data" "none" {
          count = 0
          inptu = 1 # wrong
        }
        resource "terraform_data" "count0" {
          count = 0
          input = var.nosuch # wrong
        }
        resource "terraform_data" "count1" {
          count = 0
          input = local.nosuch # wrong
        }
        resource "terraform_data" "count2" {
          count = 0
          input = terraform_data.nosuch.id # wrong
        }
        resource "terraform_data" "count3" {
          count = 0
          input = module.nosuch.id # wrong
        }
        resource "terraform_data" "count4" {
          count = 0
          input = each.key # wrong
        }
        resource "terraform_data" "count5" {
          count = 0
          input = path.nosuch # wrong
        }
        resource "terraform_data" "count6" {
          count = 0
          input = terraform.nosuch # wrong
        }
        resource "terraform_data" "count7" {
          count = 0
          input = "a" + 1 # wrong
        }
        resource "terraform_data" "count8" {
          count = 0
          input = upper(1, 2) # wrong
        }
        resource "terraform_data" "count9" {
          count = 0
          input = nosuch(1) # wrong
        }
        resource "terraform_data" "count10" {
          count = 0
          input = terraform_data.fine.id # wrong
        }
        resource "terraform_data" "count11" {
          count = 0
          input = terraform_data.fine[0].nosuch # wrong
        }
        resource "terraform_data" "count12" {
          count = 0
          input = terraform_data.fine[0].id.nosuch # wrong
        }
        resource "terraform_data" "each0" {
          for_each = {}
          input = each.valeu # wrong
        }
        resource "terraform_data" "each1" {
          for_each = {}
          input = count.index # wrong
        }
        resource "terraform_data" "each2" {
          for_each = {}
          input = each.value.x + "y" # wrong
        }
        resource "terraform_data" "fine" {
          count = 0
        }
        resource "terraform_data" "before" {
          count = 0
          lifecycle {
            precondition {
              condition     = var.nosuch # wrong
              error_message = "m"
            }
          }
        }
        resource "terraform_data" "after" {
          count = 0
          lifecycle {
            postcondition {
              condition     = self.nosuch # wrong
              error_message = "m"
            }
          }
        }
        """,
        // What may well be, and is no error whatever the variables are.
        """
        variable "list" {
          type    = list(string)
          default = []
        }
        variable "maybe" {
          type    = object({ name = string })
          default = null
        }
        resource "terraform_data" "first" {
          count = length(var.list) > 0 ? 1 : 0
          input = [var.list[0], try(var.maybe.name, ""), var.maybe == null ? "" : var.maybe.name]
          lifecycle {
            precondition {
              condition     = path.root == ""
              error_message = "Not judged."
            }
          }
        }
        output "first" {
          value = one(terraform_data.first[*].output)
        }
        """,
        // What loops and functions may never come to.
        """
        variable "objects" {
          type    = list(object({ name = string }))
          default = []
        }
        variable "number" {
          type = number
        }
        resource "terraform_data" "one" {}
        resource "terraform_data" "two" {
          count = 2
        }
        output "o0" {
          value = [for x in [] : var.nosuch] # wrong
        }
        output "o1" {
          value = [for x in [] : x if local.nosuch] # wrong
        }
        output "o2" {
          value = { for x in [] : x => var.nosuch } # wrong
        }
        output "o3" {
          value = "%{ for x in [] }${local.nosuch}%{ endfor }" # wrong
        }
        output "o4" {
          value = "%{ if false }${var.nope}%{ endif }" # wrong
        }
        output "o5" {
          value = [for x in [] : terraform_data.one.nosuch] # wrong
        }
        output "o6" {
          value = var.objects[*].nam # wrong
        }
        output "o7" {
          value = var.objects[*].name
        }
        output "o8" {
          value = try(1, var.nosuch) # wrong
        }
        output "o9" {
          value = can(terraform_data.nosuch) # wrong
        }
        output "o10" {
          value = try(terraform_data.two.id, 1) # wrong
        }
        output "o11" {
          value = try(terraform_data.one[0].id, 1) # wrong
        }
        output "o12" {
          value = try(terraform_data.two[5].id, 1)
        }
        output "o13" {
          value = try(terraform_data.two["x"].id, 1)
        }
        output "o14" {
          value = try(each.key, 1) # wrong
        }
        output "o15" {
          value = try(self.id, 1) # wrong
        }
        resource "terraform_data" "number" {
          for_each = var.number # wrong
        }
        resource "terraform_data" "list" {
          count = var.objects # wrong
        }
        locals {
          empty  = []
          unused = local.empty[0] # wrong
        }
        """,
        // Names that are asked for as they may be, and instances by keys of the other kind.
        """
        resource "terraform_data" "counted" {
          count = 2
        }
        resource "terraform_data" "each" {
          for_each = { "1" = "x" }
          input    = terraform_data.counted[each.key].id
        }
        module "one" {
          source = "./m"
        }
        module "none" {
          source = "./m"
          count  = 0
        }
        module "each" {
          source   = "./m"
          for_each = { "1" = "x" }
        }
        resource "terraform_data" "after" {
          depends_on = [module.none.o, module.one[0]]
        }
        output "o" {
          value = [
            terraform_data.each[1].id,
            terraform_data.counted["1"].id,
            module.each[1].o,
            module.one["o"],
            try(module.one[0].o, module.one.o),
            try(module.none.o, module.none[0].o, "none"),
            try(module.one.nope, 1),
            can(module.one["x"].o),
          ]
        }
        output "null" {
          value = terraform_data.counted[null].id # wrong
        }
        output "attribute" {
          value = module.one.nope # wrong
        }
        output "list" {
          value = upper(module.none) # wrong
        }
        --- m
        output "o" {
          value = 1
        }
        """,
        // What no value can have.
        """
        variable "tuple" {
          type = tuple([string, number])
        }
        variable "text" {
          type = string
        }
        variable "list" {
          type = list(string)
        }
        variable "object" {
          type = object({ name = string })
        }
        locals {
          zero = 0
        }
        resource "terraform_data" "none" {
          count = local.zero
          input = 100 / local.zero
        }
        output "index" {
          value = var.tuple[2] # wrong
        }
        output "splat" {
          value = var.object[*].nam # wrong
        }
        output "text" {
          value = var.text[*].name # wrong
        }
        output "if" {
          value = [for each in var.list : each if "yes"] # wrong
        }
        output "none" {
          value = [for each in [] : each if null] # wrong
        }
        output "template" {
          value = "%{ for each in var.text }x%{ endfor }" # wrong
        }
        """,
        // What depends on the defaults of variables.
        """
        variable "cidr" {
          default = ""
          validation {
            condition     = var.cidr != ""
            error_message = "m"
          }
        }
        variable "map" {
          type    = map(string)
          default = {}
        }
        resource "terraform_data" "one" {
          input = [cidrsubnet(var.cidr, 1, 1), var.map["key"]]
          lifecycle {
            precondition {
              condition     = var.cidr != ""
              error_message = "m"
            }
          }
        }
        variable "wrong" {
          type    = number
          default = "x" # wrong
        }
        """,
        // Modules without instances.
        """
        module "none" {
          source = "./m"
          count  = 0
          number = "x" # wrong
        }
        module "each" {
          source   = "./m"
          for_each = {}
          number   = var.nosuch # wrong
        }
        module "other" {
          source = "./m"
          count  = 0
          number = 1
        }
        --- m
        variable "number" {
          type    = number
          validation {
            condition     = var.number > var.nosuch # wrong
            error_message = "m"
          }
        }
        resource "terraform_data" "a" {
          input = var.nosuch # wrong
        }
        locals {
          unused = try(local.nosuch, 1) # wrong
        }
        output "o" {
          value = 1 + "y" # wrong
        }
        check "c" {
          assert {
            condition     = var.nosuch # wrong
            error_message = "m"
          }
        }
        """
      })
  void findsTheSame(String text) throws Exception {
    int end = text.indexOf(MODULE);
    Path theirs = Files.createDirectories(folder.resolve("theirs/m")).getParent();
    Path ours = Files.createDirectories(folder.resolve("ours/m")).getParent();
    String main = end < 0 ? text : text.substring(0, end + 1);
    String module = end < 0 ? "" : text.substring(end + MODULE.length());
    Files.writeString(theirs.resolve("main.tf"), main);
    Files.writeString(theirs.resolve("m/main.tf"), module);
    Files.writeString(ours.resolve("main.pgha.hcl"), main);
    Files.writeString(ours.resolve("m/main.pgha.hcl"), module);
    List<String> marked = new ArrayList<>(marked("m/main", module));
    marked.addAll(marked("main", main));
    assertThat(errors(new Cli(ours).run("validate", "-json")))
        .containsExactlyInAnyOrderElementsOf(marked);
    Terraform.assumeInstalled();
    Terraform.run(theirs, "", "init");
    // It tells some mistakes of modules once for each module, and some twice.
    assertThat(Set.copyOf(errors(Terraform.run(theirs, "", "validate", "-json"))))
        .isEqualTo(Set.copyOf(marked));
  }

  private static List<String> marked(String file, String text) {
    List<String> marked = new ArrayList<>();
    int line = 0;
    for (String each : text.split("\n", -1)) {
      line++;
      if (each.endsWith("# wrong")) {
        marked.add(file + ":" + line);
      }
    }
    return marked;
  }

  /** The lines with errors, as often as each has one. */
  private static List<String> errors(Cli.Said said) throws IOException {
    List<String> errors = new ArrayList<>();
    for (JsonNode found : new ObjectMapper().readTree(said.out()).get("diagnostics")) {
      JsonNode range = found.get("range");
      if (found.get("severity").asText().equals("error")) {
        assertThat(range).as(said.out()).isNotNull();
        String file = range.get("filename").asText().replaceAll("\\.(tf|pgha\\.hcl)$", "");
        errors.add(file + ":" + range.get("start").get("line").asInt());
      }
    }
    return errors;
  }
}
