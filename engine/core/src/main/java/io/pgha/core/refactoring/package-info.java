/**
 * What changes in state alone, and nothing on any machine: instances that have another address,
 * that are forgotten, or that are taken over.
 */
@NullMarked
package io.pgha.core.refactoring;

import org.jspecify.annotations.NullMarked;
