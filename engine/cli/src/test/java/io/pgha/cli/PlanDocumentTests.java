package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pgha.cli.view.PlanDocument;
import io.pgha.cli.view.PlanReader;
import io.pgha.state.LockInfo;
import io.pgha.state.StateSession;
import io.pgha.state.file.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents are as their schemas in docs say. */
class PlanDocumentTests {
  @TempDir private Path folder;

  private static final String BEFORE =
      """
      variable "size" {
        type    = number
        default = 1
      }
      resource "terraform_data" "kept" {
        for_each = toset(["a", "b"])
        input    = { name = each.key, size = var.size, list = [1, [], {}], none = null }
      }
      resource "terraform_data" "anew" {
        input            = terraform_data.kept["a"].id
        triggers_replace = [var.size]
      }
      output "size" {
        value = var.size
      }
      """;

  @Test
  void aPlanThatCreatesEverything() throws Exception {
    BarePlan plan = BarePlan.ofTheGuide(Documents.variables(folder));
    String document = PlanDocument.of(plan.view(), plan.diagnostics(), "1.2.3");
    assertConforms("plan-schema.json", document);
    assertReadsBack(plan.view(), document);
  }

  @Test
  void aPlanWithEveryKindOfChange() throws IOException {
    Cli cli = new Cli(folder).configure(BEFORE);
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    cli.configure(BEFORE.replace("\"b\"", "\"c\""));
    String shown = cli.run("plan", "-var=size=2", "-document=plan.json").out();
    String document = Files.readString(folder.resolve("plan.json"));
    assertThat(document)
        .contains("\"create\"", "\"update\"", "\"delete\"", "\"replace_paths\" : [\n");
    assertConforms("plan-schema.json", document);
    assertThat(cli.run("show", "plan.json").out()).isEqualTo(shown);
    assertThat(cli.run("show", "-json", "plan.json").out()).isEqualTo(document);
  }

  @Test
  void whatAReplacementPutAside() throws Exception {
    Cli cli = new Cli(folder).configure("resource \"terraform_data\" \"a\" {}\n");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    try (StateSession session =
        new LocalBackend(folder.resolve(LocalBackend.FILE_NAME))
            .open(LockInfo.of("test", "1"), Duration.ZERO)) {
      session.depose("terraform_data.a", "key1");
      session.finish(Map.of());
    }
    Cli.Said said = cli.run("plan", "-document=plan.json");
    assertThat(said.status()).as("%s", said.errors()).isZero();
    assertThat(said.out()).contains("(deposed object key1)");
    assertConforms("plan-schema.json", Files.readString(folder.resolve("plan.json")));
    assertThat(cli.run("apply", "-json", "-auto-approve").status()).isZero();
    assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();
  }

  @Test
  void anEmptyPlan() throws IOException {
    Cli cli = new Cli(folder).configure("");
    cli.run("plan", "-document=plan.json");
    assertConforms("plan-schema.json", Files.readString(folder.resolve("plan.json")));
  }

  @Test
  void whatWasApplied() throws IOException {
    Cli cli = new Cli(folder).configure(BEFORE);
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertConforms("values-schema.json", cli.run("show", "-json").out());
  }

  @Test
  void aFileThatIsNoPlanIsRefused() throws IOException {
    Files.writeString(folder.resolve("plan.json"), "{\"format_version\": \"2.0\"}");
    Cli.Said said = new Cli(folder).run("show", "plan.json");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors())
        .contains("plan.json is no plan", "its format version is 2.0, which only a newer pgha");
    Files.writeString(folder.resolve("plan.json"), "not JSON at all");
    assertThat(new Cli(folder).run("show", "plan.json").errors()).contains("is no plan");
  }

  private static void assertReadsBack(io.pgha.cli.view.PlanView view, String document)
      throws IOException {
    Paint paint = new Paint(true);
    assertThat(PlanText.of(PlanReader.read(document), paint)).isEqualTo(PlanText.of(view, paint));
  }

  static void assertConforms(String schema, String document) throws IOException {
    Schema loaded =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Documents.ROOT.resolve("docs").resolve(schema)));
    assertThat(loaded.validate(document, InputFormat.JSON))
        .extracting(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .isEmpty();
  }
}
