package io.pgha.cli;

import io.pgha.cli.view.AttributeLines;
import io.pgha.cli.view.Line;
import io.pgha.cli.view.ResourceView;
import io.pgha.cli.view.ResourceView.ArtifactView;
import io.pgha.cli.view.ResourceView.Phase;
import io.pgha.cli.view.ResourceView.StepView;
import java.util.ArrayList;
import java.util.List;

/** Shows what is planned for one instance. */
final class InstanceText {
  private static final int WIDTH = 100;

  private final ResourceView resource;
  private final String place;
  private final Paint paint;
  private final StringBuilder text = new StringBuilder();

  private InstanceText(ResourceView resource, String place, Paint paint) {
    this.resource = resource;
    this.place = place;
    this.paint = paint;
  }

  /**
   * The change of an instance.
   *
   * @param place the name of the host under whose heading it stands; empty for none
   */
  static String of(ResourceView resource, String place, Paint paint) {
    return new InstanceText(resource, place, paint).render();
  }

  private String render() {
    line(
        2,
        paint.sign(resource.action())
            + " "
            + paint.bold(resource.address().text())
            + " "
            + resource.verdict());
    resource.origins().forEach(origin -> line(4, paint.faint("# (" + origin + ")")));
    for (Line shown : AttributeLines.of(resource)) {
      line(4, paint.line(shown));
    }
    boolean replaces = resource.action().replaces();
    if (replaces) {
      steps("first", List.of(Phase.REMOVE));
    }
    resource.artifacts().forEach(this::artifact);
    steps(
        replaces ? "then" : "steps",
        replaces
            ? List.of(Phase.PREPARE, Phase.ACTIVATE)
            : List.of(Phase.REMOVE, Phase.PREPARE, Phase.ACTIVATE));
    if (resource.effect().disruptive()) {
      line(6, "disruption: " + resource.effect().text());
    }
    return text.toString();
  }

  private void artifact(ArtifactView change) {
    line(
        4,
        paint.kind(change.action().kind(), change.action().kind().sign())
            + " "
            + change.title()
            + (change.host().equals(place) ? "" : " on " + change.host())
            + (change.summary().isEmpty() ? "" : ": " + change.summary())
            + (change.reason().isEmpty() ? "" : "   " + paint.faint("# " + change.reason())));
    for (String diff : change.diff()) {
      line(8, diffLine(diff));
    }
  }

  private String diffLine(String diff) {
    if (diff.startsWith("+")) {
      return paint.added(diff);
    }
    return diff.startsWith("-") ? paint.removed(diff) : diff;
  }

  /** The steps in their order, those on one host in one paragraph. */
  private void steps(String heading, List<Phase> phases) {
    String where = place;
    List<String> open = new ArrayList<>();
    for (StepView step : resource.steps()) {
      if (!phases.contains(step.phase())) {
        continue;
      }
      if (!step.where().equals(where)) {
        paragraph(heading, where, open);
        open.clear();
        where = step.where();
      }
      open.add(step.description());
    }
    paragraph(heading, where, open);
  }

  private void paragraph(String heading, String where, List<String> steps) {
    if (!steps.isEmpty()) {
      String start = heading + (where.equals(place) ? ":" : " on " + where + ":");
      wrapped(6, start, heading.length() + 2, steps, "; ");
    }
  }

  private void wrapped(
      int indent, String start, int hanging, List<String> parts, String separator) {
    StringBuilder line = new StringBuilder(start);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i) + (i + 1 < parts.size() ? separator.strip() : "");
      if (line.length() + 1 + part.length() + indent > WIDTH && !line.toString().isBlank()) {
        line(indent, line.toString());
        line = new StringBuilder(" ".repeat(hanging - 1));
      }
      line.append(' ').append(part);
    }
    line(indent, line.toString());
  }

  private void line(int indent, String content) {
    text.append(" ".repeat(indent)).append(content).append('\n');
  }
}
