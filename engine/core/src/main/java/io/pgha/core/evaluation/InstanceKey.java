package io.pgha.core.evaluation;

import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.Collection;

/** Which instance of a resource or module it is. */
public sealed interface InstanceKey {
  /** The only one. */
  record None() implements InstanceKey {}

  /** One of count. */
  record OfCount(long index) implements InstanceKey {}

  /** One of for_each. */
  record OfForEach(String key) implements InstanceKey {}

  /** One of the elements of a list that for_each goes through; no instance is called by it. */
  record OfElement(long index) implements InstanceKey {}

  /** What an address has in brackets, with them; empty for the only one. */
  default String suffix() {
    return switch (this) {
      case None() -> "";
      case OfCount(long index) -> "[" + index + "]";
      case OfElement(long index) -> "[" + index + "]";
      case OfForEach(String key) -> "[" + ValueText.quote(key) + "]";
    };
  }

  /** Whether it comes of for_each. */
  default boolean isOfForEach() {
    return this instanceof OfForEach || this instanceof OfElement;
  }

  /** The key itself; null where there is none. */
  default Value value() {
    return switch (this) {
      case None() -> Null.ANY;
      case OfCount(long index) -> Num.of(index);
      case OfElement(long index) -> Num.of(index);
      case OfForEach(String key) -> new Str(key);
    };
  }

  /** Some keys for people, the first of them where they are many. */
  static String list(Collection<InstanceKey> keys) {
    return keys.isEmpty()
        ? "none"
        : String.join(", ", keys.stream().limit(10).map(InstanceKey::suffix).toList())
            + (keys.size() > 10 ? ", ..." : "");
  }

  /**
   * The key that an index names; {@link None} where it can name none.
   *
   * @param counted whether it is one of count, and no text: an index becomes what it has to be
   */
  static InstanceKey of(Value index, boolean counted) {
    return switch (converted(index.unmarked(), counted ? Type.NUMBER : Type.STRING)) {
      case Str(String key) -> new OfForEach(key);
      case Num number when number.isLong() -> new OfCount(number.longValueExact());
      default -> new None();
    };
  }

  /** The index as it has to be; one that can't be so names no instance. */
  private static Value converted(Value index, Type type) {
    try {
      return Conversion.convert(index, type);
    } catch (ConversionException e) {
      return index;
    }
  }
}
