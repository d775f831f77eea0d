package io.pgha.core;

import static io.pgha.core.testing.Workbench.HOSTS;
import static io.pgha.core.testing.Workbench.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.state.InstanceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks machines is told what of state is looked at. */
class RefreshMessagesTests {
  private static final String HOST_A = "host.all[\"a\"]";
  private static final String HOST_B = "host.all[\"b\"]";
  private static final String NOTE_A = "note.all[\"a\"]";
  private static final String NOTE_B = "note.all[\"b\"]";

  @TempDir Path folder;
  private Workbench bench;
  private final List<String> begun = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  private record Told(Observer machines, List<String> begun, List<String> done)
      implements Observer {
    @Override
    public Answers ask(Collection<PlacedProbe> probes) throws InterruptedException {
      return machines.ask(probes);
    }

    @Override
    public void refreshing(Supplier<List<InstanceState>> instances) {
      instances.get().forEach(each -> begun.add(each.id()));
    }

    @Override
    public void refreshed(Supplier<List<InstanceState>> instances) {
      instances.get().forEach(each -> done.add(each.id()));
    }
  }

  @BeforeEach
  void applyNotes() throws Exception {
    bench = new Workbench(folder).configure(HOSTS + NOTES);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
  }

  private void plan(PlanOptions options) throws Exception {
    bench.plan(options, machines -> new Told(machines, begun, done));
  }

  @Test
  void allOfStateIsToldOfOnce() throws Exception {
    bench.configure(HOSTS + NOTES.replace("/note", "/note${each.key}"));
    plan(PlanOptions.NORMAL);
    assertThat(begun).containsExactlyInAnyOrder(HOST_A, HOST_B, NOTE_A, NOTE_B);
    assertThat(done).containsExactlyInAnyOrderElementsOf(begun);
  }

  @Test
  void whatNobodyCouldTellOfIsNotDone() throws Exception {
    bench.hosts().setDown("10.0.0.2", true);
    plan(PlanOptions.NORMAL);
    assertThat(begun).containsExactlyInAnyOrder(HOST_A, HOST_B, NOTE_A, NOTE_B);
    assertThat(done).containsExactlyInAnyOrder(HOST_A, NOTE_A);
  }

  @Test
  void whereNobodyIsAskedNothingIsTold() throws Exception {
    plan(PlanOptions.NORMAL.withoutRefresh());
    assertThat(begun).isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void whatADataSourceNeededIsNotToldOfAgain() throws Exception {
    bench.configure(
        HOSTS
            + NOTES
            + """
            data "note" "deciding" {
              host = host.all["a"].id
              path = "/note"
            }
            resource "note" "decided" {
              for_each = toset([data.note.deciding.text])
              host     = host.all["b"].id
              path     = "/decided"
              text     = each.key
            }
            """);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    for (Mode mode : Mode.values()) {
      begun.clear();
      done.clear();
      plan(new PlanOptions(mode, Set.of(), Set.of()));
      assertThat(begun)
          .as("%s", mode)
          .containsExactlyInAnyOrder(HOST_A, HOST_B, NOTE_A, NOTE_B, "note.decided[\"note of a\"]");
      assertThat(done).as("%s", mode).containsExactlyInAnyOrderElementsOf(begun);
    }
  }
}
