package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said of braces that are missing or too many, and where the indentation shows that one is.
 *
 * <p>Braces alone tell of a missing one only at the end of the file, with everything after it in
 * the wrong block. Who reads the file sees it at once, by the indentation; so does a second parse
 * of a file whose first one found a brace missing or too many.
 */
final class Braces {
  private final TokenReader in;
  private final boolean byIndentation;
  private final boolean endExplained;

  /** The header of the first block that was closed by a brace that is indented less than it. */
  private @Nullable SourceRange suspect;

  private int mistakes;
  private boolean endReported;

  /**
   * The braces of a file.
   *
   * @param byIndentation whether a block ends where the indentation says so
   * @param endExplained whether the text has an error that explains why its end comes too early
   */
  Braces(TokenReader in, boolean byIndentation, boolean endExplained) {
    this.in = in;
    this.byIndentation = byIndentation;
    this.endExplained = endExplained;
  }

  /** How many braces were missing or too many, without those that something else explains. */
  int mistakes() {
    return mistakes;
  }

  /**
   * Whether a block ends before the next token by its indentation: an argument or a block that
   * stands no deeper than its header, or a brace that stands less deep.
   *
   * @param column where the line of the block's header begins
   */
  boolean endBefore(int column) {
    int next = in.peekIndex();
    if (!byIndentation || !in.startsLine(next)) {
      return false;
    }
    return in.at(TokenType.CLOSE_BRACE)
        ? in.column(next) < column
        : in.startsItem(next) && in.column(next) <= column;
  }

  /**
   * Ends a block, with an error if it has no brace; whether the next token is its brace.
   *
   * @param column where the line of the block's header begins
   */
  boolean end(int column, SourceRange header) {
    if (endBefore(column)) {
      missingBeforeNext(header);
      return false;
    }
    if (!in.at(TokenType.CLOSE_BRACE)) {
      missingAtEnd(header);
      return false;
    }
    int close = in.peekIndex();
    if (suspect == null && in.startsLine(close) && in.column(close) < column) {
      suspect = header;
    }
    return true;
  }

  private void missingBeforeNext(SourceRange header) {
    mistakes++;
    in.report(
        Diagnostic.error(
            "unclosed-block",
            "Unclosed block",
            "There is no closing brace for this block. Going by the indentation, it is missing"
                + " before line "
                + in.here().start().line()
                + ".",
            header));
  }

  private void missingAtEnd(SourceRange header) {
    if (endExplained) {
      return;
    }
    mistakes++;
    if (endReported) {
      return;
    }
    endReported = true;
    in.report(
        Diagnostic.error(
            "unclosed-block",
            "Unclosed block",
            suspect == null
                ? "There is no closing brace for this block before the end of the file."
                : "A closing brace is missing before the end of the file. Going by the"
                    + " indentation, it is the one of this block.",
            suspect == null ? header : suspect));
  }

  /**
   * Reports a brace that closes nothing, and takes what it seems to close out of the file's own
   * items: there, each of them would be an error of its own.
   */
  void unexpected(int brace, BodyItems items) {
    BodyItems strays = items.takeDeeperThan(in.range(brace).start());
    if (strays.isEmpty()) {
      report(in.range(brace), "There is no open block that this brace could close.");
      return;
    }
    Optional<Block> early = items.lastEndingTooDeep();
    if (early.isPresent()) {
      items.continueLast(strays, in.range(brace));
      report(
          BodyItems.closingBrace(early.get()),
          "This brace ends the block \""
              + early.get().type()
              + "\" that begins on line "
              + early.get().range().start().line()
              + ". Going by the indentation, the brace on line "
              + in.range(brace).start().line()
              + " should.");
    } else {
      items.tear();
      report(
          in.range(brace),
          "There is no open block that this brace could close. Is the header of a block missing"
              + " before line "
              + strays.firstLine()
              + ", or did its block end too early?");
    }
  }

  private void report(SourceRange range, String detail) {
    mistakes++;
    in.report(Diagnostic.error("unexpected-brace", "Unexpected closing brace", detail, range));
  }
}
