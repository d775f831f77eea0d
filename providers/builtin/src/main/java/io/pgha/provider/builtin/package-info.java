/** Resource types that touch no machine, and functions. */
@NullMarked
package io.pgha.provider.builtin;

import org.jspecify.annotations.NullMarked;
