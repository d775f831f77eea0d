/**
 * Tests of configurations, as {@code pgha test} runs them: plans and applies on a state in memory,
 * with mocks in the place of all that is on machines. No connection is ever opened.
 */
@NullMarked
package io.pgha.core.test;

import org.jspecify.annotations.NullMarked;
