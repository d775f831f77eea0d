/** Tests of the load balancer: arguments and answers in, changes and steps out. */
@NullMarked
package io.pgha.provider.haproxy;

import org.jspecify.annotations.NullMarked;
