package io.pgha.core.drift;

import io.pgha.provider.change.Action;
import java.util.Locale;

/** What an apply would do with an instance whose configuration was not applied yet. */
public enum PendingAction {
  READ("will be read"),
  CREATE("will be created"),
  UPDATE("will be changed in place"),
  REPLACE("must be made anew"),
  DELETE("will be destroyed"),
  /** It gets another address, and nothing else is done with it. */
  MOVE("will be moved"),
  /** State forgets it, and it stays on its machine. */
  FORGET("will be forgotten; nothing is done to it"),
  /** State takes over what is there already. */
  IMPORT("will be imported");

  private final String verdict;

  PendingAction(String verdict) {
    this.verdict = verdict;
  }

  /**
   * The same as a plan has it.
   *
   * @throws IllegalArgumentException for {@link Action#NO_OP}, of which nothing is pending
   */
  public static PendingAction of(Action action) {
    return switch (action) {
      case NO_OP -> throw new IllegalArgumentException("nothing is pending of a no-op");
      case READ -> READ;
      case CREATE -> CREATE;
      case UPDATE -> UPDATE;
      case REPLACE -> REPLACE;
      case DELETE -> DELETE;
    };
  }

  /** One word for it, as documents have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is said behind an address. */
  public String verdict() {
    return verdict;
  }
}
