package io.pgha.language.value;

/**
 * The absence of a value.
 *
 * @param type the type that the value would have; {@link Type#DYNAMIC} where nothing is known of it
 */
public record Null(Type type) implements Value {
  /** A null of unknown type. */
  public static final Null ANY = new Null(Type.DYNAMIC);
}
