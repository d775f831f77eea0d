package io.pgha.provider.drift;

/** How grave a difference is, from what can wait to what can't. */
public enum Grade {
  /** Nothing works worse for it, such as a package that is no longer on hold. */
  COSMETIC("cosmetic"),
  /** Something does not work, or would not survive the next failure. */
  DEGRADED("degraded"),
  /** Somebody may read or do what only others should. */
  SECURITY("security"),
  /** What was written may be lost, or two machines may write. */
  DANGER("danger to data");

  private final String word;

  Grade(String word) {
    this.word = word;
  }

  /** What people and documents call it. */
  public String word() {
    return word;
  }

  /** The graver of two. */
  public Grade or(Grade other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
