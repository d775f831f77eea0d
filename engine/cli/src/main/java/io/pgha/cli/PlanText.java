package io.pgha.cli;

import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.PlannedOutput;
import io.pgha.core.plan.PlannedRollout;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows a plan to a person: every change with its reason, every step, the order. */
final class PlanText {
  private static final String UNKNOWN = "(known after apply)";
  private static final String HIDDEN = "(sensitive value)";

  private final Plan plan;
  private final Paint paint;
  private final StringBuilder text = new StringBuilder();

  private PlanText(Plan plan, Paint paint) {
    this.plan = plan;
    this.paint = paint;
  }

  /** The plan as text, with a line break at its end. */
  static String of(Plan plan, Paint paint) {
    return new PlanText(plan, paint).render();
  }

  private String render() {
    plan.changes().forEach(this::instance);
    plan.rollouts().stream().filter(rollout -> rollout.waves().size() > 1).forEach(this::rollout);
    outputs();
    text.append(PlanSummary.of(plan, paint)).append('\n');
    return text.toString();
  }

  private void instance(PlannedInstance instance) {
    line(2, paint.bold("# " + instance.address()) + " " + verdict(instance));
    switch (instance.action()) {
      case CREATE -> attributes(instance);
      case UPDATE, REPLACE -> instance.change().attributes().forEach(this::attribute);
      case DELETE, NO_OP -> {
        // what goes is told by its steps
      }
    }
    instance
        .removal()
        .filter(removal -> instance.action() == Action.REPLACE)
        .ifPresent(this::details);
    details(instance.change());
    text.append('\n');
  }

  private String verdict(PlannedInstance instance) {
    String verdict =
        switch (instance.action()) {
          case CREATE -> "will be created";
          case UPDATE -> "will be updated in place";
          case REPLACE -> "must be replaced";
          case DELETE -> "will be destroyed";
          case NO_OP -> "stays as it is";
        };
    return verdict + (instance.reason().isEmpty() ? "" : " (" + instance.reason() + ")");
  }

  private void attributes(PlannedInstance instance) {
    for (Map.Entry<String, Value> entry : instance.after().attributes().entrySet()) {
      Value value = entry.getValue();
      if (value.isNull() || entry.getKey().equals("id")) {
        continue;
      }
      line(
          4,
          paint.added("+")
              + " "
              + entry.getKey()
              + " = "
              + Shown.value(instance, entry.getKey(), value, 6));
    }
  }

  private void attribute(AttributeChange change) {
    boolean adds = change.before().isNull();
    boolean takes = change.after().isNull();
    String sign = adds ? paint.added("+") : takes ? paint.removed("-") : paint.changed("~");
    String before = change.secret() ? HIDDEN : shown(change.before());
    String after = change.secret() ? HIDDEN : shown(change.after());
    String values = adds ? after : takes ? before : before + " -> " + after;
    List<String> notes = new ArrayList<>();
    if (!change.reason().isEmpty()) {
      notes.add(change.reason());
    }
    if (change.forcesReplacement()) {
      notes.add("forces replacement");
    }
    String note = notes.isEmpty() ? "" : "    " + paint.faint("# " + String.join("; ", notes));
    line(4, sign + " " + path(change.path()) + " = " + values + note);
  }

  private static String path(AttributePath path) {
    return path.toString();
  }

  private static String shown(Value value) {
    return value.isKnown() ? ValueText.of(value) : UNKNOWN;
  }

  private void details(Change change) {
    change.artifacts().forEach(this::artifact);
    steps(change.prepare());
    steps(change.activate());
    Effect effect = change.effect();
    if (effect.kind().isDisruptive()) {
      line(
          4,
          "disruption: "
              + effect.kind().name().toLowerCase(java.util.Locale.ROOT)
              + (effect.description().isEmpty() ? "" : ", " + effect.description()));
    }
  }

  private void artifact(ArtifactChange change) {
    String sign =
        switch (change.kind()) {
          case CREATE -> paint.added("+");
          case UPDATE -> paint.changed("~");
          case DELETE -> paint.removed("-");
        };
    String reason = change.reason().isEmpty() ? "" : "    " + paint.faint("# " + change.reason());
    line(
        4,
        "%s %s on %s: %s%s"
            .formatted(
                sign,
                change.key().replaceFirst(":", " "),
                plan.hostName(change.host()),
                change.summary(),
                reason));
    for (String diff : change.diff()) {
      line(
          8,
          diff.startsWith("+")
              ? paint.added(diff)
              : diff.startsWith("-") ? paint.removed(diff) : diff);
    }
  }

  private void steps(List<PlacedStep> steps) {
    for (PlacedStep placed : steps) {
      String where =
          switch (placed.target()) {
            case Target.Host(String host) -> plan.hostName(host);
            case Target.Leader(String group) -> "the leader of " + group;
          };
      line(4, "on " + where + ":  " + placed.step().describe());
    }
  }

  private void rollout(PlannedRollout rollout) {
    List<String> waves = new ArrayList<>();
    for (Wave wave : rollout.waves()) {
      waves.add(
          String.join(" and ", wave.members())
              + (wave.reason().isEmpty() ? "" : " (" + wave.reason() + ")"));
    }
    line(2, paint.bold("# Order of " + rollout.group()));
    line(4, String.join(" -> ", waves));
    if (!rollout.gate().isEmpty()) {
      line(4, "between them: " + rollout.gate());
    }
    text.append('\n');
  }

  private void outputs() {
    List<PlannedOutput> changed = plan.outputs().stream().filter(PlannedOutput::isChange).toList();
    if (changed.isEmpty()) {
      return;
    }
    line(0, "Changes to outputs:");
    for (PlannedOutput output : changed) {
      String after = output.sensitive() ? HIDDEN : output.after().map(PlanText::shown).orElse("");
      String sign =
          output.before().isEmpty()
              ? paint.added("+")
              : output.after().isEmpty() ? paint.removed("-") : paint.changed("~");
      line(2, sign + " " + output.name() + (after.isEmpty() ? "" : " = " + after));
    }
    text.append('\n');
  }

  private void line(int indent, String content) {
    text.append(" ".repeat(indent)).append(content).append('\n');
  }
}
