package io.pgha.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/** Writes the differences of two texts in unified format, as {@code diff -u} does. */
final class UnifiedDiff {
  /** How many lines that stay are shown beside one that doesn't. */
  private static final int CONTEXT = 3;

  private static final String NO_NEWLINE = "\\ No newline at end of file\n";

  private final List<String> before;
  private final List<String> after;
  private final StringBuilder out = new StringBuilder();

  private UnifiedDiff(String before, String after) {
    this.before = lines(before);
    this.after = lines(after);
  }

  /**
   * A run of lines that change, and by which; the ends are exclusive.
   *
   * @param start where it starts in the text before
   * @param end where it ends there
   * @param newStart where it starts in the text after
   * @param newEnd where it ends there
   */
  private record Change(int start, int end, int newStart, int newEnd) {}

  /** The differences of a file from its canonical form; empty where there are none. */
  static String of(String name, String before, String after) {
    UnifiedDiff diff = new UnifiedDiff(before, after);
    List<Change> changes = diff.changes();
    if (changes.isEmpty()) {
      return "";
    }
    diff.out.append("--- old/").append(name).append("\n+++ new/").append(name).append('\n');
    int first = 0;
    for (int i = 1; i <= changes.size(); i++) {
      boolean apart =
          i == changes.size() || changes.get(i).start() - changes.get(i - 1).end() > 2 * CONTEXT;
      if (apart) {
        diff.hunk(changes.subList(first, i));
        first = i;
      }
    }
    return diff.out.toString();
  }

  /** The lines of a text with their line feeds. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  private List<Change> changes() {
    // Mostly each line has its own successor, which takes no time to find.
    return before.size() == after.size() ? pairs() : general();
  }

  private List<Change> pairs() {
    List<Change> changes = new ArrayList<>();
    int i = 0;
    while (i < before.size()) {
      int start = i;
      while (i < before.size() && !before.get(i).equals(after.get(i))) {
        i++;
      }
      if (i > start) {
        changes.add(new Change(start, i, start, i));
      }
      i++;
    }
    return changes;
  }

  private List<Change> general() {
    List<Change> changes = new ArrayList<>();
    for (AbstractDelta<String> delta :
        DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<String>()).getDeltas()) {
      int start = delta.getSource().getPosition();
      int newStart = delta.getTarget().getPosition();
      int end = start + delta.getSource().size();
      int newEnd = newStart + delta.getTarget().size();
      // The algorithm tells of lines that come and lines that go at one place as of two changes.
      boolean same =
          !changes.isEmpty()
              && changes.getLast().end() == start
              && changes.getLast().newEnd() == newStart;
      Change joined = same ? changes.removeLast() : new Change(start, end, newStart, newEnd);
      changes.add(new Change(joined.start(), end, joined.newStart(), newEnd));
    }
    return changes;
  }

  private void hunk(List<Change> changes) {
    Change first = changes.getFirst();
    Change last = changes.getLast();
    int head = Math.min(CONTEXT, first.start());
    int tail = Math.min(CONTEXT, before.size() - last.end());
    out.append("@@ -")
        .append(range(first.start() - head, last.end() + tail))
        .append(" +")
        .append(range(first.newStart() - head, last.newEnd() + tail))
        .append(" @@\n");
    int shown = first.start() - head;
    for (Change change : changes) {
      lines(' ', before.subList(shown, change.start()));
      lines('-', before.subList(change.start(), change.end()));
      lines('+', after.subList(change.newStart(), change.newEnd()));
      shown = change.end();
    }
    lines(' ', before.subList(shown, shown + tail));
  }

  /** A range in the form of a hunk's header: an empty one names the line before it. */
  private static String range(int start, int end) {
    int length = end - start;
    int line = length == 0 ? start : start + 1;
    return length == 1 ? String.valueOf(line) : line + "," + length;
  }

  private void lines(char sign, List<String> lines) {
    for (String line : lines) {
      out.append(sign).append(line);
      if (!line.endsWith("\n")) {
        out.append('\n').append(NO_NEWLINE);
      }
    }
  }
}
