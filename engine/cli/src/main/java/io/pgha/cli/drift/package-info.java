/**
 * What {@code pgha drift} writes besides its text: documents for programs, for CI servers and for
 * browsers, each made of a {@link io.pgha.core.drift.DriftReport} alone; and what becomes of the
 * reports from night to night.
 *
 * <p>What machines answered is foreign text: each format escapes it by its own rules.
 */
@NullMarked
package io.pgha.cli.drift;

import org.jspecify.annotations.NullMarked;
