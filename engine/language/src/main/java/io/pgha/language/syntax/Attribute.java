package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;

/**
 * An argument of a body: {@code name = expression}.
 *
 * @param name its name
 * @param nameRange where the name is written
 * @param expression its value
 * @param range the whole of it
 */
public record Attribute(
    String name, SourceRange nameRange, Expression expression, SourceRange range) {}
