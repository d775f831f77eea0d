/**
 * What is shown of plans and states: a model without secrets, and the documents made of it.
 *
 * <p>{@link io.pgha.cli.view.PlanView} is what a plan may show. Secrets are taken out when it is
 * made ({@link io.pgha.cli.view.Redaction}), so that what renders it has none to give away.
 */
@NullMarked
package io.pgha.cli.view;

import org.jspecify.annotations.NullMarked;
