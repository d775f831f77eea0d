package io.pgha.cli.view;

/**
 * A line of what is shown of values.
 *
 * @param kind what is said of it
 * @param depth how deep within others it stands
 * @param text the line
 * @param note what is remarked behind it; may be empty
 */
public record Line(Kind kind, int depth, String text, String note) {
  /** What becomes of a line. */
  public enum Kind {
    SAME(" ", "same"),
    ADDED("+", "added"),
    REMOVED("-", "removed"),
    CHANGED("~", "changed"),
    /** Not a part of the value. */
    REMARK(" ", "remark");

    private final String sign;
    private final String style;

    Kind(String sign, String style) {
      this.sign = sign;
      this.style = style;
    }

    /** The sign that stands for it. */
    public String sign() {
      return sign;
    }

    /** The class of style sheets for it. */
    public String style() {
      return style;
    }
  }

  static Line of(Kind kind, int depth, String text) {
    return new Line(kind, depth, text, "");
  }

  Line withNote(String remark) {
    return new Line(kind, depth, text, remark);
  }

  /** The line as text, its sign first. */
  @Override
  public String toString() {
    return "    ".repeat(depth) + kind.sign() + " " + text + (note.isEmpty() ? "" : "   # " + note);
  }
}
