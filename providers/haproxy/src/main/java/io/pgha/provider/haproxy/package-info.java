/** HAProxy load balancers in front of a cluster. */
@NullMarked
package io.pgha.provider.haproxy;

import org.jspecify.annotations.NullMarked;
