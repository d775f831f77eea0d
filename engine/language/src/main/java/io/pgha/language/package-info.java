/**
 * The HCL language: syntax, types and values, expressions, functions and diagnostics. Pure: files
 * are read through an injected source.
 */
@NullMarked
package io.pgha.language;

import org.jspecify.annotations.NullMarked;
