/** How changes to the members of one group are ordered, and what must hold between them. */
@NullMarked
package io.pgha.provider.rollout;

import org.jspecify.annotations.NullMarked;
