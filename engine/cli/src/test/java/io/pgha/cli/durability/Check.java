package io.pgha.cli.durability;

/** Expectations of a scenario. */
final class Check {
  private Check() {}

  static void that(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  static void contains(Running.Result result, String text) {
    // Messages are broken into lines to fit a terminal.
    String words = result.text().replaceAll("[\\s│╷╵]+", " ");
    that(words.contains(text), "\"" + text + "\" is missing in: " + result.text());
  }
}
