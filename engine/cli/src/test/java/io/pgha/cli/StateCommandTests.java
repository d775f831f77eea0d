package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking into what was last applied, and correcting it, as {@code terraform} 1.11.4 does. */
final class StateCommandTests {
  @TempDir private Path folder;

  private Cli applied(String text) {
    Cli cli = new Cli(folder).configure(text);
    assertThat(cli.run("apply", "-auto-approve").errors()).isEmpty();
    return cli;
  }

  @Test
  void listsTheRootFirstAndKeysByNumber() throws IOException {
    Path module = Files.createDirectory(folder.resolve("m"));
    Files.writeString(
        module.resolve("main.pgha.hcl"), "resource \"terraform_data\" \"b\" { count = 2 }\n");
    Cli cli =
        applied(
            """
            resource "terraform_data" "z" {}
            resource "terraform_data" "a" { count = 11 }
            resource "terraform_data" "f" { for_each = toset(["b", "10", "9"]) }
            module "b" {
              source = "./m"
              count  = 11
            }
            module "a" { source = "./m" }
            """);
    assertThat(cli.run("state", "list").out())
        .isEqualTo(
            """
            terraform_data.a[0]
            terraform_data.a[1]
            terraform_data.a[2]
            terraform_data.a[3]
            terraform_data.a[4]
            terraform_data.a[5]
            terraform_data.a[6]
            terraform_data.a[7]
            terraform_data.a[8]
            terraform_data.a[9]
            terraform_data.a[10]
            terraform_data.f["10"]
            terraform_data.f["9"]
            terraform_data.f["b"]
            terraform_data.z
            module.a.terraform_data.b[0]
            module.a.terraform_data.b[1]
            module.b[0].terraform_data.b[0]
            module.b[0].terraform_data.b[1]
            module.b[1].terraform_data.b[0]
            module.b[1].terraform_data.b[1]
            module.b[2].terraform_data.b[0]
            module.b[2].terraform_data.b[1]
            module.b[3].terraform_data.b[0]
            module.b[3].terraform_data.b[1]
            module.b[4].terraform_data.b[0]
            module.b[4].terraform_data.b[1]
            module.b[5].terraform_data.b[0]
            module.b[5].terraform_data.b[1]
            module.b[6].terraform_data.b[0]
            module.b[6].terraform_data.b[1]
            module.b[7].terraform_data.b[0]
            module.b[7].terraform_data.b[1]
            module.b[8].terraform_data.b[0]
            module.b[8].terraform_data.b[1]
            module.b[9].terraform_data.b[0]
            module.b[9].terraform_data.b[1]
            module.b[10].terraform_data.b[0]
            module.b[10].terraform_data.b[1]
            """);
    assertThat(cli.run("state", "list", "terraform_data.z", "terraform_data.f").out())
        .isEqualTo(
            """
            terraform_data.f["10"]
            terraform_data.f["9"]
            terraform_data.f["b"]
            terraform_data.z
            """);
  }

  @ParameterizedTest
  @CsvSource({"rm", "show"})
  void needsAnAddress(String command) {
    Cli.Said said = new Cli(folder).configure("").run("state", command);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.errors())
        .startsWith("Error: pgha state " + command + " needs ADDRESS\n")
        .contains("Usage: pgha state " + command + " ");
  }

  @Test
  void pullWritesTheFile() throws IOException {
    Cli cli = new Cli(folder).configure("");
    assertThat(cli.run("state", "pull")).isEqualTo(new Cli.Said(0, "", ""));
    applied("resource \"terraform_data\" \"a\" { input = \"ä\" }\n");
    assertThat(cli.run("state", "pull").out())
        .isEqualTo(Files.readString(folder.resolve("pgha.state.json")))
        .contains("\"ä\"");
  }

  @ParameterizedTest
  @CsvSource({"taint", "untaint"})
  void whatIsMissingIsNoErrorWhereThatIsAllowed(String command) {
    Cli cli = applied("resource \"terraform_data\" \"a\" {}\n");
    assertThat(cli.run(command, "terraform_data.b").status()).isEqualTo(1);
    assertThat(cli.run(command, "-allow-missing", "terraform_data.b"))
        .isEqualTo(new Cli.Said(0, "The state has no terraform_data.b.\n", ""));
    assertThat(cli.run(command, "-allow-missing", "terraform_data.a").status()).isZero();
  }

  @Test
  void refreshAsksNothing() {
    Cli cli = applied("resource \"terraform_data\" \"a\" {}\n");
    Cli.Said said = cli.run("refresh");
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("Apply complete");
    assertThat(cli.run("refresh", "-refresh=false").errors())
        .contains("-refresh-only changes no machine");
  }

  @ParameterizedTest
  @CsvSource({
    "apply -auto-approve -backup=-",
    "destroy -auto-approve -backup=some.backup",
    "refresh -backup=-",
    "validate -no-tests -test-directory=some",
    "graph -draw-cycles",
    "init -backend=false -reconfigure -get=true -lock=false -lock-timeout=1s -input=false",
    "init -backend=true -get=false -migrate-state -force-copy",
  })
  void takesTerraformsOptionsThatHaveNothingToDo(String command) {
    Cli cli = applied("resource \"terraform_data\" \"a\" {}\n");
    Cli.Said said = cli.run(command.split(" "));
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(folder.resolve("some.backup")).doesNotExist();
  }

  @Test
  void initWithoutGetInstallsNothing() {
    Cli cli =
        new Cli(folder).configure("module \"a\" { source = \"git::https://example.invalid/a\" }\n");
    Cli.Said said = cli.run("init", "-get=false");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("not installed");
    assertThat(folder.resolve(".pgha")).doesNotExist();
  }

  @Test
  void whatAReplacementPutAsideIsShownAndForgottenWithItsInstance() throws Exception {
    Cli cli = applied("resource \"terraform_data\" \"a\" { count = 2 }\n");
    try (StateSession session =
        new LocalBackend(folder.resolve(LocalBackend.FILE_NAME))
            .open(LockInfo.of("test", "1"), Duration.ZERO)) {
      session.depose("terraform_data.a[1]", "key1");
      session.finish(Map.of());
    }
    String aside = "terraform_data.a[1] (deposed key1)";
    assertThat(cli.run("state", "list").out()).isEqualTo("terraform_data.a[0]\n" + aside + "\n");
    assertThat(cli.run("show").out())
        .contains("# " + aside + "   (a replacement put it aside: the next apply removes it)\n");
    String document = cli.run("show", "-json").out();
    assertThat(document).contains("\"deposed_key\" : \"key1\"");
    PlanDocumentTests.assertConforms("values-schema.json", document);
    assertThat(cli.run("show", "-html=page.html").status()).isZero();
    assertThat(Files.readString(folder.resolve("page.html"))).contains(aside);
    assertThat(cli.run("state", "rm", "terraform_data.a[1]").out())
        .isEqualTo("Forgot " + aside + "\n");
    assertThat(cli.run("state", "list").out()).isEqualTo("terraform_data.a[0]\n");
  }
}
