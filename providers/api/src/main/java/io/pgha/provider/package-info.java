/** What a provider is: schema, probes, reading, diffing, steps and rollout. */
@NullMarked
package io.pgha.provider;

import org.jspecify.annotations.NullMarked;
