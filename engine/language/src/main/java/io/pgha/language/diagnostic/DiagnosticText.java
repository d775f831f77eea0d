package io.pgha.language.diagnostic;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Renders diagnostics as text for people: what, where with the source line and a mark under the
 * place, why, and what to do.
 *
 * <pre>
 * Error: Unsupported argument
 *
 *   on main.pgha.hcl:3,3
 *     3 |   adress = "192.0.2.1"
 *       |   ^^^^^^
 *
 *   An argument named "adress" is not expected here. Did you mean "address"?
 * </pre>
 */
public final class DiagnosticText {
  private static final int MAX_LINES = 6;

  /** How many characters of a line are shown. */
  private static final int LONGEST = 240;

  private final SourceFiles sources;
  private final boolean colour;
  private final int width;

  /**
   * A renderer.
   *
   * @param sources where the source lines are found; a diagnostic of a file that isn't there is
   *     shown without its line
   * @param colour whether to use the terminal's colours
   * @param width how many columns to wrap sentences at; 0 to leave them as they are
   */
  public DiagnosticText(SourceFiles sources, boolean colour, int width) {
    this.sources = sources;
    this.colour = colour;
    this.width = width;
  }

  /** Diagnostics as text, with an empty line after each. */
  public String render(List<Diagnostic> diagnostics) {
    StringBuilder all = new StringBuilder();
    diagnostics.forEach(diagnostic -> all.append(render(diagnostic)).append('\n'));
    return all.toString();
  }

  /** A diagnostic as text; it ends with a line feed. */
  public String render(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder();
    String word = diagnostic.isError() ? "Error" : "Warning";
    String style = diagnostic.isError() ? "1;31" : "1;33";
    text.append(styled(word + ": ", style)).append(styled(diagnostic.summary(), "1")).append('\n');
    List<String> places = new ArrayList<>();
    diagnostic
        .address()
        .ifPresent(address ->
            places.add(
                "with " + address + diagnostic.path().map(DiagnosticText::suffix).orElse("")));
    diagnostic.host().ifPresent(host -> places.add("on host " + host));
    diagnostic.subject().ifPresent(subject -> places.add("on " + subject));
    if (!places.isEmpty()) {
      text.append("\n  ").append(String.join("\n  ", places)).append('\n');
    }
    diagnostic.subject().ifPresent(subject -> snippet(subject, diagnostic.context(), style, text));
    for (String value : diagnostic.values()) {
      text.append("      | ").append(value).append('\n');
    }
    if (!diagnostic.detail().isEmpty()) {
      text.append('\n');
      diagnostic.detail().lines().forEach(line -> wrap(line, text));
    }
    return text.toString();
  }

  private static String suffix(io.pgha.language.value.AttributePath path) {
    String text = path.toString();
    return text.isEmpty() || text.startsWith("[") ? text : "." + text;
  }

  private void snippet(
      SourceRange subject, Optional<SourceRange> context, String style, StringBuilder text) {
    Optional<SourceFile> file = sources.find(subject.file());
    if (file.isEmpty() || subject.start().line() > file.get().lines()) {
      return;
    }
    int first = subject.start().line();
    int last = Math.max(first, Math.min(endLine(subject), first + MAX_LINES - 1));
    boolean around =
        context
            .filter(whole -> whole.file().equals(subject.file()))
            .filter(whole -> whole.start().line() <= subject.start().line())
            .filter(whole -> subject.start().line() <= endLine(whole))
            .isPresent();
    if (around) {
      first = Math.max(context.get().start().line(), first - MAX_LINES / 2);
      last = Math.max(last, Math.min(endLine(context.get()), first + MAX_LINES - 1));
    }
    for (int line = first; line <= last; line++) {
      boolean marked = line >= subject.start().line() && line <= endLine(subject);
      int from = line == subject.start().line() ? subject.start().column() - 1 : 0;
      Window window = Window.of(characters(file.get().line(line)), marked ? from : 0);
      gutter(String.valueOf(line), text);
      text.append(' ').append(window.text().replace("\t", "    ").replace('\r', ' ')).append('\n');
      if (marked) {
        underline(window, line, subject, style, text);
      }
    }
  }

  /**
   * What is shown of a line: all of it, unless it is very long.
   *
   * @param characters what is shown, with a sign where something is left out
   * @param left how many characters are left out at its start, less the sign for them
   */
  private record Window(List<String> characters, int left) {
    private static final String CUT = "…";

    /** What is shown around a place. */
    static Window of(List<String> line, int place) {
      if (line.size() <= LONGEST) {
        return new Window(line, 0);
      }
      int start = Math.max(0, Math.min(place - LONGEST / 4, line.size() - LONGEST));
      int end = start + LONGEST;
      List<String> shown = new ArrayList<>(line.subList(start, end));
      if (start > 0) {
        shown.addFirst(CUT);
      }
      if (end < line.size()) {
        shown.addLast(CUT);
      }
      return new Window(shown, start > 0 ? start - 1 : 0);
    }

    String text() {
      return String.join("", characters);
    }
  }

  private static int endLine(SourceRange range) {
    // A range that ends where a line starts doesn't reach into that line.
    int end = range.end().line();
    return end > range.start().line() && range.end().column() == 1 ? end - 1 : end;
  }

  private void gutter(String number, StringBuilder text) {
    text.append(styled(String.format(Locale.ROOT, "  %3s |", number), "2"));
  }

  private void underline(
      Window window, int line, SourceRange subject, String style, StringBuilder text) {
    List<String> characters = window.characters();
    int from =
        line == subject.start().line()
            ? subject.start().column() - 1 - window.left()
            : leading(characters);
    int to =
        line == endLine(subject) && line == subject.end().line()
            ? subject.end().column() - 1 - window.left()
            : characters.size();
    StringBuilder before = new StringBuilder();
    for (int i = 0; i < Math.min(from, characters.size()); i++) {
      before.append(" ".repeat(columns(characters.get(i))));
    }
    int marks = 0;
    for (int i = from; i < Math.min(to, characters.size()); i++) {
      marks += columns(characters.get(i));
    }
    gutter("", text);
    text.append(' ').append(before).append(styled("^".repeat(Math.max(1, marks)), style));
    text.append('\n');
  }

  private static int leading(List<String> characters) {
    int i = 0;
    while (i < characters.size() && characters.get(i).isBlank()) {
      i++;
    }
    return i;
  }

  private static List<String> characters(String line) {
    List<String> characters = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(line);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      characters.add(line.substring(start, end));
      start = end;
    }
    return characters;
  }

  /** How many columns of a terminal a character takes: a tab is shown as four spaces. */
  private static int columns(String character) {
    int codePoint = character.codePointAt(0);
    if (codePoint == '\t') {
      return 4;
    }
    boolean wide =
        (codePoint >= 0x1100 && codePoint <= 0x115F)
            || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
            || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
            || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
            || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
            || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF)
            || (codePoint >= 0x20000 && codePoint <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  private void wrap(String line, StringBuilder text) {
    int column = 0;
    text.append("  ");
    for (String word : line.split(" ", -1)) {
      if (column > 0 && width > 0 && 2 + column + 1 + word.length() > width) {
        text.append("\n  ");
        column = 0;
      }
      if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
  }

  private String styled(String text, String codes) {
    return colour ? "\u001B[" + codes + "m" + text + "\u001B[0m" : text;
  }
}
