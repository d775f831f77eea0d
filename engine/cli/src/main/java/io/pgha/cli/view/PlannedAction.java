package io.pgha.cli.view;

import java.util.List;

/** What a plan does with a resource instance, and what it is called in each output. */
public enum PlannedAction {
  NO_OP("noop", "no-op", " ", "", "stays as it is", "noop"),
  CREATE("create", "create", "+", "create", "will be created", "create"),
  READ("read", "read", "<=", "read", "will be read during apply", "read"),
  UPDATE("update", "update", "~", "change in place", "will be changed in place", "update"),
  DELETE_THEN_CREATE(
      "replace", "delete create", "-/+", "destroy, then make anew", "must be made anew", "replace"),
  CREATE_THEN_DELETE(
      "replace",
      "create delete",
      "+/-",
      "make anew, then destroy the old one",
      "must be made anew, the new one first",
      "replace"),
  DELETE("delete", "delete", "-", "destroy", "will be destroyed", "delete"),
  FORGET(
      "remove",
      "forget",
      ".",
      "forget, and leave it as it is",
      "will be forgotten; nothing is done to it",
      "forget"),
  CHANGED("update", "update", "~", "changed outside pgha", "was changed outside pgha", "update"),
  GONE("delete", "delete", "-", "gone", "is no longer there", "delete");

  private final String word;
  private final String words;
  private final String sign;
  private final String meaning;
  private final String verdict;
  private final String style;

  PlannedAction(
      String word, String words, String sign, String meaning, String verdict, String style) {
    this.word = word;
    this.words = words;
    this.sign = sign;
    this.meaning = meaning;
    this.verdict = verdict;
    this.style = style;
  }

  /** One word, as messages have it. */
  public String word() {
    return word;
  }

  /** What is done one after the other, as documents have it. */
  public List<String> words() {
    return List.of(words.split(" "));
  }

  /** The sign that stands for it. */
  public String sign() {
    return sign;
  }

  /** What the sign means. */
  public String meaning() {
    return meaning;
  }

  /** What is said behind an address. */
  public String verdict() {
    return verdict;
  }

  /** The class of style sheets for it. */
  public String style() {
    return style;
  }

  /** Whether something is done or recorded. */
  public boolean isChange() {
    return this != NO_OP;
  }

  /** Whether it is what happened already, outside pgha. */
  public boolean isDrift() {
    return this == CHANGED || this == GONE;
  }

  /** What happened already, where this is what would be done. */
  PlannedAction asDrift() {
    return this == DELETE ? GONE : CHANGED;
  }

  /** Whether there is one in place of another afterwards. */
  public boolean replaces() {
    return this == DELETE_THEN_CREATE || this == CREATE_THEN_DELETE;
  }

  /** The action that a document's words mean. */
  public static PlannedAction of(List<String> words) {
    for (PlannedAction action : values()) {
      if (action.words().equals(words)) {
        return action;
      }
    }
    throw new IllegalArgumentException("no action: " + words);
  }
}
