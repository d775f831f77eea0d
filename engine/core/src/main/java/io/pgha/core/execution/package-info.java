/** Carrying a plan out: order, turns, steps, gates, and what is recorded of it. */
@NullMarked
package io.pgha.core.execution;

import org.jspecify.annotations.NullMarked;
