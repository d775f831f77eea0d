package io.pgha.language.value;

/**
 * A value that is not known before apply.
 *
 * @param type its type; {@link Type#DYNAMIC} where not even that is known
 * @param refinement what is known of it all the same
 */
public record Unknown(Type type, Refinement refinement) implements Value {
  /** A wholly unknown value. */
  public static final Unknown ANY = new Unknown(Type.DYNAMIC, Refinement.NONE);

  /** An unknown value of the given type of which nothing else is known. */
  public static Unknown of(Type type) {
    return new Unknown(type, Refinement.NONE);
  }
}
