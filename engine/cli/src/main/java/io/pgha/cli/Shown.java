package io.pgha.cli;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;

/** Shows values of an instance with what is sensitive hidden. */
final class Shown {
  private Shown() {}

  /** An attribute's value; the text of {@code ValueText} hides what is marked. */
  static String value(PlannedInstance instance, String name, Value value, int indent) {
    if (instance.secretPaths().contains(AttributePath.of(name))) {
      return "(sensitive value)";
    }
    TreeMap<AttributePath, Set<Mark>> marks = new TreeMap<>();
    for (AttributePath path : instance.secretPaths()) {
      if (path.startsWith(AttributePath.of(name)) && path.steps().size() > 1) {
        marks.put(
            new AttributePath(path.steps().subList(1, path.steps().size())),
            EnumSet.of(Mark.SENSITIVE));
      }
    }
    return ValueText.of(marks.isEmpty() ? value : Marks.apply(value, marks), indent);
  }
}
