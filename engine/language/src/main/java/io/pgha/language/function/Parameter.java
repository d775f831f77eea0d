package io.pgha.language.function;

import io.pgha.language.value.Type;

/**
 * A parameter of a function. What it doesn't accept is dealt with before the function is called:
 * null is an error, an unknown makes the result unknown, marks go from the argument to the result.
 *
 * @param name how messages name it
 * @param type what arguments are converted to
 * @param acceptsNull whether the function wants to see nulls
 * @param unknowns which unknowns the function wants to see
 * @param marks which marks the function wants to see
 */
public record Parameter(
    String name, Type type, boolean acceptsNull, Acceptance unknowns, Acceptance marks) {

  /** How much of something a function wants to see. */
  public enum Acceptance {
    /** None, wherever in the argument. */
    NONE,
    /** Only what is inside of the argument. */
    INSIDE,
    /** All, of the argument itself too. */
    ALL
  }

  /** A parameter that accepts neither nulls nor unknowns nor marks. */
  public static Parameter of(String name, Type type) {
    return new Parameter(name, type, false, Acceptance.NONE, Acceptance.NONE);
  }

  /** A parameter of any type that leaves what is inside of a collection to the function. */
  static Parameter collection(String name) {
    return of(name, Type.DYNAMIC).unknownInside().markedInside();
  }

  /** This parameter, accepting nulls. */
  public Parameter nullable() {
    return new Parameter(name, type, true, unknowns, marks);
  }

  /** This parameter, accepting known arguments with unknowns inside. */
  public Parameter unknownInside() {
    return new Parameter(name, type, acceptsNull, Acceptance.INSIDE, marks);
  }

  /** This parameter, accepting unknown arguments. */
  public Parameter unknown() {
    return new Parameter(name, type, acceptsNull, Acceptance.ALL, marks);
  }

  /** This parameter, accepting arguments with marks inside; the argument's own go to the result. */
  public Parameter markedInside() {
    return new Parameter(name, type, acceptsNull, unknowns, Acceptance.INSIDE);
  }

  /** This parameter, accepting marked arguments. */
  public Parameter marked() {
    return new Parameter(name, type, acceptsNull, unknowns, Acceptance.ALL);
  }
}
