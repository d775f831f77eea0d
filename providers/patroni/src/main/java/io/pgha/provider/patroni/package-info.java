/** Patroni clusters and nodes, and what lives inside PostgreSQL. */
@NullMarked
package io.pgha.provider.patroni;

import org.jspecify.annotations.NullMarked;
