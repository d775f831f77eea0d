package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.view.Graph;
import io.pgha.cli.view.PlanDocument;
import io.pgha.cli.view.PlanPage;
import io.pgha.cli.view.Svg;
import io.pgha.language.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is in anything that is shown or written for others to see. */
class SecretsTests {
  private static final String OLD = "Wq7-old-secret";
  private static final String NEW = "Wq7-new-secret";

  @TempDir private Path folder;

  @Test
  void ofSensitiveVariables() throws IOException {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                variable "secret" {
                  type      = string
                  sensitive = true
                }
                resource "terraform_data" "plain" {
                  input = var.secret
                }
                resource "terraform_data" "deep" {
                  input            = { list = ["a", { text = "x-${var.secret}" }], set = toset([var.secret]), n = 1 }
                  triggers_replace = { json = jsonencode({ a = var.secret }) }
                }
                resource "terraform_data" "heir" {
                  input = { from = terraform_data.plain.output, deep = terraform_data.deep.output }
                }
                output "secret" {
                  value     = [var.secret, terraform_data.heir.output]
                  sensitive = true
                }
                """);
    everything(cli, OLD);
    everything(cli, NEW);
    assertHidden(cli.run("destroy", "-json", "-auto-approve", "-var=secret=" + NEW).out());
    assertThat(Files.readString(folder.resolve("pgha.state.json"))).doesNotContain("Wq7");
  }

  private void everything(Cli cli, String secret) throws IOException {
    String given = "-var=secret=" + secret;
    Cli.Said plan = cli.run("plan", given, "-html=plan.html", "-document=plan.json");
    assertThat(plan.status()).isZero();
    assertThat(plan.out()).contains(io.pgha.cli.view.ShownValues.HIDDEN);
    assertHidden(plan.out() + plan.errors());
    assertHidden(Files.readString(folder.resolve("plan.html")));
    assertHidden(Files.readString(folder.resolve("plan.json")));
    assertHidden(cli.run("plan", "-json", given).out());
    assertHidden(cli.run("plan", "-json", "-destroy", given).out());
    assertHidden(cli.run("graph", "-svg", "-type=plan", given).out());
    Cli.Said apply = cli.run("apply", "-json", "-auto-approve", given);
    assertThat(apply.status()).as(apply.out()).isZero();
    assertHidden(apply.out() + apply.errors());
    assertHidden(cli.run("show").out());
    assertHidden(cli.run("show", "-json").out());
    cli.run("show", "-html=state.html");
    assertHidden(Files.readString(folder.resolve("state.html")));
    assertHidden(cli.run("output").out());
  }

  @Test
  void ofSecretArgumentsAndFiles() throws Exception {
    Map<String, String> variables = new HashMap<>(Documents.variables(folder));
    variables.put(
        "PGHA_VAR_passwords",
        """
        { postgres = "Wq7-a", replicator = "Wq7-b", admin = "Wq7-c", rest_api = "Wq7-d", \
        stats = "Wq7-e", keepalived = "Wq7-f" }\
        """);
    BarePlan plan = BarePlan.ofTheGuide(variables);
    List<String> outputs =
        List.of(
            PlanText.of(plan.view(), new Paint(false)),
            PlanDocument.of(plan.view(), plan.diagnostics(), "1"),
            PlanPage.of(plan.view(), plan.diagnostics(), "1"),
            Svg.document(Graph.of(plan.view())));
    outputs.forEach(SecretsTests::assertHidden);
    assertThat(outputs.getFirst())
        .contains("auth_pass", "keepalived.conf")
        .contains("password = (sensitive value)");
  }

  @Test
  void ofSensitiveSettingsThatArePassedOnIntoFiles() throws Exception {
    Path project = Files.createDirectory(folder.resolve("project"));
    try (Stream<Path> files = Files.list(Documents.ROOT.resolve("examples/guide"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, project.resolve(file.getFileName().toString()));
      }
    }
    Files.writeString(
        project.resolve("settings.pgha.hcl"),
        """
        variable "secret" {
          default   = "Wq7-z"
          sensitive = true
        }
        """);
    Path database = project.resolve("database.pgha.hcl");
    Files.writeString(
        database,
        Files.readString(database)
            .replace(
                "resource \"patroni_cluster\" \"main\" {",
                """
                resource "patroni_cluster" "main" {
                  node_settings    = { postgresql = { authentication = { rewind = { username = "rewind", password = var.secret } } } }
                  dynamic_settings = { slots = { audit = { type = var.secret } } }
                """)
            .replace("cp ${local.archive}/%f", "fetch --key ${var.secret} %f")
            .replace(
                "resource \"etcd_member\" \"db\" {",
                """
                resource "etcd_member" "db" {
                  settings = { ETCD_PROXY_TOKEN = "token ${var.secret}" }
                """));
    BarePlan plan = BarePlan.of(project, Documents.variables(folder));
    assertThat(plan.diagnostics()).noneMatch(Diagnostic::isError);
    String text = PlanText.of(plan.view(), new Paint(false));
    List<String> outputs =
        List.of(
            text,
            PlanDocument.of(plan.view(), plan.diagnostics(), "1"),
            PlanPage.of(plan.view(), plan.diagnostics(), "1"));
    outputs.forEach(SecretsTests::assertHidden);
    assertThat(text)
        .contains(
            "rewind:",
            "password: (sensitive)",
            "restore_command: (sensitive)",
            "type: (sensitive)",
            "ETCD_PROXY_TOKEN=(sensitive)",
            "new file, 0600 root:root");
  }

  private static void assertHidden(String output) {
    assertThat(output).isNotEmpty().doesNotContain("Wq7");
  }
}
