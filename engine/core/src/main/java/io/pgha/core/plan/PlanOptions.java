package io.pgha.core.plan;

import java.util.Set;

/**
 * What the user asks of a plan.
 *
 * @param targets addresses of resources, modules or instances: only these and what they need;
 *     empty: all
 * @param exclusions addresses of resources, modules or instances: all but these and what needs them
 * @param replacements addresses of instances to make anew
 * @param refresh whether the machines are asked; else configuration is compared with what was last
 *     applied, and nothing can be carried out
 * @param exactly whether only the targets are planned, without what they need
 */
public record PlanOptions(
    Mode mode,
    Set<String> targets,
    Set<String> exclusions,
    Set<String> replacements,
    boolean refresh,
    boolean exactly) {
  /** A plan of everything. */
  public static final PlanOptions NORMAL = new PlanOptions(Mode.NORMAL, Set.of(), Set.of());

  public PlanOptions {
    targets = Set.copyOf(targets);
    exclusions = Set.copyOf(exclusions);
    replacements = Set.copyOf(replacements);
  }

  /** A plan that excludes nothing. */
  public PlanOptions(Mode mode, Set<String> targets, Set<String> replacements) {
    this(mode, targets, Set.of(), replacements, true);
  }

  /** A plan of the targets and what they need. */
  public PlanOptions(
      Mode mode,
      Set<String> targets,
      Set<String> exclusions,
      Set<String> replacements,
      boolean refresh) {
    this(mode, targets, exclusions, replacements, refresh, false);
  }

  /** A plan that brings these instances in line, and touches no other. */
  public static PlanOptions exactly(Set<String> instances) {
    return new PlanOptions(Mode.NORMAL, instances, Set.of(), Set.of(), true, true);
  }

  /** The same plan without a look at the machines. */
  public PlanOptions withoutRefresh() {
    return new PlanOptions(mode, targets, exclusions, replacements, false, exactly);
  }

  /** The same plan with a look at the machines. */
  public PlanOptions withRefresh() {
    return new PlanOptions(mode, targets, exclusions, replacements, true, exactly);
  }
}
