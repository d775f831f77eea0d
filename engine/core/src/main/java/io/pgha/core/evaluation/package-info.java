/** Demand-driven evaluation: values, expansion of count and for_each, and who depends on whom. */
@NullMarked
package io.pgha.core.evaluation;

import org.jspecify.annotations.NullMarked;
