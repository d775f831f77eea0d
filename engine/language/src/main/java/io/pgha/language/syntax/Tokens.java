package io.pgha.language.syntax;

import java.util.Arrays;

/** A growing list of tokens, each a type and a range of the text. */
final class Tokens {
  private TokenType[] types = new TokenType[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int size;

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

  int size() {
    return size;
  }

  TokenType type(int index) {
    return types[index];
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }
}
