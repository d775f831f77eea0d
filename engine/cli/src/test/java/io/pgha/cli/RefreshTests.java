package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.cli.view.PlanDocument;
import io.pgha.cli.view.PlanPage;
import io.pgha.cli.view.PlanReader;
import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlannedAction;
import io.pgha.cli.view.ResourceView;
import io.pgha.cli.view.ResourceView.ArtifactAction;
import io.pgha.cli.view.ResourceView.ArtifactView;
import io.pgha.cli.view.ResourceView.AttributeView;
import io.pgha.cli.view.ResourceView.EffectView;
import io.pgha.core.plan.ActionReason;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How it is shown what the machines say beside what was last applied, and which options clash. */
class RefreshTests {
  @TempDir private Path folder;

  private static ResourceView resource(
      String address,
      PlannedAction action,
      Map<String, Value> before,
      Map<String, Value> after,
      List<AttributeView> attributes,
      List<ArtifactView> artifacts) {
    return new ResourceView(
        InstanceAddress.parse(address),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        action,
        ActionReason.NONE,
        "",
        "lb-1",
        Optional.empty(),
        ObjectValue.of(before),
        ObjectValue.of(after),
        attributes,
        artifacts,
        List.of(),
        new EffectView("none", "", false),
        List.of(),
        List.of());
  }

  private static final PlanView DRIFT =
      new PlanView(
          "refresh-only",
          "a-lineage",
          7,
          new PlanView.Summary(0, 0, 0, 0, 0, 0, 1, 1, List.of()),
          List.of(
              resource(
                  "haproxy_lb.main",
                  PlannedAction.CHANGED,
                  Map.of("maxconn", Num.of(400), "port", Num.of(5000)),
                  Map.of("maxconn", Num.of(50), "port", Num.of(5000)),
                  List.of(new AttributeView("maxconn", Num.of(400), Num.of(50), "", false)),
                  List.of(
                      new ArtifactView(
                          "lb-1",
                          "file:/etc/haproxy/haproxy.cfg",
                          ArtifactAction.UPDATE,
                          "content",
                          List.of(),
                          "changed outside pgha"))),
              resource("host.lb", PlannedAction.NO_OP, Map.of(), Map.of(), List.of(), List.of()),
              resource(
                  "vip.main",
                  PlannedAction.GONE,
                  Map.of("router_id", Num.of(51)),
                  Map.of(),
                  List.of(),
                  List.of())),
          List.of(),
          List.of());

  @Nested
  class Shown {
    @Test
    void toAPerson() {
      assertThat(PlanText.of(DRIFT, new Paint(false)))
          .isEqualTo(
              """
              ~ changed outside pgha   - gone

              lb-1
                ~ haproxy_lb.main was changed outside pgha
                  ~ maxconn = 400 -> 50
                    # (1 unchanged attribute hidden)
                  ~ file /etc/haproxy/haproxy.cfg: content   # changed outside pgha

                - vip.main is no longer there

              Drift: 1 changed outside pgha, 1 gone.
              pgha apply -refresh-only takes this for what was last applied; pgha apply undoes it.
              """);
    }

    @Test
    void toAPersonWhereThereIsNone() {
      PlanView none =
          new PlanView(
              "refresh-only",
              "",
              0,
              new PlanView.Summary(0, 0, 0, 0, 0, 0, 0, 0, List.of()),
              List.of(),
              List.of(),
              List.of());
      assertThat(none.nothing()).isEqualTo("No drift. The machines are as they were last applied.");
    }

    @Test
    void toAProgramInTerraformsWords() throws Exception {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new JsonLines(
              new PrintStream(out, true, StandardCharsets.UTF_8), () -> Instant.ofEpochSecond(0))
          .planned(DRIFT);
      List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
      JsonNode first = new ObjectMapper().readTree(lines.getFirst());
      assertThat(first.path("type").asText()).isEqualTo("resource_drift");
      assertThat(first.path("@message").asText())
          .isEqualTo("haproxy_lb.main: Drift detected (update)");
      assertThat(first.path("change").path("action").asText()).isEqualTo("update");
      assertThat(lines.get(1)).contains("vip.main: Drift detected (delete)");
      assertThat(lines.get(2)).contains("Drift: 1 changed outside pgha, 1 gone.");
    }

