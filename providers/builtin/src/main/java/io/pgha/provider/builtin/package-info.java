/** Resource types that touch no machine. */
@NullMarked
package io.pgha.provider.builtin;

import org.jspecify.annotations.NullMarked;
