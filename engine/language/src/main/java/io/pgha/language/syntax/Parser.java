package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Parses HCL native syntax, in time linear in the text. Nothing is thrown for any text: errors are
 * added to the diagnostics and the tree holds what could be understood.
 */
public final class Parser {
  /** More errors in one file than this are counted only. */
  private static final int MOST_ERRORS = 100;

  private Parser() {}

  /** Whether a text can be a name: of a variable, or of an attribute without quotes. */
  public static boolean isIdentifier(String text) {
    return !text.isEmpty() && Characters.identifierEnd(text, 0) == text.length();
  }

  /** Parses a configuration or values file. */
  public static NativeBody parseFile(SourceFile file, Diagnostics diagnostics) {
    SourceText text = SourceText.of(file);
    Diagnostics lexical = new Diagnostics();
    Tokens tokens = Lexer.code(text, lexical);
    FileParse parse = FileParse.of(tokens, text, lexical, false);
    if (parse.bracesWrong() > 0) {
      FileParse indented = FileParse.of(tokens, text, lexical, true);
      // Where the file is not indented as its blocks are, going by it makes more of them.
      if (indented.bracesWrong() <= parse.bracesWrong()) {
        parse = indented;
      }
    }
    List<Diagnostic> errors = inOrder(parse.errors());
    diagnostics.addAll(errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
    int more = errors.size() - MOST_ERRORS;
    if (more > 0) {
      diagnostics.add(
          Diagnostic.error(
              "more-errors",
              "Too many errors in one file",
              "There are "
                  + more
                  + " more errors of syntax in "
                  + file.name()
                  + ". Is it a configuration file at all?"));
    }
    return parse.body();
  }

  /** Parses a text that is one expression; {@link Expression.Invalid} after an error. */
  public static Expression parseExpression(SourceFile file, Diagnostics diagnostics) {
    return parseExpression(SourceText.of(file), diagnostics);
  }

  /** Parses a text that is one expression; {@link Expression.Invalid} after an error. */
  public static Expression parseExpression(SourceText text, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    TokenReader in = reader(text, found);
    Expression expression = new ExpressionParser(in).parse();
    if (!in.recovering() && !in.at(TokenType.END)) {
      in.error(
          "extra-characters",
          "Extra characters after expression",
          "The expression ends before this place. Is an operator missing?",
          in.here());
    }
    diagnostics.addAll(inOrder(found.all()));
    return in.recovering() ? new Expression.Invalid(expression.range()) : expression;
  }

  /**
   * Whether more lines could complete an expression: brackets, a heredoc, a template sequence or a
   * comment are still open at the end of the text.
   */
  public static boolean isUnfinished(SourceFile file) {
    Diagnostics found = new Diagnostics();
    Tokens tokens = Lexer.code(SourceText.of(file), found);
    int open = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.type(i).opens()) {
        open++;
      } else if (tokens.type(i).closes()) {
        open--;
      }
    }
    return open > 0
        || found.all().stream().anyMatch(diagnostic -> Lexer.LEFT_OPEN.contains(diagnostic.code()));
  }

  /** Parses a text that is one template, as the content of a quoted string without escapes. */
  public static Expression parseTemplate(SourceFile file, Diagnostics diagnostics) {
    return parseTemplate(SourceText.of(file), diagnostics);
  }

  /** Parses a text that is one template, as the content of a quoted string without escapes. */
  public static Expression parseTemplate(SourceText text, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    TokenReader in = new TokenReader(Lexer.template(text, found), text, found);
    Expression template = new ExpressionParser(in).templates().whole();
    diagnostics.addAll(inOrder(found.all()));
    return in.recovering() ? new Expression.Invalid(template.range()) : template;
  }

  /** Parses a text that is one reference, such as {@code module.a.host.db["x"]}. */
  public static Optional<ScopeTraversal> parseTraversal(SourceFile file, Diagnostics diagnostics) {
    return parseTraversal(SourceText.of(file), diagnostics);
  }

  /** Parses a text that is one reference, such as {@code module.a.host.db["x"]}. */
  public static Optional<ScopeTraversal> parseTraversal(SourceText text, Diagnostics diagnostics) {
    Expression expression = parseExpression(text, diagnostics);
    if (expression instanceof ScopeTraversal traversal) {
      return Optional.of(traversal);
    }
    if (!(expression instanceof Expression.Invalid)) {
      invalidTraversal(expression.range(), diagnostics);
    }
    return Optional.empty();
  }

  static void invalidTraversal(SourceRange range, Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            "invalid-reference",
            "Invalid reference",
            "A single static reference is required here: names with dots between them, and constant"
                + " indices in brackets.",
            range));
  }

  /** What the lexer and what the parser found, as it stands in the source. */
  static List<Diagnostic> inOrder(List<Diagnostic> all) {
    return all.stream()
        .sorted(
            Comparator.comparingInt(
                diagnostic -> diagnostic.subject().map(s -> s.start().offset()).orElse(0)))
        .toList();
  }

  private static TokenReader reader(SourceText text, Diagnostics diagnostics) {
    return new TokenReader(Lexer.code(text, diagnostics), text, diagnostics);
  }
}
