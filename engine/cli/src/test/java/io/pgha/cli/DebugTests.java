package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.Cli.Said;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code PGHA_LOG=debug} shows. */
class DebugTests {
  private static final Map<String, String> DEBUG = Map.of("PGHA_LOG", "debug");
  private static final String TWO =
      """
      resource "terraform_data" "some" {
        count = 2
        input = count.index
      }
      """;

  @TempDir private Path folder;

  @Test
  void theStagesOfAPlanWithTheirTimes() {
    Said said = new Cli(folder, DEBUG).configure(TWO).run("plan");
    assertThat(said.errors()).matches("(pgha +\\d+\\.\\d{3} s  [^\n]+\n)+");
    assertThat(stages(said))
        .containsExactly(
            "configuration read",
            "state read: 0 instances",
            "evaluated: 2 instances",
            "planned: 2 changes");
  }

  @Test
  void theStagesOfAnApply() {
    Said said = new Cli(folder, DEBUG).configure(TWO).run("apply", "-auto-approve");
    assertThat(stages(said)).endsWith("planned: 2 changes", "executed");
  }

  @Test
  void aPlanForProgramsStaysOne() {
    Said said = new Cli(folder, DEBUG).configure(TWO).run("plan", "-json");
    assertThat(said.out().lines()).allMatch(line -> line.startsWith("{"));
    assertThat(stages(said)).contains("planned: 2 changes");
  }

  @Test
  void nothingWithoutIt() {
    assertThat(new Cli(folder).configure(TWO).run("plan").errors()).isEmpty();
  }

  private static List<String> stages(Said said) {
    return said.errors().lines().map(line -> line.replaceFirst("^pgha +\\S+ s  ", "")).toList();
  }
}
