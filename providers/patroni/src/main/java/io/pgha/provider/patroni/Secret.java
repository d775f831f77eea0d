package io.pgha.provider.patroni;

/** A text inside a tree of settings that must not be shown. */
record Secret(String text) {
  @Override
  public String toString() {
    return "(sensitive)";
  }
}
