package io.pgha.benchmark;

import java.util.ArrayList;
import java.util.List;

/** What is measured, in the order in which one state allows it. */
enum Step {
  /** A plan where nothing was applied yet. */
  FIRST_PLAN("first plan", 2, "plan -input=false -no-color -detailed-exitcode"),

  /** All is created. */
  APPLY("apply", 0, "apply -input=false -no-color -auto-approve"),

  /** A plan with nothing to change. */
  NO_OP_PLAN("no-op plan", 0, "plan -input=false -no-color -detailed-exitcode"),

  /** One instance is changed. */
  SMALL_CHANGE("small change", 0, "apply -input=false -no-color -auto-approve");

  private final String title;
  private final int status;
  private final String arguments;

  Step(String title, int status, String arguments) {
    this.title = title;
    this.status = status;
    this.arguments = arguments;
  }

  String title() {
    return title;
  }

  /** The exit status that says that it did what it is meant to do. */
  int status() {
    return status;
  }

  /** Its arguments; a small change is another one in each round. */
  List<String> arguments(int round) {
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    if (this == SMALL_CHANGE) {
      all.add("-var=release=" + (round + 2));
    }
    return all;
  }

  /** Whether it begins without a state. */
  boolean fromNothing() {
    return this == FIRST_PLAN || this == APPLY;
  }
}
