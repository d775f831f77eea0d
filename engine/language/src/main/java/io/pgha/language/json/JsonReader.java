package io.pgha.language.json;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.SourceText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON (RFC 8259) and keeps where everything stands, down to the characters of strings, so
 * that errors in templates point at the right place. It stops at the first error.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 256;
  private static final int MAX_EXPONENT_DIGITS = 5;

  private final SourceFile file;
  private final String text;
  private int at;
  private int depth;

  private JsonReader(SourceFile file) {
    this.file = file;
    this.text = file.text();
  }

  /** Reads a file; empty, with an error, where it isn't JSON. */
  static Optional<JsonNode> read(SourceFile file, Diagnostics diagnostics) {
    JsonReader reader = new JsonReader(file);
    try {
      reader.skipSpaces();
      JsonNode node = reader.value();
      reader.skipSpaces();
      if (reader.at < reader.text.length()) {
        throw reader.error(
            "Extra characters after the JSON value", "One value is all that a file may hold.");
      }
      return Optional.of(node);
    } catch (SyntaxException e) {
      diagnostics.add(e.diagnostic);
      return Optional.empty();
    }
  }

  /** Ends the reading at an error; it never leaves this class. */
  private static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Diagnostic diagnostic;

    SyntaxException(Diagnostic diagnostic) {
      super(diagnostic.summary(), null, false, false);
      this.diagnostic = diagnostic;
    }
  }

  private SyntaxException error(String summary, String detail) {
    int end = at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at;
    return error(summary, detail, file.range(at, end));
  }

  private static SyntaxException error(String summary, String detail, SourceRange range) {
    return new SyntaxException(Diagnostic.error("invalid-json", summary, detail, range));
  }

  private String next() {
    return at >= text.length()
        ? "the end of the file"
        : "\"" + Character.toString(text.codePointAt(at)) + "\"";
  }

  private void skipSpaces() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private JsonNode value() throws SyntaxException {
    if (++depth > MAX_DEPTH) {
      throw error("Nested too deeply", "JSON may be nested at most " + MAX_DEPTH + " levels deep.");
    }
    skipSpaces();
    char c = at < text.length() ? text.charAt(at) : '\0';
    JsonNode node =
        switch (c) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> {
            int start = at;
            SourceText string = string();
            yield new JsonNode.Text(string, file.range(start, at));
          }
          default -> c == '-' || (c >= '0' && c <= '9') ? number() : word();
        };
    depth--;
    return node;
  }

  private JsonNode object() throws SyntaxException {
    int start = at++;
    List<JsonNode.Member> members = new ArrayList<>();
    while (!skip('}')) {
      if (!members.isEmpty()) {
        separator("property", '}', start);
      }
      if (at >= text.length()) {
        throw unclosed(start, '}');
      }
      if (text.charAt(at) != '"') {
        throw error(
            "Invalid JSON property name",
            "A property name in double quotes is expected here, but there is "
                + next()
                + "."
                + (next().equals("\"}\"") ? " Is there a comma too many?" : ""));
      }
      int nameStart = at;
      SourceText name = string();
      SourceRange nameRange = file.range(nameStart, at);
      if (!skip(':')) {
        throw error(
            "Missing property value colon",
            "A colon is expected after a property's name, but there is " + next() + ".");
      }
      members.add(new JsonNode.Member(name, nameRange, value()));
    }
    return new JsonNode.Obj(members, file.range(start, at));
  }

  private void separator(String what, char close, int start) throws SyntaxException {
    if (skip(',')) {
      skipSpaces();
      return;
    }
    if (at >= text.length()) {
      throw unclosed(start, close);
    }
    throw error(
        "Missing comma",
        "A comma or \""
            + close
            + "\" is expected after a "
            + what
            + ", but there is "
            + next()
            + ".");
  }

  private SyntaxException unclosed(int start, char close) {
    return error(
        "Unclosed bracket",
        "There is no \"" + close + "\" for this \"" + text.charAt(start) + "\".",
        file.range(start, start + 1));
  }

  private JsonNode array() throws SyntaxException {
    int start = at++;
    List<JsonNode> elements = new ArrayList<>();
    while (!skip(']')) {
      if (!elements.isEmpty()) {
        separator("value", ']', start);
      }
      if (at >= text.length()) {
        throw unclosed(start, ']');
      }
      elements.add(value());
    }
    return new JsonNode.Array(elements, file.range(start, at));
  }

  private JsonNode number() throws SyntaxException {
    int start = at;
    at += text.charAt(at) == '-' ? 1 : 0;
    int digits = at;
    skipDigits();
    boolean valid = at > digits && (text.charAt(digits) != '0' || at == digits + 1);
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = ++at;
      skipDigits();
      valid &= at > fraction;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = at;
      skipDigits();
      valid &= at > exponent && at - exponent <= MAX_EXPONENT_DIGITS;
    }
    SourceRange range = file.range(start, at);
    if (!valid) {
      throw error(
          "Invalid JSON number",
          "A number is an optional minus, digits without leading zeros, an optional fraction and an"
              + " optional exponent of at most "
              + MAX_EXPONENT_DIGITS
              + " digits.",
          range);
    }
    return new JsonNode.Num(new BigDecimal(text.substring(start, at)), range);
  }

  private void skipDigits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  private JsonNode word() throws SyntaxException {
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    SourceRange range = file.range(start, at);
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> new JsonNode.Bool(true, range);
      case "false" -> new JsonNode.Bool(false, range);
      case "null" -> new JsonNode.Null(range);
      case "" -> throw error("Missing JSON value", missingValue());
      default ->
          throw error(
              "Invalid JSON keyword",
              "\"" + word + "\" is no JSON value. Strings must be in double quotes.",
              range);
    };
  }

  private String missingValue() {
    String found = "A value is expected here, but there is " + next() + ".";
    return switch (at < text.length() ? text.charAt(at) : '\0') {
      case '\'' -> found + " Strings must be in double quotes.";
      case '#', '/' -> found + " JSON has no comments; a property named \"//\" can hold one.";
      case '}', ']' -> found + " Is there a comma too many?";
      default -> found;
    };
  }

  /** Reads a string, and for each of its characters where it stands. */
  private SourceText string() throws SyntaxException {
    int start = at++;
    StringBuilder content = new StringBuilder();
    int[] offsets = new int[16];
    while (true) {
      if (at >= text.length() || text.charAt(at) == '\n') {
        throw error(
            "Unterminated JSON string",
            "There is no closing quote for this string on its line.",
            file.range(start, at));
      }
      int before = at;
      int length = content.length();
      char c = text.charAt(at++);
      if (c == '"') {
        offsets = Arrays.copyOf(offsets, length + 1);
        offsets[length] = before;
        return SourceText.mapped(content.toString(), file, offsets);
      }
      if (c == '\\') {
        escape(before, content);
      } else if (c < 0x20) {
        at = before;
        throw error(
            "Invalid JSON string", "Control characters must be written as escapes in a string.");
      } else {
        content.append(c);
      }
      if (length == offsets.length) {
        offsets = Arrays.copyOf(offsets, length * 2);
      }
      offsets[length] = before;
    }
  }

  private void escape(int start, StringBuilder content) throws SyntaxException {
    char selector = at < text.length() ? text.charAt(at++) : '\0';
    switch (selector) {
      case '"', '\\', '/' -> content.append(selector);
      case 'b' -> content.append('\b');
      case 'f' -> content.append('\f');
      case 'n' -> content.append('\n');
      case 'r' -> content.append('\r');
      case 't' -> content.append('\t');
      default -> {
        String digits = text.substring(at, Math.min(at + 4, text.length()));
        if (selector != 'u' || !digits.matches("[0-9a-fA-F]{4}")) {
          throw error(
              "Invalid JSON escape",
              "Valid escapes are \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\u with four"
                  + " hexadecimal digits.",
              file.range(start, Math.min(at, text.length())));
        }
        content.append((char) Integer.parseInt(digits, 16));
        at += 4;
      }
    }
  }
}
