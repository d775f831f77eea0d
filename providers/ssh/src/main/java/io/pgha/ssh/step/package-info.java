/** Steps as scripts, and what the scripts say about how they went. */
@NullMarked
package io.pgha.ssh.step;

import org.jspecify.annotations.NullMarked;
