package io.pgha.cli;

import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Shows what is planned for one instance. */
final class InstanceText {
  private static final int WIDTH = 100;

  private final Plan plan;
  private final PlannedInstance instance;
  private final String place;
  private final Paint paint;
  private final ShownValues values;
  private final StringBuilder text = new StringBuilder();

  private InstanceText(Plan plan, PlannedInstance instance, String place, Paint paint) {
    this.plan = plan;
    this.instance = instance;
    this.place = place;
    this.paint = paint;
    this.values = new ShownValues(instance.secretPaths());
  }

  /**
   * The change of an instance.
   *
   * @param place the name of the host under whose heading it stands; empty for none
   */
  static String of(Plan plan, PlannedInstance instance, String place, Paint paint) {
    return new InstanceText(plan, instance, place, paint).render();
  }

  private String render() {
    line(
        2,
        Sign.of(instance.action()).painted(paint)
            + " "
            + paint.bold(instance.address())
            + verdict());
    switch (instance.action()) {
      case CREATE -> created();
      case UPDATE, REPLACE -> changed();
      case DELETE, NO_OP -> {
        // what goes is told by its steps
      }
    }
    instance
        .removal()
        .filter(removal -> instance.action() == Action.REPLACE)
        .ifPresent(removal -> details(removal, "first"));
    details(instance.change(), instance.action() == Action.REPLACE ? "then" : "steps");
    return text.toString();
  }

  private String verdict() {
    String verdict =
        switch (instance.action()) {
          case CREATE -> " will be created";
          case UPDATE -> " will be changed in place";
          case REPLACE -> " must be made anew";
          case DELETE -> " will be destroyed";
          case NO_OP -> " stays as it is";
        };
    return verdict + (instance.reason().isEmpty() ? "" : " (" + instance.reason() + ")");
  }

  private void created() {
    Map<String, Value> shown = new TreeMap<>();
    List<String> later = new ArrayList<>();
    instance
        .after()
        .attributes()
        .forEach((name, value) -> {
          if (name.equals("id")) {
            return;
          }
          if (value.unmarked() instanceof Unknown) {
            later.add(name);
          } else if (!value.isNull()) {
            shown.put(name, value);
          }
        });
    int width = shown.keySet().stream().mapToInt(String::length).max().orElse(0);
    shown.forEach((name, value) ->
        line(
            6,
            name
                + " ".repeat(width - name.length())
                + " = "
                + values.text(AttributePath.of(name), value, 6)));
    if (!later.isEmpty()) {
      wrapped(6, paint.faint("known after apply:"), 19, later, ", ");
    }
  }

  private void changed() {
    List<AttributeChange> changes = instance.change().attributes();
    int width = changes.stream().mapToInt(c -> c.path().toString().length()).max().orElse(0);
    for (AttributeChange change : changes) {
      String path = change.path().toString();
      line(
          4,
          sign(change)
              + " "
              + path
              + " "
                  .repeat(
                      Math.min(width, 40) > path.length() ? Math.min(width, 40) - path.length() : 0)
              + " = "
              + values(change)
              + notes(change));
    }
  }

  private String sign(AttributeChange change) {
    if (change.before().isNull()) {
      return paint.added("+");
    }
    return change.after().isNull() ? paint.removed("-") : paint.changed("~");
  }

  private String values(AttributeChange change) {
    if (change.secret()) {
      return ShownValues.HIDDEN;
    }
    if (change.before().isNull()) {
      return values.text(change.path(), change.after(), 6);
    }
    if (change.after().isNull()) {
      return values.text(change.path(), change.before(), 6);
    }
    return values.change(change.path(), change.before(), change.after(), 6, paint);
  }

  private String notes(AttributeChange change) {
    List<String> notes = new ArrayList<>();
    if (!change.reason().isEmpty()) {
      notes.add(change.reason());
    }
    if (change.forcesReplacement()) {
      notes.add("forces replacement");
    }
    return notes.isEmpty() ? "" : "   " + paint.faint("# " + String.join("; ", notes));
  }

  private void details(Change change, String heading) {
    change.artifacts().forEach(this::artifact);
    steps(change, heading);
    Effect effect = change.effect();
    if (effect.kind().isDisruptive()) {
      line(
          6,
          "disruption: "
              + effect.kind().name().toLowerCase(Locale.ROOT)
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
    String host = plan.hostName(change.host());
    line(
        4,
        sign
            + " "
            + change.key().replaceFirst(":", " ")
            + (host.equals(place) ? "" : " on " + host)
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
  private void steps(Change change, String heading) {
    String where = place;
    List<String> open = new ArrayList<>();
    for (PlacedStep placed :
        Stream.concat(change.prepare().stream(), change.activate().stream()).toList()) {
      String here = where(placed);
      if (!here.equals(where)) {
        paragraph(heading, where, open);
        open.clear();
        where = here;
      }
      open.add(placed.step().describe());
    }
    paragraph(heading, where, open);
  }

  private String where(PlacedStep placed) {
    return switch (placed.target()) {
      case Target.Host(String host) -> plan.hostName(host);
      case Target.Leader(String group) -> "the leader of " + group;
    };
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
