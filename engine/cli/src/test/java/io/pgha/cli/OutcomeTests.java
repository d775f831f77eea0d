package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.execution.Progress;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTests {
  @TempDir private Path folder;

  private Plan plan;
  private Outcome outcome;

  @BeforeEach
  void plan() throws Exception {
    plan = PlannedCreations.of(folder, 16);
    outcome = new Outcome(plan, Progress.SILENT);
  }

  private PlannedInstance instance(int index) {
    return plan.instances().stream()
        .filter(each -> each.address().equals("terraform_data.a[" + index + "]"))
        .findFirst()
        .orElseThrow();
  }

  private void done(int from, int to) {
    for (int i = from; i < to; i++) {
      outcome.done(instance(i), Duration.ZERO);
    }
  }

  @Test
  void whatIsDoneIsCountedAndNothingElseIsListed() {
    done(0, 16);
    assertThat(outcome.counts()).isEqualTo("16 added, 0 changed, 0 destroyed");
    assertThat(outcome.rest()).isEmpty();
    assertThat(outcome.complete()).isTrue();
  }

  @Test
  void whatFailedWhatWasStoppedAndWhatWasNotStartedAreToldApart() {
    done(0, 12);
    outcome.failed(instance(12), Diagnostic.error("step-failed", "Failed", "No space."));
    outcome.failed(instance(13), Diagnostic.error("stopped", "Stopped", "You asked."));
    outcome.failed(instance(14), Diagnostic.warning("left-alone", "Left alone", "It needs x."));
    assertThat(outcome.counts())
        .isEqualTo("12 added, 0 changed, 0 destroyed, 1 failed, 1 not finished, 2 not started");
    assertThat(outcome.rest())
        .isEqualTo(
            """
              done:         terraform_data.a[0], terraform_data.a[10], terraform_data.a[11], %s, and 2 more
              failed:       terraform_data.a[12]
              not finished: terraform_data.a[13]
              not started:  terraform_data.a[14], terraform_data.a[15]
            """
                .formatted(
                    "terraform_data.a[1], terraform_data.a[2], terraform_data.a[3],"
                        + " terraform_data.a[4], terraform_data.a[5], terraform_data.a[6],"
                        + " terraform_data.a[7]"));
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.isDone("terraform_data.a[11]")).isTrue();
    assertThat(outcome.isDone("terraform_data.a[12]")).isFalse();
  }

  @Test
  void aLongListIsCutAndSaysHowMuchMoreThereIs() {
    done(0, 1);
    assertThat(outcome.rest())
        .startsWith("  done:         terraform_data.a[0]\n  not started:  terraform_data.a[")
        .endsWith(", and 5 more\n");
  }
}
