package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.ValueText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration calls the functions of providers. */
final class ProviderFunctionTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private String output(String value) throws Exception {
    return output(bench.configure("output \"out\" {\n  value = " + value + "\n}\n"));
  }

  private static String output(Workbench bench) throws Exception {
    Plan plan = bench.plan().orElseThrow(() -> new AssertionError(bench.findings()));
    return plan.outputs().getFirst().after().map(ValueText::of).orElseThrow();
  }

  @Test
  void byTheNameOfTheirProvider() throws Exception {
    assertThat(output("provider::test::greeting(\"you\")")).isEqualTo("\"Hello you\"");
  }

  @Test
  void whichIsThatOfTerraformAndPghaForWhatIsBuiltIn() throws Exception {
    assertThat(
            output(
                "[provider::terraform::encode_expr([1]), provider::pgha::encode_expr([1]),"
                    + " provider::builtin::encode_expr([1])]"))
        .isEqualTo("[\n  \"[1]\",\n  \"[1]\",\n  \"[1]\",\n]");
  }

  @Test
  void inJsonToo() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.json"),
        """
        {"output": {"out": {"value": "${provider::test::greeting(\\"you\\")}, ${core::max(1, 2)}"}}}
        """);
    assertThat(output(bench)).isEqualTo("\"Hello you, 2\"");
  }

  @Test
  void inTemplatesToo() throws Exception {
    Files.writeString(folder.resolve("t.tftpl"), "${provider::test::greeting(name)}!");
    assertThat(output("templatefile(\"t.tftpl\", { name = \"you\" })")).isEqualTo("\"Hello you!\"");
  }

  @Test
  void andIsToldWhichOneIsNot() throws Exception {
    assertThat(
            bench
                .configure("output \"out\" {\n  value = provider::test::greetings(\"you\")\n}\n")
                .plan())
        .isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo("Unknown provider function");
          assertThat(found.detail())
              .isEqualTo(
                  "The provider \"test\" has no function named \"greetings\". Did you mean"
                      + " \"provider::test::greeting\"?");
        });
  }
}
