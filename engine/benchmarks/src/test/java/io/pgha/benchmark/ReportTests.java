package io.pgha.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTests {
  private final Results results = new Results();
  private final List<Tool> tools =
      List.of(Tool.pgha(Path.of("pgha")), Tool.terraform(Path.of("terraform")));

  private void add(int size, Step step, String tool, boolean finished, double seconds) {
    results.add(new Results.Key(size, step, tool), new Run(finished, 0, seconds, 2048));
  }

  @Test
  void mediansRatiosGrowthAndWhatDidNotFinish() {
    add(10, Step.FIRST_PLAN, "pgha", true, 0.5);
    add(10, Step.FIRST_PLAN, "pgha", true, 9);
    add(10, Step.FIRST_PLAN, "pgha", true, 0.25);
    add(10, Step.FIRST_PLAN, "terraform", true, 2);
    add(10, Step.APPLY, "pgha", true, 1);
    add(10, Step.APPLY, "terraform", false, 100);
    add(1000, Step.FIRST_PLAN, "pgha", true, 50);
    add(1000, Step.APPLY, "pgha", false, 100);
    assertThat(new Report(results, tools, List.of(10, 1000), 100).text())
        .isEqualTo(
            """
            | instances | what | pgha | terraform | times faster | memory of pgha | memory of terraform |
            |---|---|---|---|---|---|---|
            | 10 | first plan | 0.50 s | 2.00 s | 4.0 | 2 MiB | 2 MiB |
            | 10 | apply | 1.00 s | not finished in 100 s | more than 100.0 | 2 MiB | 2 MiB |
            | 10 | no-op plan | - | - | - | - | - |
            | 10 | small change | - | - | - | - | - |
            | 1,000 | first plan | 50.0 s | - | - | 2 MiB | - |
            | 1,000 | apply | not finished in 100 s | not tried (see above) | - | 2 MiB | - |
            | 1,000 | no-op plan | - | - | - | - | - |
            | 1,000 | small change | - | - | - | - | - |

            | what | by | from | to | time grows as N to the |
            |---|---|---|---|---|
            | first plan | pgha | 10 | 1,000 | 1.00 |
            """);
  }

  @Test
  void whatDidNotFinishAtASmallerSizeIsNotTriedAtALargerOne() {
    add(100, Step.APPLY, "terraform", false, 9);
    assertThat(results.hopeless(new Results.Key(1000, Step.APPLY, "terraform"))).isTrue();
    assertThat(results.hopeless(new Results.Key(10, Step.APPLY, "terraform"))).isFalse();
    assertThat(results.hopeless(new Results.Key(1000, Step.FIRST_PLAN, "terraform"))).isFalse();
    assertThat(results.hopeless(new Results.Key(1000, Step.APPLY, "pgha"))).isFalse();
  }
}
