/** Batches of probes: one script that asks all of them, and the reading of what it prints. */
@NullMarked
package io.pgha.ssh.probe;

import org.jspecify.annotations.NullMarked;
