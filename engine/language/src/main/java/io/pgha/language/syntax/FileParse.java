package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One reading of a file.
 *
 * @param body what it holds
 * @param errors what is wrong with it, by the lexer and by the parser
 * @param bracesWrong how many braces are missing or too many
 */
record FileParse(NativeBody body, List<Diagnostic> errors, int bracesWrong) {
  /**
   * Parses a file.
   *
   * @param lexical what the lexer found
   * @param byIndentation whether blocks end where the indentation says so
   */
  static FileParse of(Tokens tokens, SourceText text, Diagnostics lexical, boolean byIndentation) {
    boolean endExplained =
        lexical.all().stream().anyMatch(error -> Lexer.TO_THE_END.contains(error.code()));
    Diagnostics found = new Diagnostics();
    TokenReader in = new TokenReader(tokens, text, places(lexical), found);
    Braces braces = new Braces(in, byIndentation, endExplained);
    NativeBody body = new BodyParser(in, braces).file();
    List<Diagnostic> errors = new ArrayList<>(found.all());
    int lastLine = 0;
    for (Diagnostic error : Parser.inOrder(lexical.all())) {
      SourcePosition at = error.subject().orElseThrow().start();
      // The rest of a line that makes no sense makes none to the lexer either.
      boolean follows =
          at.line() == lastLine || at.line() == lineBefore(in.reportedAt(), at.offset(), text);
      if (!follows || Lexer.TO_THE_END.contains(error.code())) {
        errors.add(error);
      }
      lastLine = at.line();
    }
    return new FileParse(body, errors, braces.mistakes());
  }

  /** Where the lexer found something, in order. */
  static int[] places(Diagnostics lexical) {
    return Parser.inOrder(lexical.all()).stream()
        .mapToInt(error -> error.subject().orElseThrow().start().offset())
        .toArray();
  }

  /** The line of the last of some places in order that is not behind another; 0 without one. */
  private static int lineBefore(List<Integer> places, int other, SourceText text) {
    int found = Collections.binarySearch(places, other);
    int index = found >= 0 ? found : -found - 2;
    return index < 0 ? 0 : text.range(places.get(index), places.get(index)).start().line();
  }
}
