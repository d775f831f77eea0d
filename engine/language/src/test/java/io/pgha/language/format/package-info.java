@NullMarked
package io.pgha.language.format;

import org.jspecify.annotations.NullMarked;
