/** What a provider is asked to compare, and the change it answers with. */
@NullMarked
package io.pgha.provider.change;

import org.jspecify.annotations.NullMarked;
