package io.pgha.language.diagnostic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A source text under the name that the user knows it by, with an index of its lines. Thread-safe.
 */
public final class SourceFile {
  private static final int MAX_ENCODING_ERRORS = 10;

  private final String name;
  private final String text;
  private final int[] lineStarts;
  private final boolean[] asciiLines;
  private final boolean encodingErrors;

  /** The starts of the characters of lines that are not ASCII, found when first asked for. */
  private final Map<Integer, int[]> characters = new ConcurrentHashMap<>();

  /** Where the search for a line begins; a guess, which threads may take from each other. */
  private int lastLine;

  /** The bytes before each line, counted when first asked for, by two threads perhaps. */
  private volatile int @Nullable [] lineBytes;

  private SourceFile(String name, String text, boolean encodingErrors) {
    this.name = name;
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.encodingErrors = encodingErrors;
    int lines = 1 + (int) this.text.chars().filter(c -> c == '\n').count();
    lineStarts = new int[lines];
    asciiLines = new boolean[lines];
    Arrays.fill(asciiLines, true);
    int line = 0;
    for (int i = 0; i < this.text.length(); i++) {
      char c = this.text.charAt(i);
      if (c == '\n') {
        lineStarts[++line] = i + 1;
      } else if (c >= 0x80) {
        asciiLines[line] = false;
      }
    }
  }

  /** A source file of the given text; a byte order mark at its start is left out. */
  public static SourceFile of(String name, String text) {
    return new SourceFile(name, text, false);
  }

  /**
   * A source file of the given bytes, which must be UTF-8; each place where they aren't is added as
   * an error and read as U+FFFD.
   */
  public static SourceFile decode(String name, byte[] bytes, Diagnostics diagnostics) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    int errors = 0;
    int[] places = new int[MAX_ENCODING_ERRORS];
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        break;
      }
      // Neighbouring bytes make one error: they mostly are one character of another encoding.
      boolean neighbour = out.position() > 0 && out.get(out.position() - 1) == '\uFFFD';
      if (!neighbour) {
        if (errors < MAX_ENCODING_ERRORS) {
          places[errors] = out.position();
        }
        errors++;
        out.put('\uFFFD');
      }
      in.position(in.position() + result.length());
    }
    String decoded = out.flip().toString();
    SourceFile file = new SourceFile(name, decoded, errors > 0);
    int shift = decoded.length() - file.text.length();
    for (int i = 0; i < Math.min(errors, MAX_ENCODING_ERRORS); i++) {
      int place = places[i] - shift;
      diagnostics.add(
          Diagnostic.error(
              "invalid-encoding",
              "Invalid character encoding",
              "All source files must be UTF-8. This place holds bytes that are not; save the file"
                  + " as UTF-8.",
              file.range(place, place + 1)));
    }
    return file;
  }

  /** The name that the user knows the file by. */
  public String name() {
    return name;
  }

  /** The text, without a byte order mark. */
  public String text() {
    return text;
  }

  /** Whether bytes that are not UTF-8 were found, and reported, when the file was decoded. */
  public boolean hasEncodingErrors() {
    return encodingErrors;
  }

  /** How many lines there are; an empty one after the last line feed counts. */
  public int lines() {
    return lineStarts.length;
  }

  /** A line, counted from 1, without its line feed; empty where there is no such line. */
  public String line(int number) {
    if (number < 1 || number > lineStarts.length) {
      return "";
    }
    int start = lineStarts[number - 1];
    int end = number < lineStarts.length ? lineStarts[number] - 1 : text.length();
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(start, end);
  }

  /** The position of an offset of the text. */
  public SourcePosition position(int offset) {
    int line = lineOf(offset);
    return new SourcePosition(offset, line + 1, column(line, offset));
  }

  /**
   * The line of an offset, from 0: mostly it is near the one that was asked for last, so it is
   * searched from there on in growing steps.
   */
  private int lineOf(int offset) {
    int from = lastLine;
    int to = from + 1;
    for (int step = 1; from > 0 && lineStarts[from] > offset; step *= 2) {
      to = from;
      from = Math.max(0, from - step);
    }
    for (int step = 1; to < lineStarts.length && lineStarts[to] <= offset; step *= 2) {
      from = to;
      to = Math.min(lineStarts.length, to + step);
    }
    int found = Arrays.binarySearch(lineStarts, from, to, offset);
    int line = found >= 0 ? found : -found - 2;
    lastLine = line;
    return line;
  }

  /** How many bytes of UTF-8 the text has before an offset. */
  public int bytesBefore(int offset) {
    int line = lineOf(offset);
    int[] starts = lineBytes;
    if (starts == null) {
      starts = countLineBytes();
      lineBytes = starts;
    }
    return starts[line] + utf8(lineStarts[line], offset);
  }

  private int[] countLineBytes() {
    int[] starts = new int[lineStarts.length];
    for (int line = 1; line < starts.length; line++) {
      starts[line] = starts[line - 1] + utf8(lineStarts[line - 1], lineStarts[line]);
    }
    return starts;
  }

  private int utf8(int from, int to) {
    int end = Math.min(to, text.length());
    return from >= end ? 0 : text.substring(from, end).getBytes(StandardCharsets.UTF_8).length;
  }

  /** The range between two offsets of the text. */
  public SourceRange range(int start, int end) {
    return SourceRange.within(this, start, end);
  }

  private int column(int line, int offset) {
    int within = offset - lineStarts[line];
    if (asciiLines[line]) {
      return within + 1;
    }
    int found =
        Arrays.binarySearch(characters.computeIfAbsent(line, this::characterStarts), within);
    return (found >= 0 ? found : -found - 2) + 1;
  }

  private int[] characterStarts(int line) {
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(line(line + 1));
    int[] starts = new int[16];
    int count = 0;
    for (int at = breaks.first(); at != BreakIterator.DONE; at = breaks.next()) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = at;
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public String toString() {
    return name;
  }
}
