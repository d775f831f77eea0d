package io.pgha.cli;

import io.pgha.provider.change.Action;

/** The sign that stands for an action. */
enum Sign {
  CREATE("+", "create"),
  UPDATE("~", "change in place"),
  REPLACE("-/+", "make anew"),
  DELETE("-", "destroy"),
  NONE(" ", "");

  private final String sign;
  private final String meaning;

  Sign(String sign, String meaning) {
    this.sign = sign;
    this.meaning = meaning;
  }

  static Sign of(Action action) {
    return switch (action) {
      case CREATE -> CREATE;
      case UPDATE -> UPDATE;
      case REPLACE -> REPLACE;
      case DELETE -> DELETE;
      case NO_OP -> NONE;
    };
  }

  String meaning() {
    return meaning;
  }

  String painted(Paint paint) {
    return switch (this) {
      case CREATE -> paint.added(sign);
      case UPDATE -> paint.changed(sign);
      case REPLACE -> paint.removed("-") + "/" + paint.added("+");
      case DELETE -> paint.removed(sign);
      case NONE -> sign;
    };
  }
}
