package io.pgha.language.diagnostic;

/**
 * A place in a source text.
 *
 * @param offset UTF-16 code units from the start of the text, counted from 0
 * @param line the line, counted from 1
 * @param column the column in user-perceived characters, counted from 1
 */
public record SourcePosition(int offset, int line, int column) {}
