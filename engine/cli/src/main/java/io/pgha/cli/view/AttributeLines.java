package io.pgha.cli.view;

import io.pgha.cli.view.ResourceView.AttributeView;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes what becomes of an instance's attributes, line by line. */
public final class AttributeLines {
  /** Names longer than this do not push the others' values to the right. */
  private static final int WIDEST = 40;

  private AttributeLines() {}

  /** What becomes of the attributes; no line where nothing does. */
  public static List<Line> of(ResourceView resource) {
    return switch (resource.action()) {
      case CREATE, READ -> whole(Line.Kind.ADDED, resource, resource.after());
      case DELETE -> whole(Line.Kind.REMOVED, resource, resource.before());
      case UPDATE, DELETE_THEN_CREATE, CREATE_THEN_DELETE, CHANGED -> changed(resource);
      case NO_OP, FORGET, GONE -> List.of();
    };
  }

  /** What becomes of an output. */
  public static List<Line> of(PlanView.OutputView output, int width) {
    List<Line> lines = new ArrayList<>();
    String label = ValueLines.label(output.name(), width);
    Value before = output.before().orElse(Null.ANY);
    Value after = output.after().orElse(Null.ANY);
    if (output.before().isEmpty()) {
      ValueLines.whole(lines, Line.Kind.ADDED, 0, label, after, "");
    } else {
      ValueLines.write(lines, 0, label, before, after, "");
    }
    output
        .becomesSensitive()
        .ifPresent(sensitive ->
            lines.add(
                Line.of(
                    Line.Kind.REMARK,
                    1,
                    sensitive
                        ? "# sensitive from now on: it is not shown any more"
                        : "# no longer sensitive: it is shown from now on")));
    return lines;
  }

  private static List<Line> whole(Line.Kind kind, ResourceView resource, ObjectValue attributes) {
    Map<String, Value> some = new TreeMap<>(attributes.attributes());
    some.values().removeIf(Value::isNull);
    // Mostly the id is the address, which stands above.
    some.remove("id", new Str(resource.address().text()));
    some.replaceAll((name, value) -> OwnValues.of(resource.address().type(), value));
    int width = ShownValues.widest(some.keySet());
    String end = kind == Line.Kind.REMOVED ? " -> null" : "";
    List<Line> lines = new ArrayList<>();
    some.forEach((name, value) ->
        ValueLines.whole(lines, kind, 0, ValueLines.label(name, width), value, end));
    return lines;
  }

  private static List<Line> changed(ResourceView resource) {
    List<AttributeView> changes = new ArrayList<>(resource.attributes());
    Set<String> told = new TreeSet<>();
    changes.forEach(change -> told.add(change.top()));
    // What the change will tell anew, such as an id, is in no provider's list of differences.
    resource
        .after()
        .attributes()
        .forEach((name, value) -> {
          Value before = resource.before().get(name);
          if (value instanceof Unknown && !before.isNull() && told.add(name)) {
            changes.add(new AttributeView(name, before, value, "", false));
          }
        });
    int width = changes.stream().mapToInt(change -> change.path().length()).max().orElse(0);
    List<Line> lines = new ArrayList<>();
    for (AttributeView change : changes) {
      int first = lines.size();
      ValueLines.write(
          lines,
          0,
          ShownValues.padded(change.path(), Math.min(width, WIDEST)) + " = ",
          OwnValues.of(resource.address().type(), change.before()),
          OwnValues.of(resource.address().type(), change.after()),
          "");
      if (!change.note().isEmpty()) {
        Line line = lines.get(first);
        lines.set(
            first,
            line.withNote(
                line.note().isEmpty() ? change.note() : change.note() + "; " + line.note()));
      }
    }
    if (!lines.isEmpty()) {
      long others =
          resource.after().attributes().entrySet().stream()
              .filter(entry -> !entry.getValue().isNull() && !told.contains(entry.getKey()))
              .count();
      Differences.hidden(lines, 0, (int) others, "unchanged attribute");
    }
    return lines;
  }
}
