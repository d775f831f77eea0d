package io.pgha.provider.patroni;

/** The one place where text is quoted for SQL. */
final class SqlText {
  private SqlText() {}

  /** The text as an SQL string constant, whatever {@code standard_conforming_strings} says. */
  static String literal(String text) {
    String quoted = text.replace("'", "''");
    return text.contains("\\") ? "E'" + quoted.replace("\\", "\\\\") + "'" : "'" + quoted + "'";
  }

  /** The text as an SQL identifier. */
  static String identifier(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
