/** The engine: configuration, expansion, graph, planning, execution and drift. */
@NullMarked
package io.pgha.core;

import org.jspecify.annotations.NullMarked;
