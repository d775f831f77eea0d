/** Questions to a machine that change nothing, and their answers. */
@NullMarked
package io.pgha.provider.probe;

import org.jspecify.annotations.NullMarked;
