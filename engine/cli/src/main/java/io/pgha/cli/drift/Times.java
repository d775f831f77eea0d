package io.pgha.cli.drift;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as people read them.
 *
 * @param zone the time zone that days are days of
 */
record Times(ZoneId zone) {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  String second(Instant time) {
    return SECOND.format(time.atZone(zone));
  }

  String minute(Instant time) {
    return MINUTE.format(time.atZone(zone));
  }

  LocalDate day(Instant time) {
    return time.atZone(zone).toLocalDate();
  }
}
