package io.pgha.core.drift;

import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The instances that an entry of {@code .pghaignore} is about: an address as {@code -target} takes
 * it, in which {@code *} stands for any characters of a name or of a key. Where a part has no key,
 * all its instances are meant.
 *
 * @param text the address as written
 * @param steps the module instances that lead there, outermost first, and the resource
 */
record IgnoreAddress(String text, List<Step> steps) {
  private static final String MODULE = "module.";
  private static final String DATA = "data.";

  IgnoreAddress {
    steps = List.copyOf(steps);
  }

  /**
   * A part of an address.
   *
   * @param name such as {@code module.main} or {@code host.db}
   * @param key what stands in brackets, with them; empty text where nothing does
   */
  record Step(IgnorePattern name, IgnorePattern key) {
    private boolean matches(String step) {
      int bracket = step.endsWith("]") ? step.indexOf('[') : step.length();
      return name.matches(step.substring(0, bracket))
          && (key.text().isEmpty() || key.matches(step.substring(bracket)));
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException where it is none, with sentences for the user
   */
  static IgnoreAddress parse(String text) {
    return new Reader(text).address();
  }

  /** Whether it is about an instance. */
  boolean matches(String address) {
    if (isExactly(address)) {
      return true;
    }
    List<String> others;
    try {
      others = InstanceAddress.parse(address).steps();
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (others.size() != steps.size()) {
      return false;
    }
    for (int i = 0; i < others.size(); i++) {
      if (!steps.get(i).matches(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it names an instance in full, so that whoever wrote it had that one in mind. */
  boolean isExactly(String address) {
    return text.equals(address);
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    IgnoreAddress address() {
      if (text.isBlank() || text.chars().allMatch(c -> c == '*')) {
        throw new IllegalArgumentException(
            "An entry must say what it is about: an ignore file is no switch for the whole"
                + " detector. Write an address such as patroni_cluster.main.");
      }
      List<Step> steps = new ArrayList<>();
      while (text.startsWith(MODULE, at)) {
        int start = at;
        at += MODULE.length();
        name();
        steps.add(step(start));
        if (at == text.length()) {
          throw new IllegalArgumentException(
              "\"%s\" is a whole module. Name the resource in it too, such as %s."
                  .formatted(text, text + ".patroni_cluster.main"));
        }
        take('.');
      }
      int start = at;
      at += text.startsWith(DATA, at) ? DATA.length() : 0;
      int type = at;
      name();
      if (text.substring(type, at).indexOf('*') >= 0) {
        throw new IllegalArgumentException(
            ("\"%s\" has a pattern for the type of resource. An entry is about something that was"
                    + " found and understood, not about everything: write the type, such as"
                    + " haproxy_lb.*, in an entry for each.")
                .formatted(text));
      }
      take('.');
      name();
      steps.add(step(start));
      if (at != text.length()) {
        throw invalid();
      }
      return new IgnoreAddress(text, steps);
    }

    /** The step that has begun where the key that follows ends. */
    private Step step(int start) {
      int end = at;
      if (at < text.length() && text.charAt(at) == '[') {
        at++;
        if (at < text.length() && text.charAt(at) == '"') {
          quoted();
        } else {
          while (at < text.length() && isPlainKey(text.charAt(at))) {
            at++;
          }
        }
        if (at == end + 1) {
          throw invalid();
        }
        take(']');
      }
      return new Step(pattern(start, end), pattern(end, at));
    }

    private IgnorePattern pattern(int start, int end) {
      return new IgnorePattern(text.substring(start, end), IgnorePattern.NONE);
    }

    private static boolean isPlainKey(char c) {
      return c == '*' || (c >= '0' && c <= '9');
    }

    private void quoted() {
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at = Math.min(at, text.length());
      take('"');
    }

    private void name() {
      int start = at;
      while (at < text.length()
          && (text.charAt(at) == '*'
              || text.charAt(at) == '-'
              || Character.isUnicodeIdentifierPart(text.charAt(at)))) {
        at++;
      }
      if (at == start) {
        throw invalid();
      }
    }

    private void take(char c) {
      if (at >= text.length() || text.charAt(at) != c) {
        throw invalid();
      }
      at++;
    }

    private IllegalArgumentException invalid() {
      return new IllegalArgumentException(
          ("\"%s\" is no address such as haproxy_lb.main[\"psql-lb-1\"], \"haproxy_lb.main[*]\" or"
                  + " module.main.patroni_cluster.main.")
              .formatted(text));
    }
  }
}
