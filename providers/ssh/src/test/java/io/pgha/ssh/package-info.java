/** Tests of the SSH transport against a real OpenSSH server on a loopback port. */
@NullMarked
package io.pgha.ssh;

import org.jspecify.annotations.NullMarked;
