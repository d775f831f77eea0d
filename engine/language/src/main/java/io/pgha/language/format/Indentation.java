package io.pgha.language.format;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How deep lines are indented. A line that opens several brackets indents what follows by one step;
 * only when all of them are closed is the step taken back.
 */
final class Indentation {
  /** How many brackets are still open of those that made each step, the innermost first. */
  private final Deque<Integer> open = new ArrayDeque<>();

  /**
   * The steps by which the next line is indented.
   *
   * @param change how many brackets it opens and leaves open; negative where it closes more
   */
  int next(int change) {
    if (change > 0) {
      open.push(change);
      return open.size() - 1;
    }
    int closed = -change;
    while (closed > 0 && !open.isEmpty()) {
      int innermost = open.pop();
      if (closed < innermost) {
        open.push(innermost - closed);
      }
      closed -= innermost;
    }
    return open.size();
  }
}
