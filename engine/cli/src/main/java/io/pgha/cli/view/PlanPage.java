package io.pgha.cli.view;

import static io.pgha.cli.view.PageParts.count;
import static io.pgha.cli.view.PageParts.put;

import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.PlanView.RolloutView;
import io.pgha.cli.view.PlanView.Summary;
import io.pgha.cli.view.ResourceView.ArtifactView;
import io.pgha.cli.view.ResourceView.Phase;
import io.pgha.cli.view.ResourceView.StepView;
import io.pgha.core.plan.Mode;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plan as a page of one file: for a browser, for a review, for an archive. */
public final class PlanPage {
  /** So few changes are shown open. */
  private static final int FEW = 3;

  private final PlanView plan;

  private PlanPage(PlanView plan) {
    this.plan = plan;
  }

  /** The page. */
  public static String of(PlanView plan, List<Diagnostic> diagnostics, String version) {
    return Pages.of(new PlanPage(plan).content(diagnostics, version));
  }

  private Map<String, Object> content(List<Diagnostic> diagnostics, String version) {
    Map<String, Object> content = new HashMap<>();
    boolean destroys = plan.mode().equals(Mode.DESTROY.word());
    Summary summary = plan.summary();
    content.put("title", plan.isRefresh() ? "Drift" : destroys ? "Plan to destroy" : "Plan");
    content.put("counts", counts(summary));
    content.put("hasCounts", true);
    content.put(
        "subtitle",
        summary.touched().isEmpty()
            ? "No machine is touched."
            : "Touches " + String.join(", ", summary.touched()) + ".");
    PageParts.putDiagnostics(content, diagnostics);
    put(
        content,
        "rollouts",
        "hasRollouts",
        plan.rollouts().stream().filter(RolloutView::isWorthShowing).map(PlanPage::order).toList());
    graph(content, Graph.of(plan));
    content.put("heading", "Changes");
    content.put("nothing", plan.nothing());
    search(content);
    put(content, "legend", "hasLegend", legend());
    content.put("filters", filters());
    put(content, "groups", "hasGroups", groups());
    put(content, "outputs", "hasOutputs", outputs());
    put(content, "obstructed", "hasObstructed", obstructed());
    content.put(
        "footer",
        "pgha %s · state %s, serial %d · This page holds no secrets and loads nothing."
            .formatted(version, plan.lineage().isEmpty() ? "new" : plan.lineage(), plan.serial()));
    return content;
  }

  /** How one gets to what is listed, and searches in it. */
  static void search(Map<String, Object> content) {
    content.put("skip", "To the changes");
    PageParts.putSearch(content, "Search: address, host, file, value …", "Search in the changes");
  }

  private static List<Map<String, Object>> counts(Summary summary) {
    List<Map<String, Object>> counts = new ArrayList<>();
    counts.add(count("create", summary.add(), "to add"));
    counts.add(count("update", summary.change(), "to change"));
    counts.add(count("delete", summary.destroy(), "to destroy"));
    if (summary.moved() > 0) {
      counts.add(count("read", summary.moved(), "to move"));
    }
    if (summary.importing() > 0) {
      counts.add(count("read", summary.importing(), "to import"));
    }
    if (summary.drifted() > 0) {
      counts.add(count("update", summary.drifted(), "changed outside pgha"));
    }
    if (summary.gone() > 0) {
      counts.add(count("delete", summary.gone(), "gone"));
    }
    if (summary.forget() > 0) {
      counts.add(count("forget", summary.forget(), "to forget"));
    }
    return counts;
  }

  private static Map<String, Object> order(RolloutView rollout) {
    List<Map<String, Object>> waves =
        rollout.waves().stream()
            .map(wave ->
                Map.<String, Object>of(
                    "names",
                    String.join(", ", wave.names())
                        + (wave.members().size() > 1 ? " together" : ""),
                    "notes",
                    String.join("; ", wave.notes()),
                    "hasNotes",
                    !wave.notes().isEmpty()))
            .toList();
    String when = rollout.waves().size() > 1 ? "Between them: " : "Afterwards: ";
    return Map.of(
        "group",
        rollout.group(),
        "waves",
        waves,
        "gate",
        when + rollout.gate(),
        "hasGate",
        !rollout.gate().isEmpty());
  }

  /** The drawing; of too many instances that of their resources or modules. */
  static void graph(Map<String, Object> content, Graph graph) {
    Optional<Graph> drawn = graph.condensed(Svg.MOST_NODES);
    content.put("hasGraph", drawn.isPresent() && drawn.get().nodes().size() > 1);
    drawn.ifPresent(small -> {
      content.put("svg", Svg.embedded(small));
      content.put("large", small.nodes().size() > 40);
    });
    if (drawn.isEmpty()) {
      content.put(
          "graphNote",
          "The graph is left out: " + graph.nodes().size() + " instances are too many to draw.");
    } else if (!drawn.get().equals(graph)) {
      content.put(
          "graphNote",
          "Instances of one resource are drawn as one: there are " + graph.nodes().size() + ".");
    }
  }

