@NullMarked
package io.pgha.language.syntax;

import org.jspecify.annotations.NullMarked;
