/** Pieces of scripts that probes and steps share. */
@NullMarked
package io.pgha.ssh.script;

import org.jspecify.annotations.NullMarked;
