/** What is no longer as it was last applied, and how grave that is. */
@NullMarked
package io.pgha.provider.drift;

import org.jspecify.annotations.NullMarked;
