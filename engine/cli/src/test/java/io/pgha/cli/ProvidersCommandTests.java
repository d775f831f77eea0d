package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersCommandTests {
  @TempDir private Path folder;

  @Test
  void namesThoseThatAreUsed() {
    String text =
        """
        resource "host" "a" {
          name    = "a"
          address = "10.0.0.1"
        }
        data "host_file" "motd" {
          host = host.a.id
          path = "/etc/motd"
        }
        resource "terraform_data" "note" {}
        """;
    Cli.Said said = new Cli(folder).configure(text).run("providers");
    assertThat(said.status()).as(said.errors()).isZero();
    assertThat(said.out().lines())
        .containsExactly("builtin: terraform_data", "host: data.host_file, host");
  }

  @Test
  void saysWhatIsWrongWithTheConfiguration() {
    Cli.Said said = new Cli(folder).configure("resource {").run("providers");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("main.pgha.hcl:1");
  }

  @Test
  void writesTheSchemasOfAllTypes() throws Exception {
    Cli.Said said = new Cli(folder).run("providers", "schema", "-json");
    assertThat(said.status()).as(said.errors()).isZero();
    JsonNode schemas = new ObjectMapper().readTree(said.out()).get("provider_schemas");
    JsonNode patroni = schemas.get("patroni").get("resource_schemas");
    JsonNode cluster = patroni.get("patroni_cluster").get("block").get("attributes");
    assertThat(cluster.get("scope").get("type").asText()).isEqualTo("string");
    assertThat(cluster.get("scope").get("required").asBoolean()).isTrue();
    assertThat(cluster.get("id").get("computed").asBoolean()).isTrue();
    JsonNode superuser = cluster.get("superuser").get("nested_type");
    assertThat(superuser.get("nesting_mode").asText()).isEqualTo("single");
    assertThat(superuser.get("attributes").get("password").get("write_only").asBoolean()).isTrue();
    assertThat(schemas.get("host").get("data_source_schemas").has("host_file")).isTrue();
    assertThat(StreamSupport.stream(schemas.spliterator(), false))
        .allSatisfy(provider -> assertThat(provider.get("resource_schemas").isObject()).isTrue());
  }

  @Test
  void asksForTheFormThatItHas() {
    Cli.Said said = new Cli(folder).run("providers", "schema");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("-json");
  }
}
