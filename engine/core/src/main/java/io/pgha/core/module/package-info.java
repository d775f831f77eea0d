/** Where modules come from: their sources, what is installed of them, and what is locked. */
@NullMarked
package io.pgha.core.module;

import org.jspecify.annotations.NullMarked;
