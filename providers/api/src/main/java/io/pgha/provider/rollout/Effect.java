package io.pgha.provider.rollout;

/**
 * What a change does to the group of its instance while it is made.
 *
 * @param kind how much is disturbed
 * @param description in words for the plan, such as {@code restart of a replica}; may be empty
 */
public record Effect(Kind kind, String description) {
  /** Nobody notices. */
  public static final Effect NONE = new Effect(Kind.NONE, "");

  /** How much is disturbed, from nothing to everything. */
  public enum Kind {
    NONE,
    /** The member is made for the first time: nobody depends on it yet. */
    BOOTSTRAP,
    RELOAD,
    RESTART,
    SWITCHOVER,
    /** The member leaves the group. */
    REMOVAL,
    OUTAGE;

    /** Whether members with such an effect go one after the other, with a gate between. */
    public boolean isDisruptive() {
      return compareTo(BOOTSTRAP) > 0;
    }
  }
}
