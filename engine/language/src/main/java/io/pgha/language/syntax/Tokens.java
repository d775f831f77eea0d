package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.util.Arrays;

/**
 * A growing list of tokens, each a type and a range of the text. The last one is an {@link
 * TokenType#END} of no length; spaces, tabs and the carriage returns before line feeds belong to
 * none.
 */
public final class Tokens {
  private TokenType[] types = new TokenType[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int size;

  Tokens() {}

  /** The tokens of a configuration or values file; what is no token is added to the diagnostics. */
  public static Tokens of(SourceFile file, Diagnostics diagnostics) {
    return Lexer.code(SourceText.of(file), diagnostics);
  }

  void add(TokenType type, int start, int end) {
    if (size == types.length) {
      types = Arrays.copyOf(types, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    types[size] = type;
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  /** Forgets all tokens from an index on. */
  void truncate(int index) {
    size = index;
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  /** What the token at an index is. */
  public TokenType type(int index) {
    return types[index];
  }

  /** The offset in the text at which the token at an index starts. */
  public int start(int index) {
    return starts[index];
  }

  /** The offset in the text right after the token at an index. */
  public int end(int index) {
    return ends[index];
  }
}
