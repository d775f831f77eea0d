package io.pgha.ssh.probe;

import io.pgha.provider.probe.LastChange;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the clock of a machine said, beside the time since its start that no hand can set: where the
 * two are not as far apart as they were, the clock was set in between.
 *
 * @param seenMillis what the clock said when it was asked
 * @param apartNow the clock less the time since the start then, in milliseconds; empty where a part
 *     of it is not known
 * @param apartAtStart the same when the machine was started
 */
record UnitClock(long seenMillis, Optional<Long> apartNow, Optional<Long> apartAtStart) {
  static final UnitClock UNKNOWN = new UnitClock(0, Optional.empty(), Optional.empty());

  /** systemd gives whole seconds: on average it was half of one later. */
  private static final long HALF_A_SECOND = 500;

  /** Less than this is the rounding, and the time that asking took. */
  private static final long NOISE = 1000;

  /** As systemctl shows a time in UTC. */
  private static final Pattern TIME =
      Pattern.compile("\\w{3} (\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}) UTC");

  /**
   * Field 22 of proc_pid_stat(5), counted behind the name in parentheses: hundredths of seconds.
   */
  private static final Pattern STARTED = Pattern.compile(".*\\) \\S(?: \\S+){18} (\\d{1,15}) .*");

  /**
   * What the answers tell.
   *
   * @param root the properties of the root slice
   */
  static UnitClock of(Frames frames, Map<String, String> root) {
    Optional<Long> clock = FileSection.clockMillis(frames);
    Matcher process = STARTED.matcher(frames.find("uptime", 0).map(Frames.Frame::note).orElse(""));
    return clock.isEmpty() || !process.matches()
        ? UNKNOWN
        : new UnitClock(
            clock.get(),
            Optional.of(clock.get() - 10 * Long.parseLong(process.group(1))),
            apart(root));
  }

  /** When a unit last changed, by its properties. */
  LastChange lastChange(Map<String, String> unit) {
    Optional<Long> apartThen = apart(unit);
    if (apartNow.isEmpty() || apartAtStart.isEmpty() || apartThen.isEmpty()) {
      return LastChange.UNKNOWN;
    }
    return new LastChange(
        seconds(unit.getOrDefault("StateChangeTimestamp", "")),
        seenMillis / 1000,
        step(apartAtStart.get()) + step(apartThen.get()));
  }

  private long step(long apartThen) {
    long step = Math.abs(apartThen - apartNow.orElse(0L));
    return step < NOISE ? 0 : Math.ceilDiv(step, 1000);
  }

  private static Optional<Long> apart(Map<String, String> unit) {
    long shown = seconds(unit.getOrDefault("StateChangeTimestamp", ""));
    long since = UnitSection.number(unit.getOrDefault("StateChangeTimestampMonotonic", ""));
    return shown == 0 || since == 0
        ? Optional.empty()
        : Optional.of(shown * 1000 + HALF_A_SECOND - since / 1000);
  }

  /** A time as systemctl shows it, in seconds since 1970; 0 where there is none. */
  static long seconds(String shown) {
    Matcher time = TIME.matcher(shown);
    return time.matches()
        ? Instant.parse(time.group(1) + "T" + time.group(2) + "Z").getEpochSecond()
        : 0;
  }
}
