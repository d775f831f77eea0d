/** The state: model, sessions, and what a backend is. */
@NullMarked
package io.pgha.state;

import org.jspecify.annotations.NullMarked;
