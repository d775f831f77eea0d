package io.pgha.language.function;

import io.pgha.language.value.Num;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of points in time, which are strings by RFC 3339. */
final class DateFunctions {
  private static final Pattern RFC_3339 =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d*\\.?\\d*)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, BigDecimal> NANOSECONDS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000),
          "µs", BigDecimal.valueOf(1_000),
          "μs", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  static final List<Function> ALL =
      List.of(
          Function.named("timestamp", "The present time.")
              .returns(Type.STRING, call -> instant(call.context().now())),
          Function.named("plantimestamp", "The time at which the plan was made.")
              .returns(Type.STRING, call -> instant(call.context().planTime())),
          Function.named("timeadd", "A time and a duration after it.")
              .takes("timestamp", Type.STRING)
              .takes("duration", Type.STRING)
              .returns(
                  Type.STRING,
                  call -> new Str(text(parse(0, call.text(0)).plus(duration(call.text(1)))))),
          Function.named("timecmp", "Which of two times is earlier: -1, 0 or 1.")
              .takes("timestamp_a", Type.STRING)
              .takes("timestamp_b", Type.STRING)
              .returns(
                  Type.NUMBER,
                  call ->
                      Num.of(
                          Integer.signum(
                              parse(0, call.text(0))
                                  .toInstant()
                                  .compareTo(parse(1, call.text(1)).toInstant())))),
          Function.named("formatdate", "A time in another form.")
              .takes("format", Type.STRING)
              .takes("time", Type.STRING)
              .returns(Type.STRING, call -> new Str(format(call.text(0), parse(1, call.text(1))))));

  private DateFunctions() {}

  private static Value instant(Optional<Instant> time) {
    return time.<Value>map(instant ->
            new Str(DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS))))
        .orElseGet(() -> new Unknown(Type.STRING, Refinement.NOT_NULL));
  }

  private static OffsetDateTime parse(int argument, String text) throws FunctionException {
    if (RFC_3339.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text);
      } catch (DateTimeParseException e) {
        throw new FunctionException(argument, notTimestamp(text));
      }
    }
    throw new FunctionException(argument, notTimestamp(text));
  }

  private static String notTimestamp(String text) {
    return "not a valid RFC3339 timestamp: "
        + ValueText.quote(text)
        + " is not like \"2006-01-02T15:04:05Z\"";
  }

  private static String text(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  private static Duration duration(String text) throws FunctionException {
    String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = DURATION_PART.matcher(unsigned);
    BigDecimal total = BigDecimal.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      String number = parts.group(1);
      BigDecimal factor = NANOSECONDS.get(parts.group(2));
      if (number.isEmpty() || number.equals(".") || factor == null) {
        break;
      }
      total = total.add(new BigDecimal(number).multiply(factor));
      end = parts.end();
    }
    if (end != unsigned.length() || end == 0) {
      throw new FunctionException(1, "invalid duration " + ValueText.quote(text));
    }
    try {
      long nanoseconds = total.toBigInteger().longValueExact();
      return Duration.ofNanos(text.startsWith("-") ? -nanoseconds : nanoseconds);
    } catch (ArithmeticException e) {
      throw new FunctionException(1, "duration " + ValueText.quote(text) + " is out of range");
    }
  }

  private static String format(String format, OffsetDateTime time) throws FunctionException {
    StringBuilder output = new StringBuilder();
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      if (c == '\'') {
        i = quoted(format, i, output);
      } else if (isLetter(c)) {
        int end = i;
        while (end < format.length() && format.charAt(end) == c) {
          end++;
        }
        output.append(verb(format.substring(i, end), i, time));
        i = end;
      } else {
        output.append(c);
        i++;
      }
    }
    return output.toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /**
   * Copies what stands between quotes, two of which are one; without anything between they are one
   * too. As in Terraform the last quote may be half of two that stand at the end.
   */
  private static int quoted(String format, int start, StringBuilder output)
      throws FunctionException {
    if (format.startsWith("''", start)) {
      output.append('\'');
      return start + 2;
    }
    int i = start + 1;
    while (i < format.length()) {
      if (format.charAt(i) != '\'') {
        output.append(format.charAt(i++));
      } else if (i + 1 < format.length() && format.charAt(i + 1) == '\'') {
        output.append('\'');
        i += 2;
      } else {
        return i + 1;
      }
    }
    if (i > start + 1 && format.endsWith("'")) {
      return i;
    }
    throw new FunctionException(0, "unterminated literal '");
  }

  private static String verb(String verb, int position, OffsetDateTime time)
      throws FunctionException {
    return switch (verb) {
      case "YYYY" -> padded(time.getYear(), 4);
      case "YY" -> padded(time.getYear() % 100, 2);
      case "MMMM" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "MMM" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "MM" -> padded(time.getMonthValue(), 2);
      case "M" -> String.valueOf(time.getMonthValue());
      case "DD" -> padded(time.getDayOfMonth(), 2);
      case "D" -> String.valueOf(time.getDayOfMonth());
      case "EEEE" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "EEE" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "hh" -> padded(time.getHour(), 2);
      case "h" -> String.valueOf(time.getHour());
      case "HH" -> padded(twelve(time.getHour()), 2);
      case "H" -> String.valueOf(twelve(time.getHour()));
      case "AA" -> time.getHour() < 12 ? "AM" : "PM";
      case "aa" -> time.getHour() < 12 ? "am" : "pm";
      case "mm" -> padded(time.getMinute(), 2);
      case "m" -> String.valueOf(time.getMinute());
      case "ss" -> padded(time.getSecond(), 2);
      case "s" -> String.valueOf(time.getSecond());
      case "ZZZZZ" -> offset(time, "+HH:MM", "+00:00");
      case "ZZZZ" -> offset(time, "+HHMM", "+0000");
      case "ZZZ" -> offset(time, "+HHMM", "UTC");
      case "Z" -> offset(time, "+HH:MM", "Z");
      default ->
          throw new FunctionException(
              0,
              "invalid date format verb "
                  + ValueText.quote(verb)
                  + " at position "
                  + position
                  + hint(verb));
    };
  }

  private static String hint(String verb) {
    return switch (verb.charAt(0)) {
      case 'Y' -> ": year must either be \"YY\" or \"YYYY\"";
      case 'M' -> ": month must be \"M\", \"MM\", \"MMM\", or \"MMMM\"";
      case 'D' -> ": day of month must either be \"D\" or \"DD\"";
      case 'E' -> ": day of week must either be \"EEE\" or \"EEEE\"";
      case 'h' -> ": 24-hour must either be \"h\" or \"hh\"";
      case 'H' -> ": 12-hour must either be \"H\" or \"HH\"";
      case 'A', 'a' -> ": must be \"" + verb.charAt(0) + verb.charAt(0) + "\"";
      case 'm' -> ": minute must either be \"m\" or \"mm\"";
      case 's' -> ": second must either be \"s\" or \"ss\"";
      case 'Z' -> ": timezone must be Z, ZZZ, ZZZZ, or ZZZZZ";
      default -> "";
    };
  }

  private static int twelve(int hour) {
    return hour % 12 == 0 ? 12 : hour % 12;
  }

  private static String padded(int number, int width) {
    String digits = String.valueOf(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String offset(OffsetDateTime time, String pattern, String zero) {
    return time.getOffset().equals(ZoneOffset.UTC)
        ? zero
        : DateTimeFormatter.ofPattern(pattern.equals("+HHMM") ? "xx" : "xxx").format(time);
  }
}
