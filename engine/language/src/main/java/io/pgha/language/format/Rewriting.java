package io.pgha.language.format;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.NativeBody;
import io.pgha.language.syntax.TokenType;
import io.pgha.language.syntax.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What the canonical form changes beyond spaces: interpolations that are a whole value, variables'
 * types in the form of Terraform 0.11, and labels without quotes.
 */
final class Rewriting {
  /** Types in quotes, as they had to be written before Terraform 0.12. */
  private static final Map<String, String> QUOTED_TYPES =
      Map.of("\"string\"", "string", "\"list\"", "list(string)", "\"map\"", "map(string)");

  /** Types that leave out what their elements are. */
  private static final Map<String, String> BARE_TYPES =
      Map.of("list", "list(any)", "map", "map(any)", "set", "set(any)");

  private final String text;
  private final Tokens tokens;
  private final List<Edit> edits = new ArrayList<>();

  Rewriting(String text, Tokens tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  private record Edit(int start, int end, String replacement) {}

  /** The text with all that is to be rewritten in a file's body. */
  String of(NativeBody file) {
    Deque<Block> blocks = new ArrayDeque<>(file.blocks());
    file.attributes().values().forEach(this::value);
    for (Block block : file.blocks()) {
      NativeBody body = (NativeBody) block.body();
      boolean variable = block.type().equals("variable");
      body.attributes()
          .forEach((name, attribute) -> {
            if (variable && name.equals("type")) {
              type(attribute.expression());
            } else {
              value(attribute);
            }
          });
    }
    while (!blocks.isEmpty()) {
      Block block = blocks.pop();
      block.labels().forEach(this::label);
      List<Block> inner = ((NativeBody) block.body()).blocks();
      inner.forEach(each -> ((NativeBody) each.body()).attributes().values().forEach(this::value));
      blocks.addAll(inner);
    }
    return edited();
  }

  private String edited() {
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder result = new StringBuilder(text.length());
    int copied = 0;
    for (Edit edit : edits) {
      result.append(text, copied, edit.start).append(edit.replacement);
      copied = edit.end;
    }
    return result.append(text, copied, text.length()).toString();
  }

  private void replace(SourceRange range, String replacement) {
    edits.add(new Edit(range.start().offset(), range.end().offset(), replacement));
  }

  private String written(SourceRange range) {
    return text.substring(range.start().offset(), range.end().offset());
  }

  private void label(Block.Label label) {
    String written = written(label.range());
    // Terraform loses such labels altogether, so that there is no form of its to follow.
    if (written.indexOf('$') < 0 && written.indexOf('%') < 0) {
      replace(label.range(), Labels.quoted(label.text()));
    }
  }

  private void type(Expression type) {
    String written = written(type.range());
    String modern =
        type instanceof Expression.Literal ? QUOTED_TYPES.get(written) : BARE_TYPES.get(written);
    if (modern != null) {
      replace(type.range(), modern);
    }
  }

  private void value(Attribute attribute) {
    if (attribute.expression() instanceof Expression.TemplateWrap wrap) {
      int quote = indexAt(wrap.range().start().offset());
      int end = indexAt(wrap.range().end().offset() - 1);
      replace(wrap.range(), unwrapped(quote + 2, end - 2, tokens.type(end + 1)));
    }
  }

  /** The index of the token that starts at an offset. */
  private int indexAt(int offset) {
    int low = 0;
    int high = tokens.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens.start(middle) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * What stands between two tokens, both included, as an expression of its own: without the line
   * feeds around it, and in parentheses where it goes over several lines.
   *
   * @param next what follows after the interpolation
   */
  private String unwrapped(int from, int to, TokenType next) {
    int first = from;
    while (tokens.type(first) == TokenType.NEWLINE) {
      first++;
    }
    int last = to;
    while (tokens.type(last) == TokenType.NEWLINE && !endsComment(last)) {
      last--;
    }
    String inner = text.substring(tokens.start(first), tokens.end(last));
    return needsParentheses(first, last, next) ? "(" + inner + ")" : inner;
  }

  private boolean needsParentheses(int first, int last, TokenType next) {
    boolean bracketed =
        tokens.type(first) == TokenType.OPEN_PARENTHESIS
            && tokens.type(last) == TokenType.CLOSE_PARENTHESIS;
    int nesting = 0;
    for (int i = first; i < last; i++) {
      nesting += Spacing.nesting(tokens.type(i));
      // Terraform looks no further than at the brackets, which need not be a pair: (a) + (b).
      if (tokens.type(i) == TokenType.NEWLINE && (nesting == 0 || !bracketed)) {
        return true;
      }
    }
    // What ends with a comment ends its line, which within a block of one line would break it.
    return endsComment(last) && next == TokenType.CLOSE_BRACE;
  }

  /** Whether a token is the line feed that ends a comment up to the end of the line. */
  private boolean endsComment(int index) {
    return tokens.type(index) == TokenType.NEWLINE
        && index > 0
        && tokens.type(index - 1) == TokenType.COMMENT
        && Comments.endsWithLine(text, tokens.start(index - 1));
  }
}
