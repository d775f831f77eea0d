package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.List;

/** One constant step into a value. */
public sealed interface Traverser {
  /** Where the step is written, with its dot or brackets. */
  SourceRange range();

  /** {@code .name}. */
  record Attribute(String name, SourceRange range) implements Traverser {}

  /**
   * {@code [key]}, or {@code .0} as of old.
   *
   * @param key the constant, mostly a {@link Num} or a {@link Str}
   */
  record Index(Value key, SourceRange range) implements Traverser {}

  /** Steps as one would write them. */
  static String text(List<Traverser> steps) {
    StringBuilder text = new StringBuilder();
    for (Traverser step : steps) {
      switch (step) {
        case Attribute(String name, SourceRange _) -> text.append('.').append(name);
        case Index(Value key, SourceRange _) -> text.append('[').append(text(key)).append(']');
      }
    }
    return text.toString();
  }

  private static String text(Value key) {
    if (key instanceof Str(String string)) {
      return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (key instanceof Num number) {
      return number.text();
    }
    return key instanceof Bool truth ? String.valueOf(truth.value()) : "null";
  }
}
