/** Asking the machines: one connection a host, all questions to it in one round trip. */
@NullMarked
package io.pgha.core.observation;

import org.jspecify.annotations.NullMarked;
