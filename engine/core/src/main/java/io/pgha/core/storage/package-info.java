/** Where state is kept and how: what the {@code backend} and {@code encryption} blocks say. */
@NullMarked
package io.pgha.core.storage;

import org.jspecify.annotations.NullMarked;
