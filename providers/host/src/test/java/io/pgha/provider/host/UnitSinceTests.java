package io.pgha.provider.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.LastChange;
import io.pgha.provider.probe.UnitFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Since when a unit is as it is: systemd knows when it was last started or stopped. */
class UnitSinceTests {
  private static final String UNIT = "app.service";
  private static final long CHANGED = 1_790_000_000L;

  private final AppliedHost host = new AppliedHost(Map.of("services", Map.of("app", Map.of())));

  private Difference told(String activeState, String unitFileState) {
    host.machines.unit(
        AppliedHost.ADDRESS,
        UNIT,
        new UnitFacts(
            activeState,
            activeState.equals("active") ? "running" : "dead",
            unitFileState,
            0,
            0,
            false,
            new LastChange(CHANGED, CHANGED + 3600, 0),
            List.of()));
    List<Difference> all = host.drift();
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().code()).isEqualTo("unit-state");
    return all.getFirst();
  }

  @Test
  void oneThatWasStoppedIsSoSinceThen() {
    assertThat(told("inactive", "enabled").since())
        .isEqualTo(new Since(CHANGED, "the unit's last start or stop"));
  }

  @Test
  void oneThatFailedIsSoSinceThen() {
    Difference failed = told("failed", "enabled");
    assertThat(failed.found()).isEqualTo("failed");
    assertThat(failed.since()).isEqualTo(new Since(CHANGED, "the unit's last start or stop"));
  }

  @Test
  void oneThatRunsAndDoesNotStartAtBootIsSoSinceNobodyKnowsWhen() {
    assertThat(told("active", "disabled").since()).isEqualTo(Since.UNKNOWN);
  }
}
