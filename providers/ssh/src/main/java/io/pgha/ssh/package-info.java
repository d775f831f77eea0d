/** The SSH transport: one connection a host, batched probes, execution of steps. */
@NullMarked
package io.pgha.ssh;

import org.jspecify.annotations.NullMarked;
