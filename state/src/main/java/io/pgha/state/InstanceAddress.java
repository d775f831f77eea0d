package io.pgha.state;

/**
 * The address of a resource instance, such as {@code module.a["x"].host.db["psql-db-1"]}.
 *
 * @param text the whole address
 * @param modulePath the module instance's address; empty for the root module
 * @param type the resource type
 * @param name the resource's name
 * @param key what stands in brackets at its end, with them; empty where nothing does
 */
public record InstanceAddress(
    String text, String modulePath, String type, String name, String key) {

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException where it is none, with a message for the user
   */
  public static InstanceAddress parse(String text) {
    int start = 0;
    while (text.startsWith("module.", start)) {
      int end = endOfName(text, start + "module.".length());
      end = endOfKey(text, end);
      if (end >= text.length() || text.charAt(end) != '.') {
        throw invalid(text);
      }
      start = end + 1;
    }
    int dot = text.indexOf('.', start);
    if (dot <= start) {
      throw invalid(text);
    }
    int endOfName = endOfName(text, dot + 1);
    int end = endOfKey(text, endOfName);
    if (end != text.length() || endOfName == dot + 1) {
      throw invalid(text);
    }
    return new InstanceAddress(
        text,
        start == 0 ? "" : text.substring(0, start - 1),
        text.substring(start, dot),
        text.substring(dot + 1, endOfName),
        text.substring(endOfName));
  }

  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    return end;
  }

  /** Where a key in brackets ends, a quoted one with escapes in it; the same place without one. */
  private static int endOfKey(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '[') {
      return from;
    }
    boolean quoted = false;
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i + 1;
      }
    }
    throw invalid(text);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no address of a resource instance such as host.db[\"psql-db-1\"]");
  }

  /** The whole address. */
  @Override
  public String toString() {
    return text;
  }
}
