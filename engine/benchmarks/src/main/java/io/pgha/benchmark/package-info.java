/** Benchmarks: pgha beside terraform, and the parts of the engine. Not part of the distribution. */
@NullMarked
package io.pgha.benchmark;

import org.jspecify.annotations.NullMarked;
