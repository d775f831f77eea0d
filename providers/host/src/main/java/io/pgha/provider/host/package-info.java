/** Machines and what any of them has: packages, files, services, apt sources. */
@NullMarked
package io.pgha.provider.host;

import org.jspecify.annotations.NullMarked;
