package io.pgha.cli;

import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.PlannedOutput;
import io.pgha.core.plan.PlannedRollout;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Wave;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Shows a plan to a person: host by host every change with its reason, then the order. */
final class PlanText {
  private final Plan plan;
  private final Paint paint;
  private final Places places;
  private final StringBuilder text = new StringBuilder();

  private PlanText(Plan plan, Paint paint) {
    this.plan = plan;
    this.paint = paint;
    this.places = new Places(plan);
  }

  /** The plan as text, with a line break at its end. */
  static String of(Plan plan, Paint paint) {
    return new PlanText(plan, paint).render();
  }

  private String render() {
    legend();
    byPlace()
        .forEach((place, instances) -> {
          if (!place.isEmpty()) {
            line(paint.bold(place));
          }
          for (PlannedInstance instance : instances) {
            text.append(InstanceText.of(plan, instance, place, paint)).append('\n');
          }
        });
    plan.rollouts().stream().filter(this::isWorthShowing).forEach(this::rollout);
    outputs();
    obstructed();
    text.append(PlanSummary.of(plan, paint)).append('\n');
    return text.toString();
  }

  private void legend() {
    List<String> signs = new ArrayList<>();
    for (Sign sign : Sign.values()) {
      if (sign != Sign.NONE
          && plan.changes().stream().anyMatch(each -> Sign.of(each.action()) == sign)) {
        signs.add(sign.painted(paint) + " " + sign.meaning());
      }
    }
    if (!signs.isEmpty()) {
      line(String.join("   ", signs) + "\n");
    }
  }

  /** The changes by the host that they are made on; what belongs to no single host comes last. */
  private Map<String, List<PlannedInstance>> byPlace() {
    Map<String, List<PlannedInstance>> all = new TreeMap<>(Places.ORDER);
    for (PlannedInstance instance : plan.changes()) {
      all.computeIfAbsent(places.of(instance), place -> new ArrayList<>()).add(instance);
    }
    all.values().forEach(each -> each.sort(places.neededFirst()));
    return all;
  }

  private boolean isWorthShowing(PlannedRollout rollout) {
    return rollout.waves().size() > 1 || !rollout.gate().isEmpty();
  }

  private void rollout(PlannedRollout rollout) {
    line(paint.bold("Order of " + rollout.group()));
    int number = 1;
    for (Wave wave : rollout.waves()) {
      List<String> members = wave.members().stream().map(places::shortName).toList();
      line(
          "  "
              + number++
              + ". "
              + String.join(", ", members)
              + (members.size() > 1 ? " together" : "")
              + notes(rollout, wave));
    }
    if (!rollout.gate().isEmpty()) {
      line(
          rollout.waves().size() > 1
              ? "  between them: " + rollout.gate()
              : "  afterwards: " + rollout.gate());
    }
    text.append('\n');
  }

  private static String notes(PlannedRollout rollout, Wave wave) {
    List<String> notes = new ArrayList<>();
    if (!wave.reason().isEmpty()) {
      notes.add(wave.reason());
    }
    wave.members().stream()
        .map(member -> rollout.effects().getOrDefault(member, Effect.NONE))
        .filter(effect -> effect.kind().isDisruptive())
        .map(effect ->
            effect.description().isEmpty()
                ? effect.kind().name().toLowerCase(Locale.ROOT)
                : effect.description())
        .distinct()
        .forEach(notes::add);
    return notes.isEmpty() ? "" : "   (" + String.join("; ", notes) + ")";
  }

  private void outputs() {
    List<PlannedOutput> changed = plan.outputs().stream().filter(PlannedOutput::isChange).toList();
    if (changed.isEmpty()) {
      return;
    }
    int width = changed.stream().mapToInt(output -> output.name().length()).max().orElse(0);
    line(paint.bold("Outputs"));
    for (PlannedOutput output : changed) {
      line(
          "  "
              + sign(output)
              + " "
              + output.name()
              + " ".repeat(width - output.name().length())
              + value(output));
    }
    text.append('\n');
  }

  private String sign(PlannedOutput output) {
    if (output.before().isEmpty()) {
      return paint.added("+");
    }
    return output.after().isEmpty() ? paint.removed("-") : paint.changed("~");
  }

  private String value(PlannedOutput output) {
    if (output.sensitive()) {
      return " = " + ShownValues.HIDDEN;
    }
    ShownValues values = new ShownValues(List.of());
    if (output.before().isPresent() && output.after().isPresent()) {
      Value before = output.before().get();
      return " = " + values.change(AttributePath.ROOT, before, output.after().get(), 4, paint);
    }
    return output
        .after()
        .map(after -> " = " + values.text(AttributePath.ROOT, after, 4))
        .orElse("");
  }

  private void obstructed() {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (PlannedInstance instance : plan.obstructed()) {
      String reason = instance.obstacle().getFirst().summary();
      byReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(instance.address());
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
