package io.pgha.core.configuration;

import java.lang.module.ModuleDescriptor.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Version constraints such as {@code >= 0.1, < 2.0} and {@code ~> 0.1.2}. */
final class VersionConstraint {
  /** The version of this program. */
  static final String CURRENT = "0.1.0";

  private static final Pattern PART =
      Pattern.compile(
          "\\s*(=|!=|>=|<=|>|<|~>)?\\s*v?([0-9]+(?:\\.[0-9]+)*(?:-[0-9A-Za-z.-]+)?)\\s*");

  private VersionConstraint() {}

  /** Whether a text can be read as a constraint. */
  static boolean isOne(String constraint) {
    return Stream.of(constraint.split(",", -1)).allMatch(part -> PART.matcher(part).matches());
  }

  /** Whether a version meets all parts of a constraint; one that can't be read is not met. */
  static boolean holds(String constraint, String version) {
    for (String part : constraint.split(",")) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return false;
      }
      String operator = matcher.group(1) == null ? "=" : matcher.group(1);
      int order = padded(version).compareTo(padded(matcher.group(2)));
      boolean met =
          switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            default ->
                order >= 0 && padded(version).compareTo(padded(nextAfter(matcher.group(2)))) < 0;
          };
      if (!met) {
        return false;
      }
    }
    return true;
  }

  /** What {@code ~>} ends before: the last part but one counted up. */
  private static String nextAfter(String version) {
    String[] parts = version.split("-", 2)[0].split("\\.");
    if (parts.length == 1) {
      return String.valueOf(Long.parseLong(parts[0]) + 1);
    }
    StringBuilder next = new StringBuilder();
    for (int i = 0; i < parts.length - 2; i++) {
      next.append(parts[i]).append('.');
    }
    return next.append(Long.parseLong(parts[parts.length - 2]) + 1).toString();
  }

  private static Version padded(String version) {
    String[] parts = version.split("-", 2);
    int dots = (int) parts[0].chars().filter(c -> c == '.').count();
    String padded = parts[0] + ".0".repeat(Math.max(0, 2 - dots));
    return Version.parse(parts.length == 1 ? padded : padded + "-" + parts[1]);
  }
}
