package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.execution.Progress;
import io.pgha.core.execution.Stop;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails or is stopped in one branch leaves the others' work alone, and is gone on with. */
final class BranchTests {
  /** On each host a chain of two notes. */
  private static final String CHAINS =
      """
      locals { hosts = { a = "10.0.0.1", b = "10.0.0.2", c = "10.0.0.3" } }
      resource "host" "all" {
        for_each = local.hosts
        name     = each.key
        address  = each.value
      }
      resource "note" "first" {
        for_each = local.hosts
        host     = host.all[each.key].id
        path     = "/first-${each.key}"
        text     = "first"
      }
      resource "note" "second" {
        for_each = local.hosts
        host     = host.all[each.key].id
        path     = "/second-${each.key}"
        text     = "after ${note.first[each.key].path}"
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder).configure(CHAINS);
  }

  /** Keeps what it is told. */
  private static class Heard implements Progress {
    final Set<String> begun = new TreeSet<>();
    final Set<String> done = new TreeSet<>();
    final Set<String> failed = new TreeSet<>();

    @Override
    public synchronized void started(PlannedInstance instance) {
      begun.add(instance.address());
    }

    @Override
    public synchronized void done(PlannedInstance instance, Duration took) {
      done.add(instance.address());
    }

    @Override
    public synchronized void failed(PlannedInstance instance, Diagnostic why) {
      failed.add(why.code() + " " + instance.address());
    }
  }

  @Test
  void aFailureInOneBranchCostsNoOtherItsWorkAndOnlyItIsLeftToDo() throws Exception {
    bench.hosts().refuse("/first-b", true);
    Heard heard = new Heard();
    assertThat(bench.apply(heard, new Stop())).isFalse();
    assertThat(heard.done)
        .contains(
            "note.first[\"a\"]", "note.second[\"a\"]", "note.first[\"c\"]", "note.second[\"c\"]");
    assertThat(heard.failed)
        .containsExactly("left-alone note.second[\"b\"]", "step-failed note.first[\"b\"]");
    assertThat(bench.findings())
        .as("one finding for one cause, however much waits for it")
        .containsExactly("Failed on b: write /first-b: No space left on device");
    assertThat(bench.state().instances().keySet()).containsAll(heard.done);
    bench.hosts().refuse("/first-b", false);
    bench.hosts().forget();
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done())
        .containsExactly("10.0.0.2: write /first-b", "10.0.0.2: write /second-b");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void onceAskedToStopWhatRunsIsFinishedAndNothingElseIsBegun() throws Exception {
    Stop stop = new Stop();
    Heard heard =
        new Heard() {
          @Override
          public void stepStarted(PlannedInstance instance, String hostName, Step step) {
            stop.request();
          }
        };
    boolean whole = bench.apply(heard, stop);
    // Whether another instance was begun by then is a matter of turns.
    assertThat(whole).as("%s", bench.findings()).isEqualTo(heard.failed.isEmpty());
    assertThat(heard.done).contains("host.all[\"a\"]").noneMatch(each -> each.contains("second"));
    assertThat(heard.begun).noneMatch(each -> each.contains("second"));
    assertThat(heard.failed)
        .as("only what was begun and can't be finished is told")
        .allMatch(each -> each.startsWith("stopped note.first"));
    int written = bench.hosts().done().size();
    assertThat(written).isBetween(1, 3);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done()).as("each file is written once").hasSize(6);
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  /** Asks to stop as soon as something is waited for. */
  private static class Impatient extends Heard {
    final Stop stop = new Stop();

    @Override
    public void waiting(PlannedInstance instance, String reason) {
      stop.request();
    }
  }

  @Test
  void whatIsWaitedForWhenAskedToStopHasNotFailed() throws Exception {
    bench.configure(
        Workbench.HOSTS
            + """
            resource "note" "slow" {
              host = host.all["a"].id
              path = "/slow"
              text = "slow to wake"
            }
            """);
    Impatient user = new Impatient();
    assertThat(bench.apply(user, user.stop)).isFalse();
    assertThat(user.failed).containsExactly("stopped note.slow");
    assertThat(bench.findings())
        .containsExactly(
            "Stopped before note.slow was done: You asked to stop, and this was not waited for any"
                + " longer: wait until it is awake (it sleeps). What was done is recorded; the next"
                + " apply goes on.");
    bench.hosts().files("10.0.0.1").put("/awake", "");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whoAsksToStopWhileAGroupRecoversIsToldThatItIsNotKnownToBeWell() throws Exception {
    String member =
        Workbench.HOSTS
            + """
            resource "member" "only" {
              host = host.all["a"].id
              path = "/member"
              text = "%s"
            }
            """;
    bench.configure(member.formatted("first"));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    Impatient user =
        new Impatient() {
          @Override
          public void stepDone(PlannedInstance each, String host, Step step, Duration took) {
            bench.hosts().files("10.0.0.1").put("/tired", "");
          }
        };
    bench.configure(member.formatted("second"));
    assertThat(bench.apply(user, user.stop)).isFalse();
    assertThat(user.done).containsExactly("member.only");
    assertThat(bench.findings())
        .containsExactly(
            "Stopped before it was known whether all is well: the members: Its members are changed"
                + " and recorded. You asked to stop, and it was not waited for any longer that they"
                + " are well: all members are well does not hold: a member is tired.");
  }

  @Test
  void whoAsksBeforeAnythingIsBegunFindsNothingDone() throws Exception {
    Stop stop = new Stop();
    stop.request();
    Heard heard = new Heard();
    assertThat(bench.apply(heard, stop)).as("nothing failed").isTrue();
    assertThat(heard.begun).isEmpty();
    assertThat(heard.failed).isEmpty();
    assertThat(bench.state().instances()).isEmpty();
  }
}
