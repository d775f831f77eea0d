package io.pgha.cli.drift;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Foreign text in GitHub's and GitLab's Markdown: whatever it says, it stays text, calls nobody and
 * refers to nothing.
 */
final class Markdown {
  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]|~$!]");
  private static final Pattern REFERENCE = Pattern.compile("@|#(?=[0-9])");

  /** Stands between a sign and its name, so that they are no mention and no reference. */
  private static final String GAP = "&#8203;";

  private Markdown() {}

  /** Text in a line. */
  static String text(String text) {
    String escaped =
        SPECIAL
            .matcher(html(text))
            .replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
    return REFERENCE.matcher(escaped).replaceAll("$0" + GAP);
  }

  /** Text in an HTML element. */
  static String html(String text) {
    return PlainText.line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Code in a line; nothing for none. */
  static String code(String text) {
    String line = PlainText.line(text);
    if (line.isEmpty()) {
      return "";
    }
    String fence = "`".repeat(longest(line) + 1);
    String gap = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + gap + line + gap + fence;
  }

  /** Code in a cell of a table, where even code can't hold the sign between cells. */
  static String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /** Lines of code. */
  static String block(String language, List<String> lines) {
    String code = PlainText.clean(String.join("\n", lines));
    String fence = "`".repeat(Math.max(3, longest(code) + 1));
    return fence + language + "\n" + code + "\n" + fence + "\n";
  }

  private static int longest(String text) {
    return BACKTICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
  }
}
