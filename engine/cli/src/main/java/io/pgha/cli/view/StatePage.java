package io.pgha.cli.view;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was last applied as a page of one file. */
public final class StatePage {
  private StatePage() {}

  /** The page. */
  public static String of(State state, String version) {
    Map<String, Object> content = new HashMap<>();
    content.put("title", "What was last applied");
    content.put("hasCounts", false);
    content.put(
        "subtitle",
        state.instances().size()
            + " instances"
            + (state.deposed().isEmpty()
                ? "."
                : ", and " + state.deposed().size() + " that replacements put aside."));
    PageParts.putDiagnostics(content, List.of());
    content.put("hasRollouts", false);
    Map<String, List<String>> needs = new TreeMap<>();
    state
        .instances()
        .values()
        .forEach(each -> needs.put(each.address().text(), List.copyOf(each.dependencies())));
    PlanPage.graph(content, Graph.of(needs));
    content.put("heading", "Instances");
    content.put("nothing", "Nothing was applied yet.");
    PlanPage.search(content);
    content.put("hasLegend", false);
    content.put("filters", List.of());
    List<Map<String, Object>> instances = new ArrayList<>();
    state.objects().forEach(each -> instances.add(instance(each)));
    content.put("groups", List.of(Map.of("host", "", "changes", instances)));
    content.put("hasGroups", !instances.isEmpty());
    content.put("outputs", outputs(state.outputs()));
    content.put("hasOutputs", !state.outputs().isEmpty());
    content.put("hasObstructed", false);
    content.put(
        "footer",
        "pgha %s · state %s, serial %d · This page holds no secrets and loads nothing."
            .formatted(version, state.lineage(), state.serial()));
    return Pages.of(content);
  }

  private static Map<String, Object> instance(InstanceState instance) {
    Map<String, Object> content = new HashMap<>();
    ObjectValue attributes = new Redaction(instance.sensitivePaths()).of(instance.attributes());
    content.put("id", Svg.anchor(instance.id()));
    content.put("style", PlannedAction.NO_OP.style());
    content.put("sign", "");
    content.put("address", instance.id());
    content.put("verdict", String.join("; ", StateNotes.of(instance)));
    content.put("open", false);
    content.put("origins", List.of());
    List<Line> lines = new ArrayList<>();
    int width = ShownValues.widest(attributes.attributes().keySet());
    attributes
        .attributes()
        .forEach((name, value) -> {
          if (!value.isNull()) {
            Value own = OwnValues.of(instance.address().type(), value);
            ValueLines.whole(lines, Line.Kind.SAME, 0, ValueLines.label(name, width), own, "");
          }
        });
    content.put("lines", PlanPage.lines(lines));
    content.put("hasLines", !lines.isEmpty());
    content.put("hasArtifacts", false);
    content.put("stepGroups", List.of());
    return content;
  }

  private static List<Map<String, Object>> outputs(Map<String, OutputState> outputs) {
    List<Line> lines = new ArrayList<>();
    int width = ShownValues.widest(outputs.keySet());
    outputs.forEach((name, output) -> {
      Value value = output.sensitive() ? Redaction.HIDDEN : output.value();
      ValueLines.whole(lines, Line.Kind.SAME, 0, ValueLines.label(name, width), value, "");
    });
    return PlanPage.lines(lines);
  }
}
