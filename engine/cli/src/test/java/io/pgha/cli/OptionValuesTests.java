package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How options take their values: as Go's flag package does, which Terraform uses. */
final class OptionValuesTests {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli =
        new Cli(folder)
            .configure(
                """
                variable "some" { default = "a" }
                resource "terraform_data" "a" { input = var.some }
                """);
  }

  @Test
  void everyOptionThatIsOnOrOffTakesAValue() {
    List<String> others = new ArrayList<>();
    collect(Main.commandLine(), others);
    assertThat(others).isEmpty();
  }

  private static void collect(CommandLine command, List<String> others) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : spec.options()) {
      if (option.type() == Boolean.class && !(option.preprocessor() instanceof Switch)) {
        others.add(spec.qualifiedName() + " " + option.longestName());
      }
    }
    command.getSubcommands().values().forEach(each -> collect(each, others));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init -upgrade=true",
        "init -upgrade=false -input=0",
        "validate -json=T -no-color=false -compact-warnings=false",
        "plan -destroy=true -no-color=1",
        "plan -refresh=FALSE -refresh-only=f",
        "plan -refresh -input --lock=false",
        "fmt -check=true -diff=0 -list=t",
        "apply -auto-approve=true",
        "apply -auto-approve=False --auto-approve",
        "graph -svg=1",
        "providers schema -json=true",
        "test -verbose=TRUE",
      })
  void anOptionThatIsOnOrOffTakesWhatGoTakes(String command) {
    assertThat(cli.run(command.split(" "))).extracting(Cli.Said::errors).isEqualTo("");
  }

  @Test
  void anOptionThatIsOffIsAsIfItWereNotGiven() {
    assertThat(cli.run("plan", "-detailed-exitcode=true").status()).isEqualTo(2);
    assertThat(cli.run("plan", "-detailed-exitcode=false").status()).isZero();
    assertThat(cli.runWith("no\n", "apply", "-auto-approve=false").out())
        .contains("Do you want to do this?");
    assertThat(cli.run("plan", "-json=false").out()).doesNotContain("@message");
  }

  @Test
  void anotherWordIsNeitherOnNorOff() {
    Cli.Said said = cli.run("apply", "-auto-approve=yes");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.errors())
        .isEqualTo(
            """
            Error: -auto-approve is on or off: it takes true or false, not "yes"

              Run "pgha apply -help" to see what pgha apply takes.

            """);
  }

  @Test
  void theNextWordIsNoValueOfAnOptionThatIsOnOrOff() {
    assertThat(cli.run("plan", "-refresh", "false").errors())
        .contains("pgha plan takes no further argument, but was given false");
  }

  @Test
  void whatMustBeOnCantBeOff() {
    assertThat(cli.run("providers", "schema", "-json=false").errors())
        .contains("-json can't be off yet");
  }

  @Test
  void errorsAreForProgramsWhereJsonIsOn() {
    assertThat(cli.run("plan", "-json=true", "-parallelism=0").out()).contains("@message");
    assertThat(cli.run("plan", "-json=false", "-parallelism=0").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "plan -out=one -out=two, Saved to two",
    "plan -parallelism=0 -parallelism=1, 1 to add",
    "plan -detailed-exitcode=true -detailed-exitcode=false, 1 to add",
    "plan -lock-timeout=1s -lock-timeout=0s -lock=false -lock, 1 to add",
    "graph -type=state -type=config, terraform_data.a",
    "plan -var=some=x -var=some=y, input  = \"y\"",
  })
  void theLastValueHolds(String command, String said) {
    Cli.Said all = cli.run(command.split(" "));
    assertThat(all.errors()).isEmpty();
    assertThat(all.status()).isZero();
    assertThat(all.out()).contains(said);
  }

  @Test
  void anOptionThatMayBeRepeatedHasAllItsValues() {
    cli.configure(
        """
        resource "terraform_data" "a" {}
        resource "terraform_data" "b" {}
        resource "terraform_data" "c" {}
        """);
    assertThat(cli.run("plan", "-target=terraform_data.a", "-target=terraform_data.c").out())
        .contains("Plan: 2 to add");
  }
}
