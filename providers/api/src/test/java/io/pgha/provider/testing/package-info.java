/** Fakes for the tests of providers: instances built from plain Java values, and machines. */
@NullMarked
package io.pgha.provider.testing;

import org.jspecify.annotations.NullMarked;
