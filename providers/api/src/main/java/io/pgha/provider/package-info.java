/** What a provider is: resource types, and the instances that the engine hands to them. */
@NullMarked
package io.pgha.provider;

import org.jspecify.annotations.NullMarked;
