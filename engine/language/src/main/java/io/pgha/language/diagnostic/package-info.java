/** Source positions and the diagnostics that point at them. */
@NullMarked
package io.pgha.language.diagnostic;

import org.jspecify.annotations.NullMarked;
