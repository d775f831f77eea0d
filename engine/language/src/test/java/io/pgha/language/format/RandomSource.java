package io.pgha.language.format;

import java.util.List;
import java.util.Random;

/**
 * Writes valid configuration at random, from a seed, with spaces, tabs and line feeds wherever the
 * language allows them.
 *
 * <p>What it never writes is what pgha formats otherwise than Terraform on purpose, and a value
 * that is an interpolation of an interpolation, of which one run takes away only the outer one.
 */
final class RandomSource {
  private static final List<String> NAMES =
      List.of("a", "bc", "def", "host_name", "x-y", "name", "é", "very_long_name_of_something");
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          " b ",
          "x = 1",
          "é",
          "e\u0301",
          "👨‍👩‍👧",
          "語",
          "\\n",
          "\\\"",
          "$",
          "$${x}",
          "%%{y}",
          "# c");
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||");
  private static final List<String> TYPES =
      List.of(
          "\"string\"", "\"list\"", "\"map\"", "\"any\"", "list", "set", "map", "string", "any");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private int names;

  /** Whether a comment may end a line here. */
  private boolean comments = true;

  /** How many brackets are open, within which a line feed is a space. */
  private int open;

  RandomSource(long seed) {
    this.random = new Random(seed);
  }

  /** A file. */
  String file() {
    out.setLength(0);
    body(0, 1 + random.nextInt(8));
    String text = out.toString();
    if (random.nextInt(6) == 0) {
      text = text.replace("\n", "\r\n");
    }
    return random.nextInt(6) == 0 && !text.contains("<<") ? text.stripTrailing() + gap() : text;
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private RandomSource put(String text) {
    out.append(text);
    return this;
  }

  private static String spaces(int count) {
    return " ".repeat(count);
  }

  private String gap() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "";
      case 2, 3 -> " ";
      case 4 -> spaces(random.nextInt(5));
      default -> "\t";
    };
  }

  /** A space at least, as between words. */
  private RandomSource word() {
    return put(" " + gap());
  }

  /** Spaces or none, sometimes a comment in them. */
  private RandomSource space() {
    put(gap());
    if (comments && one(25)) {
      put("/* c */" + gap());
    }
    return this;
  }

  /** Spaces or, within brackets, line feeds. */
  private RandomSource line() {
    space();
    while (open > 0 && one(5)) {
      if (comments && one(4)) {
        put(one(2) ? "# c" : "// c");
      }
      put("\n" + gap());
    }
    return this;
  }

  private String name() {
    return any(NAMES) + names++;
  }

  private void body(int depth, int items) {
    for (int i = 0; i < items; i++) {
      put(gap());
      switch (random.nextInt(8)) {
        case 0 -> put(one(2) ? "# c" : "// c \t").put("\n");
        case 1 -> put("\n");
        case 2 -> block(depth, "variable", true);
        case 3 -> block(depth, name(), false);
        case 4 -> oneLineBlock();
        default -> attribute();
      }
    }
  }

  private void attribute() {
    put(name()).space().put("=").space();
    value();
    lineEnd();
  }

  private void lineEnd() {
    space();
    if (one(4)) {
      put(one(2) ? "# d" : "//d  ");
    }
    put("\n");
  }

  private void block(int depth, String type, boolean variable) {
    put(type);
    for (int i = variable ? 1 : random.nextInt(3); i > 0; i--) {
      put(" " + gap());
      put(
          one(2)
              ? any(NAMES)
              : "\"" + any(List.of("a", "b c", "", "\\t", "\\u00e9", "e\u0301")) + "\"");
    }
    put(gap()).put("{").put(gap()).put(one(4) ? "# b\n" : "\n");
    if (variable && one(2)) {
      put(gap() + "type").space().put("=").space().put(any(TYPES));
      lineEnd();
    }
    if (depth < 3) {
      body(depth + 1, random.nextInt(4));
    }
    put(gap()).put("}");
    lineEnd();
  }

  private void oneLineBlock() {
    put(name() + gap() + "{" + gap());
    if (one(2)) {
      put(any(NAMES)).space().put("=").space();
      boolean before = comments;
      comments = false;
      expression(2);
      comments = before;
      put(gap());
    }
    put("}");
    lineEnd();
  }

  /** What is assigned: an expression, or what only stands for a whole value. */
  private void value() {
    switch (random.nextInt(8)) {
      case 0 -> heredoc();
      case 1 -> interpolation();
      default -> expression(0);
    }
  }

  private void interpolation() {
    boolean before = comments;
    comments = false;
    put("\"${").put(one(6) ? "~" : "");
    open++;
    line();
    if (one(2)) {
      operand(1);
    } else {
      // Not a bracket: with another one at the end Terraform takes them for a pair.
      put(any(NAMES)).line().put(any(OPERATORS)).line();
      operand(1);
    }
    line();
    open--;
    put("}\"");
    comments = before;
  }

  private void heredoc() {
    put(one(2) ? "<<EOT\n" : "<<-EOT\n");
    for (int i = random.nextInt(3); i > 0; i--) {
      put(gap() + any(TEXTS));
      if (one(3)) {
        sequence();
      }
      put(gap() + "\n");
    }
    put(gap() + "EOT");
    if (open == 0) {
      put("\n" + gap());
    }
  }

  private void sequence() {
    boolean before = comments;
    int outer = open;
    comments = false;
    open = 0;
    if (one(3)) {
      put("%{" + gap() + "if ").put(any(NAMES)).put(gap() + "}").put("y");
      put("%{" + gap() + "endif" + gap() + "}");
    } else {
      put(one(6) ? "${~" : "${").put(gap());
      expression(3);
      put(gap()).put(one(6) ? "~}" : "}");
    }
    open = outer;
    comments = before;
  }

  private void string() {
    put("\"").put(any(TEXTS));
    while (one(3)) {
      // Text of its own, so that the string is never one interpolation.
      put("-");
      sequence();
      put(any(TEXTS));
    }
    put("\"");
  }

  private void expression(int depth) {
    operand(depth);
    if (depth >= 4) {
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> {
        line().put(any(OPERATORS)).line();
        operand(depth + 1);
      }
      case 1 -> {
        line().put("?").line();
        operand(depth + 1);
        line().put(":").line();
        operand(depth + 1);
      }
      default -> {}
    }
  }

  private void operand(int depth) {
    switch (random.nextInt(depth >= 4 ? 4 : 12)) {
      case 0 -> put(any(List.of("0", "1", "12.5", "1e3")));
      case 1 -> string();
      case 2 -> put(any(NAMES)).put(one(3) ? gap() + "." + gap() + any(NAMES) : "");
      case 3 -> put(any(List.of("-", "!"))).space().put(any(NAMES));
      case 4 -> access(depth);
      case 5, 6 -> call(depth);
      case 7, 8 -> tuple(depth);
      case 9 -> object(depth);
      case 10 -> loop(depth);
      default -> {
        put("(");
        open++;
        line();
        expression(depth + 1);
        line();
        open--;
        put(")");
      }
    }
  }

  private void access(int depth) {
    put(any(NAMES));
    switch (random.nextInt(4)) {
      case 0 -> put(gap() + "." + gap() + "*." + any(NAMES));
      case 1 -> put(gap() + "[" + gap() + "*" + gap() + "]" + gap() + "." + any(NAMES));
      case 2 -> put(".0");
      default -> {
        put(gap()).put("[");
        open++;
        line();
        expression(depth + 1);
        line();
        open--;
        put("]");
      }
    }
  }

  private void call(int depth) {
    put(one(5) ? "core" + gap() + "::" + gap() + "max" : "max").put(gap() + "(");
    open++;
    line();
    int arguments = random.nextInt(4);
    for (int i = 0; i < arguments; i++) {
      expression(depth + 1);
      line();
      boolean last = i + 1 == arguments;
      if (last && one(5)) {
        put("...").line();
      } else if (!last || one(5)) {
        put(",").line();
      }
    }
    open--;
    put(")");
  }

  private void tuple(int depth) {
    put("[");
    open++;
    line();
    for (int i = random.nextInt(4); i > 0; i--) {
      expression(depth + 1);
      line().put(i > 1 || one(3) ? "," : "").line();
    }
    open--;
    put("]");
  }

  private void object(int depth) {
    int outer = open;
    // A line feed within an object ends an item, so that there may be none around its signs.
    put("{").put(gap());
    boolean lines = one(2);
    for (int i = random.nextInt(4); i > 0; i--) {
      open = 0;
      put(lines ? "\n" + gap() : "");
      key(depth);
      put(gap()).put(one(4) ? ":" : "=").put(gap());
      expression(depth + 1);
      put(gap()).put((i > 1 && !lines) || one(4) ? "," : "").put(gap());
      put(lines && comments && one(4) ? "# e" : "");
    }
    put(lines ? "\n" + gap() : "").put("}");
    open = outer;
  }

  private void key(int depth) {
    switch (random.nextInt(4)) {
      case 0 -> put("\"" + any(NAMES) + "\"");
      case 1 -> {
        put("(");
        open++;
        expression(depth + 2);
        open--;
        put(")");
      }
      default -> put(any(NAMES));
    }
  }

  private void loop(int depth) {
    boolean object = one(2);
    put(object ? "{" : "[");
    open++;
    line().put("for").word().put("k");
    if (one(2)) {
      line().put(",").line().put("v");
    }
    word().put("in").word();
    operand(depth + 1);
    line().put(":").line();
    operand(depth + 1);
    if (object) {
      line().put("=>").line();
      operand(depth + 1);
      put(one(4) ? "..." : "");
    }
    if (one(3)) {
      word().put("if").word();
      operand(depth + 1);
    }
    line();
    open--;
    put(object ? "}" : "]");
  }
}
