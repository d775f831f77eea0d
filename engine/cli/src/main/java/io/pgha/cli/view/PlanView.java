package io.pgha.cli.view;

import io.pgha.core.plan.Mode;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * All of a plan that may be shown.
 *
 * @param mode what it is for: {@code normal}, {@code destroy} or {@code refresh-only}
 * @param lineage the lineage of the state that it was made from
 * @param serial the serial of that state
 * @param summary how much it is
 * @param resources every instance, changed or not, ordered by address
 * @param outputs the root module's outputs that are there before or after
 * @param rollouts the groups whose members are changed in order
 */
public record PlanView(
    String mode,
    String lineage,
    long serial,
    Summary summary,
    List<ResourceView> resources,
    List<OutputView> outputs,
    List<RolloutView> rollouts) {
  public PlanView {
    resources = List.copyOf(resources);
    outputs = List.copyOf(outputs);
    rollouts = List.copyOf(rollouts);
  }

  /** Whether it is only to record what the machines say. */
  public boolean isRefresh() {
    return mode.equals(Mode.REFRESH_ONLY.word());
  }

  /** The instances with something to do, or with another address than before. */
  public List<ResourceView> changes() {
    return resources.stream().filter(ResourceView::isChange).toList();
  }

  /** What is said where there is nothing to do. */
  public String nothing() {
    boolean whole = obstructed().isEmpty();
    if (isRefresh()) {
      return whole
          ? "No drift. The machines are as they were last applied."
          : "No drift in what could be looked at.";
    }
    if (mode.equals(Mode.DESTROY.word())) {
      return "Nothing to destroy. State holds no resources.";
    }
    return whole
        ? "No changes. The machines are as the configuration says."
        : "No changes to what could be planned.";
  }

  /** The instances that could not be planned. */
  public List<ResourceView> obstructed() {
    return resources.stream().filter(each -> !each.obstacles().isEmpty()).toList();
  }

  /**
   * How much a plan is; a replacement is one to add and one to destroy.
   *
   * @param drifted how many were changed outside pgha, where the plan is to record that
   * @param gone how many are no longer there, likewise
   * @param touched what it touches, such as {@code 5 hosts}, most important first
   */
  public record Summary(
      long add,
      long change,
      long destroy,
      long moved,
      long importing,
      long forget,
      long drifted,
      long gone,
      List<String> touched) {
    public Summary {
      touched = List.copyOf(touched);
    }

    /** The line that people know. */
    public String line() {
      return drifted + gone > 0
          ? "Drift: %d changed outside pgha, %d gone".formatted(drifted, gone)
              + (moved > 0 ? ", " + moved + " to move" : "")
              + "."
          : planLine();
    }

    private String planLine() {
      return "Plan: "
          + (moved > 0 ? moved + " to move, " : "")
          + (importing > 0 ? importing + " to import, " : "")
          + (add + " to add, " + change + " to change, " + destroy + " to destroy")
          + (forget > 0 ? ", " + forget + " to forget" : "")
          + ".";
    }
  }

  /**
   * An output before and after.
   *
   * @param before empty where there is none
   * @param after empty where it goes
   * @param sensitive whether neither is shown
   * @param becomesSensitive what it will be, where that changes
   */
  public record OutputView(
      String name,
      Optional<Value> before,
      Optional<Value> after,
      boolean sensitive,
      Optional<Boolean> becomesSensitive,
      boolean changed) {
    /** What happens to it. */
    public PlannedAction action() {
      if (!changed) {
        return PlannedAction.NO_OP;
      }
      if (before.isEmpty()) {
        return PlannedAction.CREATE;
      }
      return after.isEmpty() ? PlannedAction.DELETE : PlannedAction.UPDATE;
    }
  }

  /**
   * The order in which the members of a group are changed.
   *
   * @param gate what must hold between the waves, in words; may be empty
   */
  public record RolloutView(String group, List<WaveView> waves, String gate) {
    public RolloutView {
      waves = List.copyOf(waves);
    }

    /** Whether it says more than the list of changes does. */
    public boolean isWorthShowing() {
      return waves.size() > 1 || !gate.isEmpty();
    }
  }

  /**
   * Members that are changed at the same time.
   *
   * @param members their addresses
   * @param names what people call them: their hosts where they have one
   * @param notes why these now, and what is disturbed
   */
  public record WaveView(List<String> members, List<String> names, List<String> notes) {
    public WaveView {
      members = List.copyOf(members);
      names = List.copyOf(names);
      notes = List.copyOf(notes);
    }
  }
}
