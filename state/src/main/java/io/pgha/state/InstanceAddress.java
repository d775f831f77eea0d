package io.pgha.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The address of a resource instance, such as {@code module.a["x"].host.db["psql-db-1"]}.
 *
 * @param text the whole address
 * @param modulePath the module instance's address; empty for the root module
 * @param mode whether it is managed or only read
 * @param type the resource type
 * @param name the resource's name
 * @param key what stands in brackets at its end, with them; empty where nothing does
 */
public record InstanceAddress(
    String text, String modulePath, Mode mode, String type, String name, String key)
    implements Comparable<InstanceAddress> {
  private static final String MODULE = "module.";

  /** What the engine does with a resource. */
  public enum Mode {
    /** A {@code resource} block: created, updated, deleted. */
    MANAGED,
    /** A {@code data} block: only read. */
    DATA
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException where it is none, with a message for the user
   */
  public static InstanceAddress parse(String text) {
    int start = 0;
    while (text.startsWith(MODULE, start)) {
      int end = endOfKey(text, endOfName(text, start + MODULE.length()));
      if (end >= text.length() || text.charAt(end) != '.') {
        throw invalid(text);
      }
      start = end + 1;
    }
    Mode mode = text.startsWith("data.", start) ? Mode.DATA : Mode.MANAGED;
    int type = mode == Mode.DATA ? start + "data.".length() : start;
    int endOfType = endOfName(text, type);
    if (endOfType >= text.length() || text.charAt(endOfType) != '.') {
      throw invalid(text);
    }
    int endOfName = endOfName(text, endOfType + 1);
    if (endOfKey(text, endOfName) != text.length()) {
      throw invalid(text);
    }
    return new InstanceAddress(
        text,
        start == 0 ? "" : text.substring(0, start - 1),
        mode,
        text.substring(type, endOfType),
        text.substring(endOfType + 1, endOfName),
        text.substring(endOfName));
  }

  /**
   * The module instances that lead there, outermost first, and the resource instance in the last of
   * them: {@code module.a["x"]}, {@code host.db["psql-db-1"]}.
   */
  public List<String> steps() {
    List<String> steps = new ArrayList<>();
    int start = 0;
    while (start < modulePath.length()) {
      int end = endOfKey(text, endOfName(text, start + MODULE.length()));
      steps.add(text.substring(start, end));
      start = end + 1;
    }
    steps.add(text.substring(start));
    return steps;
  }

  /** Where the identifier that starts here ends. */
  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end), end == from)) {
      end++;
    }
    if (end == from) {
      throw invalid(text);
    }
    return end;
  }

  private static boolean isNamePart(char c, boolean first) {
    return first
        ? Character.isUnicodeIdentifierStart(c) || c == '_'
        : Character.isUnicodeIdentifierPart(c) || c == '-';
  }

  /** Where a key in brackets ends, a quoted one with escapes in it; the same place without one. */
  private static int endOfKey(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '[') {
      return from;
    }
    int i = from + 1;
    if (i < text.length() && text.charAt(i) == '"') {
      for (i++; i < text.length() && text.charAt(i) != '"'; i++) {
        if (text.charAt(i) == '\\') {
          i++;
        }
      }
      i++;
    } else {
      while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        i++;
      }
      if (i == from + 1) {
        throw invalid(text);
      }
    }
    if (i >= text.length() || text.charAt(i) != ']') {
      throw invalid(text);
    }
    return i + 1;
  }

  /** The address of the resource, of which this is the only instance or one of several. */
  public String resource() {
    return text.substring(0, text.length() - key.length());
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no address of a resource instance such as host.db[\"psql-db-1\"]");
  }

  /** By text. */
  @Override
  public int compareTo(InstanceAddress other) {
    return text.compareTo(other.text);
  }

  /** The whole address. */
  @Override
  public String toString() {
    return text;
  }
}
