/** The things that can be done on a machine: a small closed family that providers compose. */
@NullMarked
package io.pgha.provider.step;

import org.jspecify.annotations.NullMarked;
