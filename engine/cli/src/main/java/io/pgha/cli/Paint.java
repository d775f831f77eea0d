package io.pgha.cli;

import io.pgha.cli.view.Line;
import io.pgha.cli.view.PlannedAction;

/**
 * Colours text on a terminal.
 *
 * @param colour whether at all
 */
record Paint(boolean colour) {
  private static final String RESET = "\u001b[0m";

  String bold(String text) {
    return painted("\u001b[1m", text);
  }

  String added(String text) {
    return painted("\u001b[32m", text);
  }

  String removed(String text) {
    return painted("\u001b[31m", text);
  }

  String changed(String text) {
    return painted("\u001b[33m", text);
  }

  String faint(String text) {
    return painted("\u001b[2m", text);
  }

  /** A plan's sign for an action. */
  String sign(PlannedAction action) {
    return switch (action) {
      case CREATE -> added(action.sign());
      case READ -> painted("\u001b[36m", action.sign());
      case UPDATE, CHANGED -> changed(action.sign());
      case DELETE_THEN_CREATE -> removed("-") + "/" + added("+");
      case CREATE_THEN_DELETE -> added("+") + "/" + removed("-");
      case DELETE, FORGET, GONE -> removed(action.sign());
      case NO_OP -> action.sign();
    };
  }

  /** A text of a kind of line. */
  String kind(Line.Kind kind, String text) {
    return switch (kind) {
      case SAME -> text;
      case ADDED -> added(text);
      case REMOVED -> removed(text);
      case CHANGED -> changed(text);
      case REMARK -> faint(text);
    };
  }

  /** A line of what becomes of values, its sign first. */
  String line(Line line) {
    String text = line.kind() == Line.Kind.REMARK ? faint(line.text()) : line.text();
    return "    ".repeat(line.depth())
        + kind(line.kind(), line.kind().sign())
        + " "
        + text
        + (line.note().isEmpty() ? "" : "   " + faint("# " + line.note()));
  }

  private String painted(String code, String text) {
    return colour ? code + text + RESET : text;
  }
}
