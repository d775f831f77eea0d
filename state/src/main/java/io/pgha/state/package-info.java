/** The state: model, file format, journal, locks, encryption and backends. */
@NullMarked
package io.pgha.state;

import org.jspecify.annotations.NullMarked;
