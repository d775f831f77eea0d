package io.pgha.ssh.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.LastChange;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.UnitFacts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times are hours and minutes of one day; the machine was started at 10:00. */
class UnitClockTests {
  private static final long DAY = 1_795_651_200;
  private static final Probe.OfUnit UNIT = new Probe.OfUnit("app.service");

  private static long at(int hour, int minute) {
    return DAY + hour * 3600L + minute * 60L;
  }

  private static String shown(long seconds) {
    return "Thu "
        + java.time.Instant.ofEpochSecond(seconds)
            .toString()
            .replace("T", " ")
            .replace("Z", " UTC");
  }

  /**
   * What a machine says.
   *
   * @param start what its clock said when it was started
   * @param change what its clock said when the unit changed, so many minutes after the start
   * @param now what its clock says, so many minutes after the start
   */
  private static UnitFacts unit(
      long start, long change, int changeMinute, long now, int nowMinute) {
    String block =
        """
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=enabled
        MainPID=7
        ActiveEnterTimestamp=%1$s
        StateChangeTimestamp=%1$s
        StateChangeTimestampMonotonic=%2$d
        NeedDaemonReload=no
        """;
    long boot = 4_321_987_654L;
    String output =
        """

        00 uptime 0 77 (a b) c) R 1 1 1 0 -1 4 9 0 0 0 0 0 0 0 20 0 1 0 %d 2744320 173 0
        00 files
        d/555/0/root/root/%d.4999999990/0.0000000000//proc/self/\0
        00 units
        %s
        %s
        00 units-end 0\s
        00 end
        """
            .formatted(
                (boot / 10_000) + nowMinute * 6000L + 50,
                now,
                block.formatted(shown(start), boot),
                block.formatted(shown(change), boot + changeMinute * 60_000_000L));
    Map<Probe<?>, ProbeResult<?>> answers = new HashMap<>();
    new UnitSection(List.of(UNIT))
        .read(Frames.read(output.getBytes(StandardCharsets.UTF_8), "00"), "00", answers);
    return (UnitFacts) ((ProbeResult.Found<?>) answers.get(UNIT)).facts();
  }

  private static boolean isOlder(UnitFacts unit, long written) {
    return unit.isOlderThan(
        new FileFacts(
            FileFacts.Kind.FILE,
            0644,
            "root",
            "root",
            1,
            Optional.empty(),
            Optional.empty(),
            false,
            written));
  }

  @Test
  void aUnitIsOlderThanAFileThatWasWrittenAfterItsLastChange() {
    UnitFacts unit = unit(at(10, 0), at(10, 5), 5, at(12, 0), 120);
    assertThat(unit.lastChange()).isEqualTo(new LastChange(at(10, 5), at(12, 0), 0));
    assertThat(isOlder(unit, at(10, 5) + 1)).isTrue();
    assertThat(isOlder(unit, at(10, 5))).as("written and reloaded in one second").isFalse();
    assertThat(isOlder(unit, at(9, 0))).as("the machine was started since").isFalse();
  }

  @Test
  void aClockThatWasSetForthAfterTheStartDoesNotMakeTheUnitOld() {
    // Started at 8:00 by its clock; the clock was set two hours forth; the file is of 9:30.
    UnitFacts unit = unit(at(8, 0), at(8, 1), 1, at(12, 0), 120);
    assertThat(isOlder(unit, at(9, 30))).isFalse();
    assertThat(isOlder(unit, at(11, 59))).as("too long ago to be sure").isFalse();
  }

  @Test
  void aClockThatWasSetBackDoesNotMakeTheUnitOld() {
    // The file was written at 13:00 by a clock that was an hour ahead, which was then set back.
    UnitFacts reloaded = unit(at(11, 0), at(13, 0), 120, at(14, 0), 240);
    assertThat(isOlder(reloaded, at(13, 0))).as("reloaded before").isFalse();
    UnitFacts restarted = unit(at(11, 0), at(12, 10), 130, at(14, 0), 240);
    assertThat(isOlder(restarted, at(13, 0))).as("restarted since").isFalse();
    assertThat(isOlder(restarted, at(13, 30))).as("written by the right clock").isTrue();
  }

  @Test
  void aFileOfATimeToComeIsNoEvidence() {
    assertThat(isOlder(unit(at(10, 0), at(10, 5), 5, at(12, 0), 120), at(12, 1))).isFalse();
  }

  @Test
  void aStoppedUnitIsNotOld() {
    UnitFacts unit = unit(at(10, 0), at(10, 5), 5, at(12, 0), 120);
    UnitFacts stopped =
        new UnitFacts("inactive", "dead", "enabled", 0, 0, false, unit.lastChange(), List.of());
    assertThat(isOlder(stopped, at(11, 0))).isFalse();
  }
}
