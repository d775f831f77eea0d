@NullMarked
package io.pgha.language.diagnostic;

import org.jspecify.annotations.NullMarked;
