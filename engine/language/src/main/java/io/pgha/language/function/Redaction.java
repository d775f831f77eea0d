package io.pgha.language.function;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps sensitive arguments out of error messages.
 *
 * @param secrets every sensitive or ephemeral text among the arguments
 */
record Redaction(List<String> secrets) {
  /** So many characters in common with a secret give too much of it away. */
  private static final int TELLING = 4;

  /** A piece in quotes that is too short to be telling by its length. */
  private static final Pattern QUOTED = Pattern.compile("(?s)(?=[\"'](.{1,3}?)[\"'])");

  static Redaction of(List<Value> arguments) {
    List<String> secrets = new ArrayList<>();
    arguments.forEach(argument -> collect(argument, false, secrets));
    return new Redaction(secrets);
  }

  private static void collect(Value value, boolean secret, List<String> secrets) {
    switch (value) {
      case Marked(Value inner, Set<Mark> marks) ->
          // What is ephemeral is a secret more often than not.
          collect(inner, secret || !marks.isEmpty(), secrets);
      case Str(String text) when secret && !text.isEmpty() -> secrets.add(text);
      case Num number when secret -> secrets.add(number.text());
      case ListValue(_, List<Value> elements) -> collectAll(elements, secret, secrets);
      case SetValue(_, List<Value> elements) -> collectAll(elements, secret, secrets);
      case TupleValue(List<Value> elements) -> collectAll(elements, secret, secrets);
      case MapValue map -> {
        collectAll(map.elements().values(), secret, secrets);
        addKeys(map.elements().keySet(), secret, secrets);
      }
      case ObjectValue object -> {
        collectAll(object.attributes().values(), secret, secrets);
        addKeys(object.attributes().keySet(), secret, secrets);
      }
      default -> {}
    }
  }

  private static void addKeys(Set<String> keys, boolean secret, List<String> secrets) {
    if (secret) {
      keys.stream().filter(key -> !key.isEmpty()).forEach(secrets::add);
    }
  }

  private static void collectAll(Iterable<Value> values, boolean secret, List<String> secrets) {
    values.forEach(value -> collect(value, secret, secrets));
  }

  /** The exception, without its message where that could give away a secret. */
  FunctionException applied(FunctionException e) {
    return secrets.stream().anyMatch(secret -> isToldBy(e.getMessage(), secret))
        ? new FunctionException(
            e.argument(), "it does not suit; why can't be shown, because a value is sensitive")
        : e;
  }

  private static boolean isToldBy(String message, String secret) {
    int length = Math.min(TELLING, secret.length());
    for (int i = 0; i + length <= message.length(); i++) {
      if (secret.contains(message.substring(i, i + length))) {
        return true;
      }
    }
    // Unquoted, so few characters are in both by chance; quoted punctuation is of the syntax.
    return QUOTED
        .matcher(message)
        .results()
        .map(quoted -> quoted.group(1))
        .anyMatch(
            piece -> piece.chars().anyMatch(Character::isLetterOrDigit) && secret.contains(piece));
  }
}
