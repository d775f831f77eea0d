/** HCL native syntax: source text to tokens to the syntax tree, and bodies read by a schema. */
@NullMarked
package io.pgha.language.syntax;

import org.jspecify.annotations.NullMarked;
