/** One SSH connection: host keys, keys and agent, bastions, and channels that run a script. */
@NullMarked
package io.pgha.ssh.connection;

import org.jspecify.annotations.NullMarked;
