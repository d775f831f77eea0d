/** Machines and resource types of the tests' own: real files in memory, no network. */
@NullMarked
package io.pgha.core.testing;

import org.jspecify.annotations.NullMarked;
