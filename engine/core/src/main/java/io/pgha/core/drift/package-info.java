/**
 * Whether the machines are still as they were last applied: looked at through an {@link
 * io.pgha.core.observation.Observer}, which has no way to change anything, and told apart from
 * configuration that was not applied yet.
 */
@NullMarked
package io.pgha.core.drift;

import org.jspecify.annotations.NullMarked;
