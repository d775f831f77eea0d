package io.pgha.language.value;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A value with marks on it.
 *
 * @param value the value, itself not a {@code Marked}
 * @param marks at least one mark; immutable
 */
public record Marked(Value value, Set<Mark> marks) implements Value {
  public Marked {
    if (value instanceof Marked) {
      throw new IllegalArgumentException("marks don't nest");
    }
    if (marks.isEmpty()) {
      throw new IllegalArgumentException("a marked value has a mark");
    }
    marks = Collections.unmodifiableSet(EnumSet.copyOf(marks));
  }

  @Override
  public Type type() {
    return value.type();
  }
}