  private List<Map<String, Object>> legend() {
    List<Map<String, Object>> legend = new ArrayList<>();
    for (PlannedAction action : PlannedAction.values()) {
      if (action.isChange() && plan.changes().stream().anyMatch(each -> each.action() == action)) {
        legend.add(
            Map.of("style", action.style(), "sign", action.sign(), "meaning", action.meaning()));
      }
    }
    return legend;
  }

  private List<Map<String, Object>> filters() {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, String> words = new HashMap<>();
    for (ResourceView resource : plan.changes()) {
      counts.merge(resource.action().style(), 1L, Long::sum);
      words.put(resource.action().style(), resource.action().word());
    }
    List<Map<String, Object>> filters = new ArrayList<>();
    if (counts.size() > 1) {
      counts.forEach((style, count) ->
          filters.add(Map.of("style", style, "word", words.get(style), "count", count)));
    }
    return filters;
  }

  private List<Map<String, Object>> groups() {
    Map<String, List<Map<String, Object>>> hosts =
        new TreeMap<>(
            Comparator.<String, Boolean>comparing(String::isEmpty)
                .thenComparing(Comparator.naturalOrder()));
    boolean few = plan.changes().size() <= FEW;
    List<ResourceView> ordered = new ArrayList<>(plan.changes());
    ordered.sort(new NeededFirst(plan.resources()));
    for (ResourceView resource : ordered) {
      hosts.computeIfAbsent(resource.host(), host -> new ArrayList<>()).add(change(resource, few));
    }
    List<Map<String, Object>> groups = new ArrayList<>();
    hosts.forEach((host, changes) ->
        groups.add(
            Map.of("host", host.isEmpty() ? "on no single host" : host, "changes", changes)));
    return groups;
  }

  private static Map<String, Object> change(ResourceView resource, boolean open) {
    Map<String, Object> change = new HashMap<>();
    change.put("id", Svg.anchor(resource.address().text()));
    change.put("style", resource.action().style());
    change.put("sign", resource.action().sign());
    change.put("address", resource.address().text());
    change.put("verdict", resource.verdict());
    change.put("open", open);
    change.put("origins", resource.origins());
    put(change, "lines", "hasLines", lines(AttributeLines.of(resource)));
    put(
        change,
        "artifacts",
        "hasArtifacts",
        resource.artifacts().stream().map(PlanPage::artifact).toList());
    change.put("stepGroups", stepGroups(resource));
    if (resource.effect().disruptive()) {
      change.put("disruption", resource.effect().text());
    }
    return change;
  }

  static List<Map<String, Object>> lines(List<Line> lines) {
    return lines.stream()
        .map(line ->
            Map.<String, Object>of(
                "style", line.kind().style(),
                "indent", "    ".repeat(line.depth()),
                "sign", line.kind().sign(),
                "text", line.text(),
                "note", line.note(),
                "hasNote", !line.note().isEmpty()))
        .toList();
  }

  private static Map<String, Object> artifact(ArtifactView artifact) {
    Map<String, Object> content = new HashMap<>();
    content.put("sign", artifact.action().kind().sign());
    content.put("title", artifact.title());
    content.put("host", artifact.host());
    content.put("summary", artifact.summary());
    content.put("hasSummary", !artifact.summary().isEmpty());
    content.put("reason", artifact.reason());
    content.put("hasReason", !artifact.reason().isEmpty());
    PageParts.putDiff(content, artifact.diff());
    return content;
  }

  /** The steps in their order, those on one host under one heading. */
  private static List<Map<String, Object>> stepGroups(ResourceView resource) {
    List<Map<String, Object>> groups = new ArrayList<>();
    List<String> open = new ArrayList<>();
    String heading = "";
    for (StepView step : resource.steps()) {
      String first =
          step.phase() == Phase.REMOVE && resource.action().replaces() ? "First" : "Steps";
      String here = first + " on " + step.where();
      if (!here.equals(heading)) {
        open = new ArrayList<>();
        groups.add(Map.of("heading", here, "steps", open));
        heading = here;
      }
      open.add(step.description());
    }
    return groups;
  }

  private List<Map<String, Object>> outputs() {
    List<OutputView> changed = plan.outputs().stream().filter(OutputView::changed).toList();
    int width = changed.stream().mapToInt(output -> output.name().length()).max().orElse(0);
    return changed.stream()
        .flatMap(output -> lines(AttributeLines.of(output, width)).stream())
        .toList();
  }

  private List<Map<String, Object>> obstructed() {
    Map<String, List<String>> reasons = new TreeMap<>();
    for (ResourceView resource : plan.obstructed()) {
      reasons
          .computeIfAbsent(resource.obstacles().getFirst(), reason -> new ArrayList<>())
          .add(resource.address().text());
    }
    List<Map<String, Object>> obstructed = new ArrayList<>();
    reasons.forEach(
        (reason, addresses) -> obstructed.add(Map.of("reason", reason, "addresses", addresses)));
    return obstructed;
  }
}