    @Test
    void asADocumentThatIsReadBack() throws Exception {
      String document = PlanDocument.of(DRIFT, List.of(), "1.2.3");
      PlanDocumentTests.assertConforms("plan-schema.json", document);
      JsonNode plan = new ObjectMapper().readTree(document);
      assertThat(plan.at("/resource_drift/1/change/actions/0").asText()).isEqualTo("delete");
      assertThat(plan.at("/resource_changes").findValuesAsText("address"))
          .containsExactly("host.lb");
      PlanView read = PlanReader.read(document);
      assertThat(PlanDocument.of(read, List.of(), "1.2.3")).isEqualTo(document);
      assertThat(PlanText.of(read, new Paint(false)))
          .isEqualTo(PlanText.of(DRIFT, new Paint(false)));
    }

    @Test
    void asAPage() {
      assertThat(PlanPage.of(DRIFT, List.of(), "1.2.3"))
          .contains("<h1>Drift</h1>", "changed outside pgha", "is no longer there", "maxconn");
    }
  }

  @Test
  void whatWasReadIsShownOnlyWhereItIsUsed() throws Exception {
    java.nio.file.Files.writeString(
        folder.resolve("main.pgha.hcl"),
        """
        resource "host" "a" {
          name    = "a"
          address = "10.0.0.1"
        }
        data "host_file" "later" {
          host = host.a.id
          path = "/etc/motd"
        }
        """);
    BarePlan plan = BarePlan.of(folder, Map.of());
    assertThat(PlanText.of(plan.view(), new Paint(false)))
        .contains(
            "<= data.host_file.later will be read during apply (it needs host.a, which is changed"
                + " first)");
    String document = PlanDocument.of(plan.view(), plan.diagnostics(), "1.2.3");
    PlanDocumentTests.assertConforms("plan-schema.json", document);
    assertThat(document).contains("\"read\"");
  }

  @Test
  void aDataSourceIsNotImported() {
    Cli.Said said =
        new Cli(folder)
            .configure("resource \"data.host_file\" \"a\" {}\n")
            .run("validate", "-no-color");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors() + said.out())
        .contains("Invalid resource type name")
        .contains("A name starts with a letter or underscore, and holds letters, digits,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plan -refresh-only -destroy        | -refresh-only changes no machine | To destroy says otherwise: leave one of them out.
          plan -refresh-only -replace=a.b    | -refresh-only changes no machine | -replace says otherwise: leave one of them out.
          plan -refresh-only -refresh=false  | -refresh-only changes no machine | -refresh=false says otherwise: leave one of them out.
          destroy -refresh-only              | -refresh-only changes no machine | To destroy says otherwise: leave one of them out.
          """)
  void clashingOptionsAreRefused(String command, String summary, String detail) {
    Cli.Said said =
        new Cli(folder)
            .configure("resource \"terraform_data\" \"a\" {}\n")
            .run(command.split(" +", -1));
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors().replaceAll("\\s*\n[│╷╵ ]*", " ")).contains(summary).contains(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "apply -refresh=false, pgha apply",
    "plan -refresh=false -out=plan, A plan that can be applied"
  })
  void whatIsOnMachinesIsNotChangedUnseen(String command, String what) {
    Cli.Said said =
        new Cli(folder)
            .configure(
                "resource \"host\" \"a\" {\n  name    = \"a\"\n  address = \"192.0.2.1\"\n}\n")
            .run(command.split(" +", -1));
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors().replaceAll("\\s*\n[│╷╵ ]*", " "))
        .contains("-refresh=false is for looking only")
        .contains(
            what
                + " needs to know how the machines are: no step is known without. Leave"
                + " -refresh=false out.");
  }

  @Test
  void whatIsOnNoMachineIsChangedWithoutALook() {
    Cli cli = new Cli(folder).configure("resource \"terraform_data\" \"a\" {}\n");
    assertThat(cli.run("apply", "-refresh=false", "-auto-approve").out())
        .contains("Apply complete: 1 added, 0 changed, 0 destroyed.");
    assertThat(cli.run("plan", "-refresh=false", "-destroy", "-out=plan").status()).isZero();
    assertThat(cli.run("apply", "plan").out()).contains("0 added, 0 changed, 1 destroyed.");
  }

  @Test
  void whatIsOnNoMachineDoesNotDrift() {
    Cli cli = new Cli(folder).configure("resource \"terraform_data\" \"a\" {}\n");
    cli.run("apply", "-auto-approve");
    Cli.Said planned = cli.run("plan", "-refresh-only", "-detailed-exitcode", "-out=plan");
    assertThat(planned.status()).isZero();
    assertThat(planned.out()).startsWith("No drift. The machines are as they were last applied.\n");
    assertThat(cli.run("apply", "plan").out())
        .contains("Apply complete: 0 added, 0 changed, 0 destroyed.");
    assertThat(cli.run("plan", "-refresh=false", "-detailed-exitcode").status()).isZero();
    assertThat(cli.run("state", "list").out()).isEqualTo("terraform_data.a\n");
  }
}
