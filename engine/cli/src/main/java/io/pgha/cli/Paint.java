package io.pgha.cli;

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

  private String painted(String code, String text) {
    return colour ? code + text + RESET : text;
  }
}
