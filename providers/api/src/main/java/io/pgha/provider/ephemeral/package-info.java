/**
 * Ephemeral resource types: values, passwords above all, that are there while a command runs and
 * that nothing keeps.
 */
@NullMarked
package io.pgha.provider.ephemeral;

import org.jspecify.annotations.NullMarked;
