package io.pgha.cli.view;

import static io.pgha.cli.view.Line.Kind.ADDED;
import static io.pgha.cli.view.Line.Kind.REMARK;
import static io.pgha.cli.view.Line.Kind.REMOVED;
import static io.pgha.cli.view.Line.Kind.SAME;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import io.pgha.language.value.Null;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the differences of what has parts, and counts the parts that stay. */
final class Differences {
  /** How many lines that stay are shown beside one that doesn't. */
  private static final int CONTEXT = 3;

  private Differences() {}

  static void mappings(
      List<Line> lines,
      int depth,
      ValueLines.Shape.Mapping before,
      ValueLines.Shape.Mapping after) {
    Set<String> names = new TreeSet<>(before.elements().keySet());
    names.addAll(after.elements().keySet());
    Set<String> changing = new TreeSet<>(names);
    changing.removeIf(name -> value(before, name).equals(value(after, name)));
    int width = ShownValues.widest(changing);
    for (String name : changing) {
      ValueLines.write(
          lines, depth, ValueLines.label(name, width), value(before, name), value(after, name), "");
    }
    if (!changing.isEmpty()) {
      hidden(
          lines,
          depth,
          names.size() - changing.size(),
          after.object() ? "unchanged attribute" : "unchanged element");
    }
  }

  private static Value value(ValueLines.Shape.Mapping mapping, String name) {
    Value value = mapping.elements().get(name);
    return value == null ? Null.ANY : value;
  }

  static void sequences(
      List<Line> lines,
      int depth,
      ValueLines.Shape.Sequence before,
      ValueLines.Shape.Sequence after) {
    List<AbstractDelta<Value>> deltas =
        DiffUtils.diff(before.elements(), after.elements()).getDeltas();
    int shown = 0;
    boolean afterChange = false;
    for (AbstractDelta<Value> delta : deltas) {
      int start = delta.getSource().getPosition();
      same(lines, depth, before.elements(), shown, start, afterChange, true);
      afterChange = true;
      List<Value> gone = delta.getSource().getLines();
      List<Value> come = delta.getTarget().getLines();
      int pairs = after.set() ? 0 : Math.min(gone.size(), come.size());
      for (int i = 0; i < pairs; i++) {
        ValueLines.write(lines, depth, "", gone.get(i), come.get(i), ",");
      }
      gone.stream()
          .skip(pairs)
          .forEach(each -> ValueLines.whole(lines, REMOVED, depth, "", each, ","));
      come.stream()
          .skip(pairs)
          .forEach(each -> ValueLines.whole(lines, ADDED, depth, "", each, ","));
      shown = start + gone.size();
    }
    if (!deltas.isEmpty()) {
      same(lines, depth, before.elements(), shown, before.elements().size(), true, false);
    }
  }

  /** Elements that stay: those beside one that doesn't, and how many others there are. */
  private static void same(
      List<Line> lines,
      int depth,
      List<Value> elements,
      int from,
      int to,
      boolean afterChange,
      boolean beforeChange) {
    int head = afterChange ? Math.min(1, to - from) : 0;
    int tail = beforeChange ? Math.min(1, to - from - head) : 0;
    for (int i = from; i < from + head; i++) {
      ValueLines.whole(lines, SAME, depth, "", elements.get(i), ",");
    }
    hidden(lines, depth, to - from - head - tail, "unchanged element");
    for (int i = to - tail; i < to; i++) {
      ValueLines.whole(lines, SAME, depth, "", elements.get(i), ",");
    }
  }

  static void texts(List<Line> lines, int depth, List<String> before, List<String> after) {
    List<AbstractDelta<String>> deltas = DiffUtils.diff(before, after).getDeltas();
    if (deltas.isEmpty()) {
      lines.add(Line.of(REMARK, depth, "# (only line breaks differ)"));
    }
    int shown = 0;
    boolean afterChange = false;
    for (AbstractDelta<String> delta : deltas) {
      int start = delta.getSource().getPosition();
      int head = afterChange ? Math.min(CONTEXT, start - shown) : 0;
      afterChange = true;
      int tail = Math.min(CONTEXT, start - shown - head);
      plain(lines, depth, before.subList(shown, shown + head));
      hidden(lines, depth, start - shown - head - tail, "unchanged line");
      plain(lines, depth, before.subList(start - tail, start));
      delta.getSource().getLines().forEach(each -> lines.add(Line.of(REMOVED, depth, each)));
      delta.getTarget().getLines().forEach(each -> lines.add(Line.of(ADDED, depth, each)));
      shown = start + delta.getSource().size();
    }
    int rest = Math.min(CONTEXT, before.size() - shown);
    plain(lines, depth, before.subList(shown, shown + rest));
    hidden(lines, depth, before.size() - shown - rest, "unchanged line");
  }

  private static void plain(List<Line> lines, int depth, List<String> texts) {
    texts.forEach(text -> lines.add(Line.of(SAME, depth, text)));
  }

  /** How many parts are not shown. */
  static void hidden(List<Line> lines, int depth, int count, String what) {
    if (count > 0) {
      lines.add(
          Line.of(
              REMARK, depth, "# (" + count + " " + what + (count == 1 ? "" : "s") + " hidden)"));
    }
  }
}
