/** Evaluation of expressions, templates and type constraints over the syntax tree. */
@NullMarked
package io.pgha.language.expression;

import org.jspecify.annotations.NullMarked;
