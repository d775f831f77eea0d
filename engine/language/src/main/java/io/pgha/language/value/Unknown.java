package io.pgha.language.value;

import java.util.Collections;
import java.util.Map;

/**
 * A value that is not known before apply.
 *
 * @param type its type; {@link Type#DYNAMIC} where not even that is known
 * @param refinement what is known of it all the same
 */
public record Unknown(Type type, Refinement refinement) implements Value {
  /** A list of more unknown elements than this is just as well unknown as a whole. */
  private static final Num MOST_ELEMENTS = Num.of(1000);

  /** A wholly unknown value. */
  public static final Unknown ANY = new Unknown(Type.DYNAMIC, Refinement.NONE);

  /**
   * An unknown value, or what is known of it where that leaves only one: the number itself, or a
   * list of so many unknown elements.
   */
  public static Value of(Type type, Refinement refinement) {
    Num exact = refinement.notNull() ? refinement.bounds().exact() : null;
    if (exact != null) {
      if (type.equals(Type.NUMBER)) {
        return exact;
      }
      if (exact.compareTo(MOST_ELEMENTS) <= 0) {
        int count = (int) exact.longValueExact();
        if (type instanceof Type.ListType(Type element)) {
          return new ListValue(element, Collections.nCopies(count, of(element)));
        }
        if (type instanceof Type.SetType(Type element) && count < 2) {
          return SetValue.of(element, Collections.nCopies(count, of(element)));
        }
        if (type instanceof Type.MapType(Type element) && count == 0) {
          return MapValue.of(element, Map.of());
        }
      }
    }
    return new Unknown(type, refinement);
  }

  /** An unknown value of the given type of which nothing else is known. */
  public static Unknown of(Type type) {
    return new Unknown(type, Refinement.NONE);
  }
}
