package io.pgha.core.plan;

/**
 * Why an instance is replaced, removed or read only by the apply, as programs are told.
 *
 * <p>The words are those of Terraform 1.11.4: of {@code action_reason} in its plans and of {@code
 * reason} in its messages. Where several hold, the first of this order is told.
 */
public enum ActionReason {
  /** There is nothing to be said: the action follows from what differs. */
  NONE(""),
  REPLACE_TAINTED("replace_because_tainted", "tainted"),
  REPLACE_REQUESTED("replace_by_request", "requested"),
  REPLACE_TRIGGERED("replace_by_triggers", "replace_triggered_by"),
  REPLACE_CANNOT_UPDATE("replace_because_cannot_update", "cannot_update"),
  DELETE_NO_RESOURCE("delete_because_no_resource_config"),
  DELETE_NO_MOVE_TARGET("delete_because_no_move_target"),
  DELETE_NO_MODULE("delete_because_no_module"),
  DELETE_WRONG_REPETITION("delete_because_wrong_repetition"),
  DELETE_COUNT_INDEX("delete_because_count_index"),
  DELETE_EACH_KEY("delete_because_each_key"),
  /** As in OpenTofu 1.11. */
  DELETE_ENABLED_FALSE("delete_because_enabled_false"),
  READ_CONFIG_UNKNOWN("read_because_config_unknown"),
  READ_DEPENDENCY_PENDING("read_because_dependency_pending");

  private final String word;
  private final String message;

  ActionReason(String word) {
    this(word, word);
  }

  ActionReason(String word, String message) {
    this.word = word;
    this.message = message;
  }

  /** The word that plans have; empty for {@link #NONE}. */
  public String word() {
    return word;
  }

  /** The word that messages have; empty for {@link #NONE}. */
  public String message() {
    return message;
  }
}
