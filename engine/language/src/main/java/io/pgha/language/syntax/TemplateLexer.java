package io.pgha.language.syntax;

import io.pgha.language.syntax.Lexer.Kind;
import io.pgha.language.syntax.Lexer.Mode;
import java.util.Set;

/** The part of the lexer that reads the literal text of templates, and finds where they end. */
final class TemplateLexer {
  /** How many lines on a quote that a line lacks is looked for. */
  private static final int MULTI_LINE_STRING_LIMIT = 40;

  /** The names that may stand before a string or a brace within an expression. */
  private static final Set<String> EXPRESSION_WORDS = Set.of("for", "if", "in");

  private final Lexer lexer;
  private final String text;

  TemplateLexer(Lexer lexer) {
    this.lexer = lexer;
    this.text = lexer.source().text();
  }

  /** Reads text between quotes, up to a quote, a template sequence or the end of the line. */
  void quoted(Mode mode) {
    int start = lexer.at();
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"') {
        emit(TokenType.QUOTED_TEXT, start, i);
        lexer.add(TokenType.CLOSE_QUOTE, 1);
        lexer.pop();
        return;
      }
      if (c == '\n') {
        endQuotedAtNewline(mode, start, i);
        return;
      }
      if (sequenceAt(i)) {
        emit(TokenType.QUOTED_TEXT, start, i);
        openSequence();
        return;
      }
      i += c == '\\' && i + 1 < text.length() && text.charAt(i + 1) != '\n' ? 2 : plainLength(i);
    }
    emit(TokenType.QUOTED_TEXT, start, text.length());
  }

  private void endQuotedAtNewline(Mode mode, int start, int newline) {
    Mode outer = lexer.modes().get(lexer.modes().size() - 2);
    if (outer.kind == Kind.SEQUENCE && text.indexOf('\n', outer.start) == newline) {
      // The quote that seemed to open a string was meant to close the one around the sequence.
      leaveOpenSequence(outer);
      lexer.moveTo(newline);
      return;
    }
    int closing = multiLineEnd(newline);
    if (closing >= 0) {
      lexer.error(
          "invalid-multi-line-string",
          "Invalid multi-line string",
          "A quoted string must end on the line on which it starts. Write \\n for a line feed in"
              + " it, or use a heredoc (<<EOT).",
          mode.start,
          newline);
      emit(TokenType.QUOTED_TEXT, start, closing);
      lexer.add(TokenType.CLOSE_QUOTE, 1);
    } else {
      reportUnterminated(mode, newline);
      emit(TokenType.QUOTED_TEXT, start, newline);
      lexer.add(TokenType.CLOSE_QUOTE, 0);
    }
    lexer.pop();
  }

  private void reportUnterminated(Mode mode, int end) {
    lexer.error(
        "unterminated-string",
        "Unterminated string",
        "There is no closing quote for this string before the end of the line. A quoted string"
            + " must end on the line on which it starts.",
        mode.start,
        end > mode.start && text.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  /**
   * Where a string that goes on over the end of its line seems to end: at the only quote of a later
   * line, if nothing before looks like an argument or a block; negative where there is none.
   */
  private int multiLineEnd(int newline) {
    int line = newline + 1;
    for (int n = 0; n < MULTI_LINE_STRING_LIMIT && line < text.length(); n++) {
      int end = text.indexOf('\n', line);
      end = end < 0 ? text.length() : end;
      if (end - line > 1000 || startsItem(line) || endsItem(line) || sequenceWithin(line, end)) {
        return -1;
      }
      int quote = text.indexOf('"', line);
      if (quote >= 0 && quote < end) {
        int second = text.indexOf('"', quote + 1);
        return second < 0 || second > end ? quote : -1;
      }
      line = end + 1;
    }
    return -1;
  }

  private boolean sequenceWithin(int start, int end) {
    for (int i = start; i < end; i++) {
      if (sequenceAt(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line starts as only an argument or a block does. */
  private boolean startsItem(int line) {
    int i = skipSpaces(line);
    int end = Characters.identifierEnd(text, i);
    if (end == i || EXPRESSION_WORDS.contains(text.substring(i, end))) {
      return false;
    }
    int next = skipSpaces(end);
    if (next >= text.length()) {
      return false;
    }
    char c = text.charAt(next);
    if (c == '"') {
      int lineEnd = text.indexOf('\n', next);
      return text.substring(next, lineEnd < 0 ? text.length() : lineEnd).strip().endsWith("{");
    }
    char after = next + 1 < text.length() ? text.charAt(next + 1) : '\0';
    return c == '{' || (c == '=' && after != '=' && after != '>');
  }

  private boolean endsItem(int line) {
    int i = skipSpaces(line);
    return i < text.length() && (text.charAt(i) == '}' || text.charAt(i) == '#');
  }

  private int skipSpaces(int start) {
    int i = start;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  /**
   * Whether a sequence was left open at the end of a line, seen from the next line; if so it is
   * closed before that line feed, and the quoted string around it too.
   */
  boolean isLeftOpen(Mode sequence, int line) {
    Mode around = lexer.modes().get(lexer.modes().size() - 2);
    if (sequence.braces != 0 || !(startsItem(line) || isMarkerLine(around, line))) {
      return false;
    }
    leaveOpenSequence(sequence);
    lexer.moveTo(line - 1);
    return true;
  }

  private boolean isMarkerLine(Mode heredoc, int line) {
    int end = text.indexOf('\n', line);
    return heredoc.kind == Kind.HEREDOC
        && isMarker(heredoc.marker, line, end < 0 ? text.length() : end);
  }

  /** Reports a sequence that isn't closed, drops what is in it and closes what is around it. */
  private void leaveOpenSequence(Mode sequence) {
    dropOpenSequence(sequence);
    closeModes();
  }

  private void dropOpenSequence(Mode sequence) {
    reportOpenSequence(sequence);
    lexer.tokens().truncate(sequence.token + 1);
    while (lexer.mode() != sequence) {
      lexer.pop();
    }
    lexer.add(TokenType.INVALID, 0);
  }

  private void reportOpenSequence(Mode sequence) {
    lexer.error(
        "unclosed-template",
        "Unclosed template sequence",
        "There is no closing brace for this \""
            + text.substring(sequence.start, sequence.start + 2)
            + "\". If it is meant as text, write \""
            + text.charAt(sequence.start)
            + text.substring(sequence.start, sequence.start + 2)
            + "\".",
        sequence.start,
        sequence.start + 2);
  }

  /** Closes all that is open, from the inside out. */
  private void closeModes() {
    while (lexer.modes().size() > 1) {
      switch (lexer.mode().kind) {
        case QUOTED -> lexer.add(TokenType.CLOSE_QUOTE, 0);
        case HEREDOC -> lexer.add(TokenType.CLOSE_HEREDOC, 0);
        case SEQUENCE -> lexer.add(TokenType.CLOSE_TEMPLATE, 0);
        case CODE, BARE -> {}
      }
      lexer.pop();
      // Whoever is left open within a heredoc leaves the heredoc alone, which has its own end.
      if (lexer.at() < text.length() && lexer.mode().kind == Kind.HEREDOC) {
        return;
      }
    }
  }

  /** At the end of the text: reports what is still open, once, and closes it. */
  void end() {
    if (lexer.modes().size() == 1) {
      return;
    }
    Mode open = lexer.mode();
    switch (open.kind) {
      case QUOTED -> {
        Mode outer = lexer.modes().get(lexer.modes().size() - 2);
        if (outer.kind == Kind.SEQUENCE) {
          dropOpenSequence(outer);
        } else {
          reportUnterminated(open, text.length());
        }
      }
      case SEQUENCE -> dropOpenSequence(open);
      case HEREDOC -> reportOpenHeredoc(open);
      case CODE, BARE -> {}
    }
    closeModes();
  }

  /** Opens a heredoc, if that is what stands here; whether it did. */
  boolean openHeredoc() {
    int start = lexer.at();
    int name = start + (lexer.peek(2) == '-' ? 3 : 2);
    int nameEnd = Characters.identifierEnd(text, name);
    if (nameEnd == name) {
      return false;
    }
    int lineEnd = text.indexOf('\n', nameEnd);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    if (!text.substring(nameEnd, lineEnd).isBlank()) {
      return false;
    }
    lexer.push(Kind.HEREDOC, start, text.substring(name, nameEnd));
    lexer.add(TokenType.OPEN_HEREDOC, Math.min(lineEnd + 1, text.length()) - start);
    return true;
  }

  /** Reads text of a heredoc: to the end of a line, a template sequence or its closing marker. */
  void heredoc(Mode mode) {
    int start = lexer.at();
    boolean startOfLine = start > 0 && text.charAt(start - 1) == '\n';
    if (startOfLine) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      if (isMarker(mode.marker, start, end)) {
        lexer.add(
            TokenType.CLOSE_HEREDOC,
            (end > start && text.charAt(end - 1) == '\r' ? end - 1 : end) - start);
        lexer.pop();
        return;
      }
    }
    line(start);
  }

  private boolean isMarker(String marker, int start, int end) {
    int from = skipSpaces(start);
    return text.startsWith(marker, from)
        && from + marker.length() <= end
        && text.substring(from + marker.length(), end).isBlank();
  }

  private void reportOpenHeredoc(Mode mode) {
    String detail =
        "There is no line that holds only \""
            + mode.marker
            + "\", which ends this heredoc, before the end of the file.";
    int near = text.indexOf(mode.marker, text.indexOf('\n', mode.start) + 1);
    if (text.indexOf('\n', mode.start) >= 0 && near >= 0) {
      detail +=
          " Line "
              + lexer.source().range(near, near).start().line()
              + " holds it together with other text; it must stand alone.";
    }
    int end = mode.start + 2;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    lexer.error("unterminated-heredoc", "Unterminated heredoc", detail, mode.start, end);
  }

  /** Reads text of a template that is a text of its own. */
  void bare() {
    line(lexer.at());
  }

  private void line(int start) {
    int i = start;
    while (i < text.length()) {
      if (sequenceAt(i)) {
        emit(TokenType.TEXT, start, i);
        openSequence();
        return;
      }
      if (text.charAt(i) == '\n') {
        emit(TokenType.TEXT, start, i + 1);
        return;
      }
      i += plainLength(i);
    }
    emit(TokenType.TEXT, start, text.length());
  }

  private boolean sequenceAt(int i) {
    char c = text.charAt(i);
    return (c == '$' || c == '%') && i + 1 < text.length() && text.charAt(i + 1) == '{';
  }

  /** How many characters are plain text here: all of an escaped sequence start, else one. */
  private int plainLength(int i) {
    char c = text.charAt(i);
    boolean escaped =
        (c == '$' || c == '%')
            && i + 2 < text.length()
            && text.charAt(i + 1) == c
            && text.charAt(i + 2) == '{';
    return escaped ? 3 : 1;
  }

  private void openSequence() {
    boolean directive = lexer.peek(0) == '%';
    lexer.push(Kind.SEQUENCE, lexer.at(), "");
    lexer.add(
        directive ? TokenType.OPEN_DIRECTIVE : TokenType.OPEN_INTERPOLATION,
        lexer.peek(2) == '~' ? 3 : 2);
  }

  private void emit(TokenType type, int start, int end) {
    if (end > start) {
      lexer.tokens().add(type, start, end);
    }
    lexer.moveTo(end);
  }
}
