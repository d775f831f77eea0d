package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCommandTests {
  @TempDir private Path folder;

  @Test
  void tellsHowFunctionsAreCalled() throws Exception {
    JsonNode functions = functions(new Cli(folder).run("metadata", "functions", "-json"));
    JsonNode lookup = functions.get("lookup");
    assertThat(lookup.get("description").asText()).endsWith(".");
    assertThat(lookup.get("return_type").asText()).isEqualTo("dynamic");
    assertThat(lookup.get("parameters")).hasSize(2);
    assertThat(lookup.get("variadic_parameter").get("is_nullable").asBoolean()).isTrue();
    assertThat(functions.get("sort").get("return_type").toString())
        .isEqualTo("[\"list\",\"string\"]");
    assertThat(functions.get("core::try")).isEqualTo(functions.get("try"));
  }

  /** The names of parameters are each tool's own; what they take is not. */
  @Test
  void tellsWhatTerraformTells() throws Exception {
    Terraform.assumeInstalled();
    Map<String, String> ours = calls(new Cli(folder).run("metadata", "functions", "-json"));
    Map<String, String> theirs = calls(Terraform.run(folder, "", "metadata", "functions", "-json"));
    assertThat(ours).containsAllEntriesOf(theirs);
  }

  private static Map<String, String> calls(Cli.Said said) throws Exception {
    Map<String, String> calls = new TreeMap<>();
    functions(said)
        .properties()
        .forEach(function -> {
          StringBuilder call = new StringBuilder("(");
          function
              .getValue()
              .path("parameters")
              .forEach(parameter -> call.append(parameter.get("type")).append(", "));
          JsonNode more = function.getValue().path("variadic_parameter");
          calls.put(
              function.getKey(),
              call.append(more.isMissingNode() ? "" : more.get("type") + "...")
                  .append(")")
                  .toString());
        });
    return calls;
  }

  private static JsonNode functions(Cli.Said said) throws Exception {
    assertThat(said.status()).as(said.errors()).isZero();
    return new ObjectMapper().readTree(said.out()).get("function_signatures");
  }

  @Test
  void wantsToBeAskedForJson() {
    Cli.Said said = new Cli(folder).run("metadata", "functions");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("-json");
  }
}
