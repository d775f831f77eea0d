/** Tests of floating addresses: arguments and answers in, changes and steps out. */
@NullMarked
package io.pgha.provider.keepalived;

import org.jspecify.annotations.NullMarked;
