/** The canonical form of HCL native syntax, as {@code terraform fmt} writes it. */
@NullMarked
package io.pgha.language.format;

import org.jspecify.annotations.NullMarked;
