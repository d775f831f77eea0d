/** Virtual addresses kept by Keepalived. */
@NullMarked
package io.pgha.provider.keepalived;

import org.jspecify.annotations.NullMarked;
