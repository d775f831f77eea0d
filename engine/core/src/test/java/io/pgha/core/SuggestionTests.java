package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.pgha.core.testing.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who misspells a name is told once, with the name that was probably meant. */
final class SuggestionTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder).module("variable \"size\" { default = 1 }\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cuont = 2                | Unsupported argument   | An argument named "cuont" is not expected here. Did you mean "count"?
          for_eahc = {}            | Unsupported argument   | An argument named "for_eahc" is not expected here. Did you mean "for_each"?
          depend_on = []           | Unsupported argument   | An argument named "depend_on" is not expected here. Did you mean "depends_on"?
          providr = x              | Unsupported argument   | An argument named "providr" is not expected here. Did you mean "provider"?
          inptu = 1                | Unsupported argument   | An argument named "inptu" is not expected here. Did you mean "input"?
          lifecycel {}             | Unsupported block type | Blocks of type "lifecycel" are not expected here. Did you mean "lifecycle"?
          lifecycle {; prevent_destory = true; } | Unsupported argument | An argument named "prevent_destory" is not expected here. Did you mean "prevent_destroy"?
          lifecycle {; precondtion {}; } | Unsupported block type | Blocks of type "precondtion" are not expected here. Did you mean "precondition"?
          """)
  void ofMetaArguments(String body, String summary, String detail) throws Exception {
    bench.configure(
        "resource \"terraform_data\" \"a\" {\n  %s\n}\n".formatted(body.replace(';', '\n')));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(summary + ": " + detail);
  }

  @Test
  void ofMetaArgumentsInJson() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.json"),
        """
        {"resource": {"terraform_data": {"a": {"cuont": 2, "lifecycel": {}}}}}
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Extraneous JSON object property: No argument or block type is named \"cuont\". Did you"
                + " mean \"count\"?",
            "Extraneous JSON object property: No argument or block type is named \"lifecycel\". Did"
                + " you mean \"lifecycle\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cuont = 2   | Unsupported argument: The module has no variable named "cuont". Did you mean "count"?
          siez = 2    | Unsupported argument: The module has no variable named "siez". Did you mean "size"?
          """)
  void inCallsOfModules(String argument, String finding) throws Exception {
    bench.configure("module \"m\" {\n  source = \"./m\"\n  %s\n}\n".formatted(argument));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vra.size              | resource "vra.size"            | var.size
          var.siez              | variable "siez"                | size
          vra.other             | resource "vra.other"           | var.other
          loca.nmae             | resource "loca.nmae"           | local.name
          loca.x                | resource "loca.x"              | local.x
          locals.name           | resource "locals.name"         | local.name
          modul.m               | resource "modul.m"             | module.m
          modules.x.y           | resource "modules.x"           | module.m
          modules.another.y     | resource "modules.another"     | module.another
          eahc.key              | resource "eahc.key"            | each.key
          cuont.index           | resource "cuont.index"         | count.index
          paht.module           | resource "paht.module"         | path.module
          slef.id               | resource "slef.id"             | self
          dta.host_file.motd    | resource "dta.host_file"       | data.host_file.motd
          terraform_dta.one.id  | resource "terraform_dta.one"   | terraform_data.one
          """)
  void ofReferences(String reference, String undeclared, String meant) throws Exception {
    bench.configure(
        """
        variable "size" { default = 1 }
        locals { name = "n" }
        module "m" { source = "./m" }
        resource "terraform_data" "one" {}
        output "it" { value = %s }
        """
            .formatted(reference));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Reference to undeclared %s: No %s is declared in this module. Did you mean \"%s\"?"
                .formatted(undeclared.substring(0, undeclared.indexOf(' ')), undeclared, meant));
  }

  @Test
  void aTypeThatIsDeclaredIsNoMisspeltRoot() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "one" {}
        output "it" { value = terraform_data.completely_else }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings().getFirst()).doesNotContain("Did you mean");
  }

  @Test
  void areLookedForWhileErrorsAreFew() throws Exception {
    String wrong =
        IntStream.range(0, 3000)
            .mapToObj(
                "output \"o%1$d\" { value = terraform_data.misspelt_resource_%1$d }\n"::formatted)
            .collect(Collectors.joining());
    String right =
        IntStream.range(0, 3000)
            .mapToObj("resource \"terraform_data\" \"mispelt_resource_%d\" {}\n"::formatted)
            .collect(Collectors.joining());
    bench.configure(right + wrong);
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), () -> bench.plan())).isEmpty();
    assertThat(bench.findings())
        .hasSize(3000)
        .filteredOn(found -> found.contains("Did you mean"))
        .hasSize(20)
        .first()
        .asString()
        .endsWith("Did you mean \"terraform_data.mispelt_resource_0\"?");
  }

  @Test
  void inDependencies() throws Exception {
    bench.configure(
        """
        variable "size" { default = 1 }
        resource "terraform_data" "one" { depends_on = [vra.size] }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Reference to undeclared resource: No resource \"vra.size\" is declared in this module."
                + " Did you mean \"var.size\"?");
  }

  @Test
  void whatAllResourcesOfATypeHaveInCommonMakesNoneNear() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "release" {}
        output "o" {
          value = [terraform_data.zz.id, terraform_data.relaese.id]
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings().getFirst()).doesNotContain("Did you mean");
    assertThat(bench.findings().get(1)).contains("Did you mean \"terraform_data.release\"?");
  }
}
