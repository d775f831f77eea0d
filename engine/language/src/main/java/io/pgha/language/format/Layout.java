package io.pgha.language.format;

import io.pgha.language.syntax.TokenType;
import io.pgha.language.syntax.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Decides on the spaces before each token, line by line. A line has up to three cells: what it
 * leads with, the value that is assigned in it, and the comment at its end. Values and comments of
 * consecutive lines are aligned.
 */
final class Layout {
  private final String text;
  private final Columns columns;
  private final TokenType[] types;
  private final int[] starts;
  private final int[] ends;
  private final int[] spaces;
  private int size;

  Layout(String text, Tokens tokens) {
    this.text = text;
    this.columns = new Columns(text);
    types = new TokenType[tokens.size()];
    starts = new int[tokens.size()];
    ends = new int[tokens.size()];
    spaces = new int[tokens.size()];
    take(tokens);
  }

  /**
   * The cells of a line, as indices of tokens.
   *
   * @param start where it leads
   * @param assign where the value starts, with its equals sign; no value where the comment does
   * @param comment where the comment is; no comment where the line ends
   * @param end after the last token
   */
  private record Line(int start, int assign, int comment, int end) {
    boolean assigns() {
      return assign < comment;
    }

    boolean comments() {
      return comment < end;
    }
  }

  /** Takes over the tokens; a comment up to the end of its line is one with its line feed. */
  private void take(Tokens tokens) {
    for (int i = 0; tokens.type(i) != TokenType.END; i++) {
      int start = tokens.start(i);
      boolean newline = tokens.type(i) == TokenType.NEWLINE;
      if (newline && size > 0 && isOpenComment(size - 1)) {
        ends[size - 1] = tokens.end(i);
      } else {
        types[size] = tokens.type(i);
        starts[size] = newline && start > 0 && text.charAt(start - 1) == '\r' ? start - 1 : start;
        ends[size] = tokens.end(i);
        size++;
      }
    }
  }

  private boolean isOpenComment(int token) {
    return types[token] == TokenType.COMMENT
        && Comments.endsWithLine(text, starts[token])
        && !endsLine(token);
  }

  private boolean endsLine(int token) {
    return types[token] == TokenType.NEWLINE
        || (types[token] == TokenType.COMMENT && text.charAt(ends[token] - 1) == '\n');
  }

  /** The text in its canonical form. */
  String text() {
    List<Line> lines = lines();
    indent(lines);
    lines.forEach(this::space);
    align(lines, Line::assigns, Line::assign);
    align(lines, Line::comments, Line::comment);
    return written();
  }

  private String written() {
    StringBuilder result = new StringBuilder(text.length() + text.length() / 4);
    int end = 0;
    for (int i = 0; i < size; i++) {
      result.repeat(' ', spaces[i]).append(text, starts[i], ends[i]);
      end = ends[i];
    }
    // Nothing decides on what stands before the end of the file, so that it stays.
    return result.repeat(' ', text.length() - end).toString();
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < size; i++) {
      if (endsLine(i) || i + 1 == size) {
        lines.add(line(start, i + 1));
        start = i + 1;
      }
    }
    return lines;
  }

  private Line line(int start, int end) {
    boolean comments = end - start > 1 && types[end - 1] == TokenType.COMMENT;
    int comment = comments ? end - 1 : end;
    int equals = start + 1;
    while (equals < comment && types[equals] != TokenType.EQUALS) {
      equals++;
    }
    // A value that goes on in the next line is not aligned.
    boolean whole = equals < comment && nesting(equals, comment) == 0;
    return new Line(start, whole ? equals : comment, comment, end);
  }

  private int nesting(int from, int to) {
    int nesting = 0;
    for (int i = from; i < to; i++) {
      nesting += Spacing.nesting(types[i]);
    }
    return nesting;
  }

  /** One step deeper after each line that opens more than it closes, however much more. */
  private void indent(List<Line> lines) {
    Indentation indentation = new Indentation();
    for (Line line : lines) {
      if (types[line.start] == TokenType.NEWLINE) {
        spaces[line.start] = 0;
        continue;
      }
      int heredoc = line.start;
      while (heredoc < line.assign && types[heredoc] != TokenType.OPEN_HEREDOC) {
        heredoc++;
      }
      int change = nesting(line.start, heredoc) + nesting(line.assign, line.comment);
      spaces[line.start] = 2 * indentation.next(change);
    }
  }

  private void space(Line line) {
    space(line.start, line.assign);
    if (line.assigns()) {
      space(line.assign, line.comment);
    }
  }

  private void space(int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      TokenType before = i > from ? types[i - 1] : TokenType.END;
      boolean between = Spacing.between(before, types[i], types[i + 1], isIn(i));
      spaces[i + 1] = between ? 1 : 0;
    }
  }

  private boolean isIn(int token) {
    return types[token] == TokenType.IDENTIFIER
        && ends[token] - starts[token] == 2
        && text.startsWith("in", starts[token]);
  }

  /** Aligns a cell of all consecutive lines that have it. */
  private void align(List<Line> lines, Predicate<Line> has, ToIntFunction<Line> cell) {
    int first = 0;
    while (first < lines.size()) {
      int end = first;
      while (end < lines.size() && has.test(lines.get(end))) {
        end++;
      }
      int[] widths = new int[end - first];
      int widest = 0;
      for (int i = first; i < end; i++) {
        Line line = lines.get(i);
        widths[i - first] = width(line.start, cell.applyAsInt(line));
        widest = Math.max(widest, widths[i - first]);
      }
      for (int i = first; i < end; i++) {
        spaces[cell.applyAsInt(lines.get(i))] = widest - widths[i - first] + 1;
      }
      first = end + 1;
    }
  }

  private int width(int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      width += spaces[i] + columns.between(starts[i], ends[i]);
    }
    return width;
  }
}
