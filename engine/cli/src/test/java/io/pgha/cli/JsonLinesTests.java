package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages for programs have Terraform's types and fields. */
class JsonLinesTests {
  private static final String TWO =
      """
      variable "name" {
        default = "one"
      }
      resource "terraform_data" "a" {
        input = var.name
      }
      resource "terraform_data" "b" {
        for_each         = toset(["x"])
        input            = terraform_data.a.output
        triggers_replace = var.name
      }
      output "name" {
        value = terraform_data.a.output
      }
      """;

  @TempDir private Path folder;

  @Test
  void aPlan() throws IOException {
    List<JsonNode> messages = messages(new Cli(folder).configure(TWO).run("plan", "-json"));
    assertThat(messages)
        .extracting(JsonLinesTests::brief)
        .containsExactly(
            "version: pgha " + Version.current().number(),
            "planned_change: terraform_data.a: Plan to create",
            "planned_change: terraform_data.b[\"x\"]: Plan to create",
            "change_summary: Plan: 2 to add, 0 to change, 0 to destroy.",
            "outputs: Outputs: 1");
    assertThat(messages.get(2).path("change"))
        .hasToString(
            """
            {"resource":{"addr":"terraform_data.b[\\"x\\"]","module":"",\
            "resource":"terraform_data.b[\\"x\\"]","implied_provider":"terraform",\
            "resource_type":"terraform_data","resource_name":"b","resource_key":"x"},\
            "action":"create"}\
            """);
    assertThat(messages.get(3).path("changes"))
        .hasToString(
            """
            {"add":2,"change":0,"import":0,"remove":0,"forget":0,"operation":"plan"}\
            """);
    assertThat(messages.get(4).path("outputs"))
        .hasToString("{\"name\":{\"sensitive\":false,\"action\":\"create\"}}");
  }

  @Test
  void appliesAndThenWhatChanges() throws IOException {
    Cli cli = new Cli(folder).configure(TWO);
    assertThat(messages(cli.run("apply", "-json", "-auto-approve")))
        .extracting(JsonLinesTests::brief)
        .contains(
            "apply_start: terraform_data.a: Creating...",
            "apply_complete: terraform_data.a: Creation complete after Ns [id=ID]",
            "apply_start: terraform_data.b[\"x\"]: Creating...",
            "apply_complete: terraform_data.b[\"x\"]: Creation complete after Ns [id=ID]",
            "change_summary: Apply complete! Resources: 2 added, 0 changed, 0 destroyed.",
            "outputs: Outputs: 1");
    List<JsonNode> second = messages(cli.run("apply", "-json", "-auto-approve", "-var=name=two"));
    assertThat(second)
        .extracting(JsonLinesTests::brief)
        .contains(
            "planned_change: terraform_data.a: Plan to update",
            "planned_change: terraform_data.b[\"x\"]: Plan to replace",
            "change_summary: Plan: 1 to add, 1 to change, 1 to destroy.",
            "change_summary: Apply complete! Resources: 1 added, 1 changed, 1 destroyed.");
    assertThat(second.getLast().path("outputs"))
        .hasToString("{\"name\":{\"sensitive\":false,\"type\":\"string\",\"value\":\"two\"}}");
    assertThat(messages(cli.run("destroy", "-json", "-auto-approve")))
        .extracting(JsonLinesTests::brief)
        .contains(
            "apply_start: terraform_data.a: Destroying... [id=ID]",
            "change_summary: Destroy complete! Resources: 0 added, 0 changed, 2 destroyed.");
  }

