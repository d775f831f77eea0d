/** Values, types, marks, conversion between types, and paths into values. */
@NullMarked
package io.pgha.language.value;

import org.jspecify.annotations.NullMarked;
