package io.pgha.cli.view;

import io.pgha.language.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What several pages show alike, as their templates ask for it. */
public final class PageParts {
  private PageParts() {}

  /** Puts a list, and whether it has anything. */
  public static void put(Map<String, Object> content, String name, String has, List<?> elements) {
    content.put(name, elements);
    content.put(has, !elements.isEmpty());
  }

  /** Puts errors and warnings, for the template {@code /view/diagnostics}. */
  public static void putDiagnostics(Map<String, Object> content, List<Diagnostic> diagnostics) {
    put(
        content,
        "diagnostics",
        "hasDiagnostics",
        diagnostics.stream().map(PageParts::diagnostic).toList());
  }

  private static Map<String, Object> diagnostic(Diagnostic found) {
    List<String> places = new ArrayList<>();
    found.address().ifPresent(places::add);
    found.host().ifPresent(host -> places.add("on host " + host));
    found.subject().ifPresent(range -> places.add(range.toString()));
    return Map.of(
        "style", found.isError() ? "error" : "warning",
        "summary", (found.isError() ? "Error: " : "Warning: ") + found.summary(),
        "place", String.join(" · ", places),
        "hasPlace", !places.isEmpty(),
        "detail", found.detail(),
        "hasDetail", !found.detail().isEmpty());
  }

  /** Puts the lines of a unified diff. */
  public static void putDiff(Map<String, Object> content, List<String> lines) {
    put(
        content,
        "diff",
        "hasDiff",
        lines.stream().map(line -> Map.of("style", styleOf(line), "text", line)).toList());
  }

  private static String styleOf(String line) {
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> "added";
      case '-' -> "removed";
      case '@' -> "hunk";
      default -> "same";
    };
  }

  /** A number in a page's heading; the style of none where it is none. */
  public static Map<String, Object> count(String style, long number, String what) {
    return Map.of("style", number == 0 ? "none" : style, "number", number, "what", what);
  }

  /** Puts what the search says of itself. */
  public static void putSearch(Map<String, Object> content, String placeholder, String label) {
    content.put("searchFor", placeholder);
    content.put("searchIn", label);
  }
}
