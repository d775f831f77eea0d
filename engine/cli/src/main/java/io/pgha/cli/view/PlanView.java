package io.pgha.cli.view;

import io.pgha.language.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * All of a plan that may be shown.
 *
 * @param mode what it is for: {@code normal} or {@code destroy}
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

  /** The instances with something to do, or with another address than before. */
  public List<ResourceView> changes() {
    return resources.stream().filter(ResourceView::isChange).toList();
  }

  /** The instances that could not be planned. */
  public List<ResourceView> obstructed() {
    return resources.stream().filter(each -> !each.obstacles().isEmpty()).toList();
  }

  /**
   * How much a plan is; a replacement is one to add and one to destroy.
   *
   * @param touched what it touches, such as {@code 5 hosts}, most important first
   */
  public record Summary(
      long add,
      long change,
      long destroy,
      long moved,
      long importing,
      long forget,
      List<String> touched) {
    public Summary {
      touched = List.copyOf(touched);
    }

    /** The line that people know. */
    public String line() {
      return "Plan: "
          + (moved > 0 ? moved + " to move, " : "")
          + (importing > 0 ? importing + " to import, " : "")
          + "%d to add, %d to change, %d to destroy".formatted(add, change, destroy)
          + (forget > 0 ? ", " + forget + " to forget" : "")
          + ".";
    }
  }

  /**
   * An output before and after.
   *
   * @param before empty where there is none
   * @param after empty where it goes
   */
  public record OutputView(
      String name,
      Optional<Value> before,
      Optional<Value> after,
      boolean sensitive,
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
