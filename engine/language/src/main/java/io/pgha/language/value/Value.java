package io.pgha.language.value;

import java.util.EnumSet;
import java.util.Set;

/**
 * A value of the configuration language: immutable, typed, possibly null, unknown or marked.
 *
 * <p>Marks never nest and are hoisted out of sets: a {@link Marked} holds an unmarked top level,
 * whose elements may be marked again (except in a {@link SetValue}).
 */
public sealed interface Value
    permits Str,
        Num,
        Bool,
        ListValue,
        SetValue,
        MapValue,
        TupleValue,
        ObjectValue,
        Null,
        Unknown,
        Marked {

  /** The type of this value; a marked value has the type of what it marks. */
  Type type();

  /** This value without its own marks; the marks of its elements stay. */
  default Value unmarked() {
    return this instanceof Marked marked ? marked.value() : this;
  }

  /** The marks on this value itself, not those of its elements. */
  default Set<Mark> marks() {
    return this instanceof Marked marked ? marked.marks() : Set.of();
  }

  /** This value with the given marks added to its own; the same value where none are given. */
  default Value withMarks(Set<Mark> added) {
    if (added.isEmpty()) {
      return this;
    }
    EnumSet<Mark> all = EnumSet.copyOf(added);
    all.addAll(marks());
    return new Marked(unmarked(), all);
  }

  /** Whether this value is null, marked or not. */
  default boolean isNull() {
    return unmarked() instanceof Null;
  }

  /** Whether this value itself is known; its elements may still be unknown. */
  default boolean isKnown() {
    return !(unmarked() instanceof Unknown);
  }
}
