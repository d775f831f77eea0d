/** The functions of the language, in families, and what a function is. */
@NullMarked
package io.pgha.language.function;

import org.jspecify.annotations.NullMarked;
