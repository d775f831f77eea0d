package io.pgha.provider.patroni;

/**
 * A scalar inside a tree of settings that must not be shown.
 *
 * @param value a text, number or truth, as {@link Trees} has them
 */
record Secret(Object value) {
  @Override
  public String toString() {
    return "(sensitive)";
  }
}
