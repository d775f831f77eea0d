/** Tests of the built-in types. */
@NullMarked
package io.pgha.provider.builtin;

import org.jspecify.annotations.NullMarked;