  @Test
  void mistakesInTheSourceAreDiagnostics() throws IOException {
    Cli cli =
        new Cli(folder).configure("resource \"terraform_data\" \"a\" {\n  inptu = \"é\" + 1\n}\n");
    Cli.Said said = cli.run("plan", "-json");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors()).isEmpty();
    JsonNode found = messages(said).get(1);
    assertThat(found.path("@level").asText()).isEqualTo("error");
    assertThat(found.path("type").asText()).isEqualTo("diagnostic");
    assertThat(found.path("diagnostic").path("range"))
        .hasToString(
            """
            {"filename":"main.pgha.hcl","start":{"line":2,"column":3,"byte":34},\
            "end":{"line":2,"column":8,"byte":39}}\
            """);
    assertThat(found.path("diagnostic").path("snippet"))
        .hasToString(
            """
            {"context":"resource \\"terraform_data\\" \\"a\\"","code":"  inptu = \\"é\\" + 1","start_line":2,\
            "highlight_start_offset":2,"highlight_end_offset":7,"values":[]}\
            """);
  }

  @Test
  void whatEndsACommandIsADiagnosticToo() throws IOException {
    Cli cli = new Cli(folder).configure(TWO);
    assertThat(messages(cli.run("plan", "-json", "-nothing")))
        .extracting(JsonLinesTests::brief)
        .containsExactly("diagnostic: Error: pgha plan has no option -nothing");
    assertThat(messages(cli.run("apply", "-json")).getLast().path("diagnostic").path("summary"))
        .hasToString("\"-json needs -auto-approve\"");
  }

  @Test
  void aReplacementIsTwoThingsInItsOrder() throws IOException {
    String text =
        """
        variable "v" {
          default = 1
        }
        resource "terraform_data" "a" {
          triggers_replace = var.v
        }
        resource "terraform_data" "b" {
          input            = terraform_data.a.id
          triggers_replace = var.v
          lifecycle {
            create_before_destroy = true
          }
        }
        """;
    Cli cli = new Cli(folder).configure(text.replace("terraform_data.a.id", "1"));
    cli.run("apply", "-auto-approve");
    cli.configure(text.replace("terraform_data.a.id", "1").replace("var.v", "[var.v]"));
    List<JsonNode> messages = messages(cli.run("apply", "-json", "-auto-approve"));
    assertThat(hooks(messages, "terraform_data.a"))
        .containsExactly(
            "refresh_start: terraform_data.a: Refreshing state... [id=ID]",
            "refresh_complete: terraform_data.a: Refresh complete [id=ID]",
            "apply_start delete: terraform_data.a: Destroying... [id=ID]",
            "apply_complete delete: terraform_data.a: Destruction complete after Ns",
            "apply_start create: terraform_data.a: Creating...",
            "apply_complete create: terraform_data.a: Creation complete after Ns [id=ID]");
    assertThat(hooks(messages, "terraform_data.b"))
        .containsExactly(
            "refresh_start: terraform_data.b: Refreshing state... [id=ID]",
            "refresh_complete: terraform_data.b: Refresh complete [id=ID]",
            "apply_start create: terraform_data.b: Creating...",
            "apply_complete create: terraform_data.b: Creation complete after Ns [id=ID]",
            "apply_start delete: terraform_data.b: Destroying... [id=ID]",
            "apply_complete delete: terraform_data.b: Destruction complete after Ns");
    assertThat(brief(messages.get(messages.size() - 2)))
        .isEqualTo("change_summary: Apply complete! Resources: 2 added, 0 changed, 2 destroyed.");
  }

  private static List<String> hooks(List<JsonNode> messages, String address) {
    return messages.stream()
        .filter(each -> each.at("/hook/resource/addr").asText().equals(address))
        .map(each ->
            brief(each)
                .replaceFirst(":", (" " + each.at("/hook/action").asText()).stripTrailing() + ":"))
        .toList();
  }

  /** The messages of a command, each with the fields that all of them have. */
  private static List<JsonNode> messages(Cli.Said said) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    for (String line : said.out().lines().toList()) {
      JsonNode message = new ObjectMapper().readTree(line);
      assertThat(message.path("@level").asText()).isIn("info", "warn", "error");
      assertThat(message.path("@module").asText()).isEqualTo("pgha.ui");
      assertThat(message.path("@timestamp").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
      messages.add(message);
    }
    return messages;
  }

  private static String brief(JsonNode message) {
    String said =
        message
            .path("@message")
            .asText()
            .replaceAll("after \\d+s", "after Ns")
            .replaceAll("\\[id=[-0-9a-f]{36}]", "[id=ID]");
    return message.path("type").asText() + ": " + said;
  }
}
