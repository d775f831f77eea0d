/** The arguments and attributes of a resource type, and what the engine must know of each. */
@NullMarked
package io.pgha.provider.schema;

import org.jspecify.annotations.NullMarked;
