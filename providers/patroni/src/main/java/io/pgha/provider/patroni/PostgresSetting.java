package io.pgha.provider.patroni;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL itself says of one of its parameters, as {@code pg_settings} of PostgreSQL 17 has
 * it.
 *
 * @param name in the spelling of PostgreSQL
 * @param kind bool, integer, real, enum or string
 * @param unit the unit of a bare number, such as kB, 8kB, MB, ms, s, min; empty where it has none
 * @param context what a change takes: postmaster (a restart), sighup (a reload), and so on
 * @param choices the values of an enum
 * @param minimum the least number, empty text where there is none
 * @param maximum the greatest
 */
record PostgresSetting(
    String name,
    String kind,
    String unit,
    String context,
    List<String> choices,
    String minimum,
    String maximum) {
  private static final Pattern QUANTITY =
      Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)\\s*");

  private static final Map<String, PostgresSetting> ALL = load();

  /** The parameter of a name, whatever its case; empty where PostgreSQL 17 has none. */
  static Optional<PostgresSetting> named(String name) {
    return Optional.ofNullable(ALL.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All names, in lower case. */
  static java.util.Set<String> names() {
    return ALL.keySet();
  }

  /** Whether a change of its value needs a restart of the server. */
  boolean needsRestart() {
    return context.equals("postmaster");
  }

  /** Whether two values of a parameter mean the same, such as 128MB and 131072kB, on and true. */
  static boolean same(String name, String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    Optional<Boolean> leftTruth = truth(left);
    if (leftTruth.isPresent() && leftTruth.equals(truth(right))) {
      return named(name).map(setting -> !setting.isNumber()).orElse(true);
    }
    Optional<PostgresSetting> setting = named(name);
    if (setting.isPresent() && setting.get().isNumber()) {
      Optional<BigDecimal> first = setting.get().number(left);
      return first.isPresent()
          && setting
              .get()
              .number(right)
              .filter(each -> each.compareTo(first.get()) == 0)
              .isPresent();
    }
    return setting.filter(each -> each.kind.equals("enum")).isPresent()
        && left.equalsIgnoreCase(right);
  }

  private boolean isNumber() {
    return kind.equals("integer") || kind.equals("real");
  }

  /** A number in the parameter's own unit; empty where the text is none that it takes. */
  Optional<BigDecimal> number(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal amount = new BigDecimal(matcher.group(1));
    if (!matcher.group(2).isEmpty()) {
      Optional<BigDecimal> factor = Units.factor(matcher.group(2), unit);
      if (factor.isEmpty()) {
        return Optional.empty();
      }
      amount = amount.multiply(factor.get());
    }
    return Optional.of(
        kind.equals("integer") ? amount.setScale(0, RoundingMode.HALF_EVEN) : amount);
  }

  /** What PostgreSQL would say against a value; empty where it takes it. */
  Optional<String> objection(String value) {
    return switch (kind) {
      case "bool" ->
          truth(value).isPresent()
              ? Optional.empty()
              : Optional.of("it is a truth value: write true or false");
      case "integer", "real" -> numberObjection(value);
      case "enum" ->
          choices.stream().anyMatch(value::equalsIgnoreCase) || isSwitch(value)
              ? Optional.empty()
              : Optional.of("it takes one of " + String.join(", ", choices));
      default -> Optional.empty();
    };
  }

  /**
   * Whether an enum takes the value as on or off: only one that has these among its choices, and
   * only whole words. Source: the lists of options in guc_tables.c, which hide the other spellings.
   */
  private boolean isSwitch(String value) {
    return !value.matches("[tfynTFYN]")
        && truth(value).filter(on -> choices.contains(on ? "on" : "off")).isPresent();
  }

  private Optional<String> numberObjection(String value) {
    Optional<BigDecimal> number = number(value);
    if (number.isEmpty()) {
      return Optional.of(
          unit.isEmpty()
              ? "it is a number without a unit"
              : "it is a number, alone (in units of %s) or with a unit such as %s"
                  .formatted(unit, Units.isTime(unit) ? "ms, s, min, h, d" : "kB, MB, GB, TB"));
    }
    if (!minimum.isEmpty() && number.get().compareTo(new BigDecimal(minimum)) < 0) {
      return Optional.of("the least value is " + minimum + unitSuffix());
    }
    if (!maximum.isEmpty() && number.get().compareTo(new BigDecimal(maximum)) > 0) {
      return Optional.of("the greatest value is " + maximum + unitSuffix());
    }
    return Optional.empty();
  }

  private String unitSuffix() {
    return unit.isEmpty() ? "" : " (in units of " + unit + ")";
  }

  /** The value as Patroni's configuration has it best: whole numbers bare, truths as on and off. */
  static Object typed(String name, String text) {
    Optional<PostgresSetting> setting = named(name);
    if (setting.isPresent() && setting.get().isNumber() && text.matches("-?(0|[1-9]\\d{0,15})")) {
      return new BigDecimal(text);
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true") ? "on" : "off";
    }
    return text;
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes", "1", "t", "y" -> Optional.of(true);
      case "off", "false", "no", "0", "f", "n" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Map<String, PostgresSetting> load() {
    Map<String, PostgresSetting> settings = new TreeMap<>();
    try (InputStream stream = PostgresSetting.class.getResourceAsStream("postgresql-17.settings")) {
      if (stream == null) {
        throw new IllegalStateException("the list of PostgreSQL's parameters is missing");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] parts = line.split("\\|", -1);
        List<String> choices = parts[4].isEmpty() ? List.of() : List.of(parts[4].split(",", -1));
        settings.put(
            parts[0].toLowerCase(Locale.ROOT),
            new PostgresSetting(
                parts[0], parts[1], parts[2], parts[3], choices, parts[5], parts[6]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(settings);
  }

  /** PostgreSQL's units of memory and time. Source: PostgreSQL 17 docs, 19.1.1. */
  private static final class Units {
    private static final Map<String, Long> BYTES =
        Map.of("B", 1L, "kB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);
    private static final Map<String, Long> MICROSECONDS =
        Map.of(
            "us",
            1L,
            "ms",
            1_000L,
            "s",
            1_000_000L,
            "min",
            60_000_000L,
            "h",
            3_600_000_000L,
            "d",
            86_400_000_000L);

    static boolean isTime(String unit) {
      return MICROSECONDS.containsKey(unit);
    }

    /** How many of the parameter's own units one of the written unit is. */
    static Optional<BigDecimal> factor(String written, String own) {
      Matcher block = QUANTITY.matcher(own);
      boolean counted = block.matches();
      String base = counted ? block.group(2) : own;
      BigDecimal count = counted ? new BigDecimal(block.group(1)) : BigDecimal.ONE;
      Map<String, Long> family = isTime(base) ? MICROSECONDS : BYTES;
      Long from = family.get(written);
      Long to = family.get(base);
      if (from == null || to == null) {
        return Optional.empty();
      }
      return Optional.of(
          BigDecimal.valueOf(from)
              .divide(BigDecimal.valueOf(to).multiply(count), java.math.MathContext.DECIMAL64));
    }
  }
}
