/**
 * Planning: what was observed against what is desired, as a value that can be shown and carried
 * out.
 */
@NullMarked
package io.pgha.core.plan;

import org.jspecify.annotations.NullMarked;
