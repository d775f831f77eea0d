package io.pgha.core.plan;

import java.util.Set;

/**
 * What the user asks of a plan.
 *
 * @param targets addresses of resources, modules or instances: only these and what they need;
 *     empty: all
 * @param replacements addresses of instances to make anew
 */
public record PlanOptions(Mode mode, Set<String> targets, Set<String> replacements) {
  /** A plan of everything. */
  public static final PlanOptions NORMAL = new PlanOptions(Mode.NORMAL, Set.of(), Set.of());

  public PlanOptions {
    targets = Set.copyOf(targets);
    replacements = Set.copyOf(replacements);
  }
}
