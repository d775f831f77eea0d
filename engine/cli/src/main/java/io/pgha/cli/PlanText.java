package io.pgha.cli;

import io.pgha.cli.view.AttributeLines;
import io.pgha.cli.view.Line;
import io.pgha.cli.view.NeededFirst;
import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.PlanView.RolloutView;
import io.pgha.cli.view.PlanView.WaveView;
import io.pgha.cli.view.PlannedAction;
import io.pgha.cli.view.ResourceView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows a plan to a person: host by host every change with its reason, then the order. */
final class PlanText {
  /** Hosts by name; what has no single host comes last. */
  private static final Comparator<String> HOSTS =
      (one, other) ->
          one.isEmpty() == other.isEmpty() ? one.compareTo(other) : one.isEmpty() ? 1 : -1;

  private final PlanView plan;
  private final Paint paint;
  private final StringBuilder text = new StringBuilder();

  private PlanText(PlanView plan, Paint paint) {
    this.plan = plan;
    this.paint = paint;
  }

  /** The plan as text, with a line break at its end. */
  static String of(PlanView plan, Paint paint) {
    return new PlanText(plan, paint).render();
  }

  private String render() {
    legend();
    byHost()
        .forEach((host, resources) -> {
          if (!host.isEmpty()) {
            line(paint.bold(host));
          }
          for (ResourceView resource : resources) {
            text.append(InstanceText.of(resource, host, paint)).append('\n');
          }
        });
    plan.rollouts().stream().filter(RolloutView::isWorthShowing).forEach(this::rollout);
    outputs();
    obstructed();
    String touched = String.join(", ", plan.summary().touched());
    line(paint.bold(plan.summary().line()) + (touched.isEmpty() ? "" : "   " + touched + "."));
    if (plan.summary().drifted() + plan.summary().gone() > 0) {
      line("pgha apply -refresh-only takes this for what was last applied; pgha apply undoes it.");
    }
    return text.toString();
  }

  private void legend() {
    List<String> signs = new ArrayList<>();
    for (PlannedAction action : PlannedAction.values()) {
      if (action.isChange() && plan.changes().stream().anyMatch(each -> each.action() == action)) {
        signs.add(paint.sign(action) + " " + action.meaning());
      }
    }
    if (!signs.isEmpty()) {
      line(String.join("   ", signs) + "\n");
    }
  }

  /** The changes by the host that they are made on; what is needed before what needs it. */
  private Map<String, List<ResourceView>> byHost() {
    Map<String, List<ResourceView>> all = new TreeMap<>(HOSTS);
    NeededFirst order = new NeededFirst(plan.resources());
    for (ResourceView resource : plan.changes()) {
      all.computeIfAbsent(resource.host(), host -> new ArrayList<>()).add(resource);
    }
    all.values().forEach(each -> each.sort(order));
    return all;
  }

  private void rollout(RolloutView rollout) {
    line(paint.bold("Order of " + rollout.group()));
    int number = 1;
    for (WaveView wave : rollout.waves()) {
      line(
          "  "
              + number++
              + ". "
              + String.join(", ", wave.names())
              + (wave.members().size() > 1 ? " together" : "")
              + (wave.notes().isEmpty() ? "" : "   (" + String.join("; ", wave.notes()) + ")"));
    }
    if (!rollout.gate().isEmpty()) {
      line(
          rollout.waves().size() > 1
              ? "  between them: " + rollout.gate()
              : "  afterwards: " + rollout.gate());
    }
    text.append('\n');
  }

  private void outputs() {
    List<OutputView> changed = plan.outputs().stream().filter(OutputView::changed).toList();
    if (changed.isEmpty()) {
      return;
    }
    int width = changed.stream().mapToInt(output -> output.name().length()).max().orElse(0);
    line(paint.bold("Outputs"));
    for (OutputView output : changed) {
      for (Line shown : AttributeLines.of(output, width)) {
        line("  " + paint.line(shown));
      }
    }
    text.append('\n');
  }

  private void obstructed() {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (ResourceView resource : plan.obstructed()) {
      byReason
          .computeIfAbsent(resource.obstacles().getFirst(), key -> new ArrayList<>())
          .add(resource.address().text());
    }
    byReason.forEach((reason, addresses) -> {
      line(paint.removed("Not planned: " + reason));
      addresses.forEach(address -> line("  " + address));
      text.append('\n');
    });
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
