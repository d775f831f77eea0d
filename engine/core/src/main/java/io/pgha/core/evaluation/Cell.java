package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is evaluated once, when it is first asked for, and remembers what it used.
 *
 * @param <T> what it evaluates to
 */
final class Cell<T> {
  /** The cells that are being evaluated, innermost last, and where errors go. One thread only. */
  static final class Stack {
    private final Deque<Cell<?>> active = new ArrayDeque<>();

    private List<String> pathTo(Cell<?> cell) {
      List<String> names = new ArrayList<>();
      boolean inside = false;
      for (Cell<?> each : active) {
        inside |= each == cell;
        if (inside) {
          names.add(each.name);
        }
      }
      names.add(cell.name);
      return names;
    }
  }

  private final String name;
  private final Optional<String> instance;
  private final Supplier<T> work;
  private final Supplier<T> fallback;
  private final Set<Cell<?>> used = new LinkedHashSet<>();
  private @Nullable T value;
  private boolean running;

  /**
   * A cell that has not been evaluated.
   *
   * @param name what it is, for errors
   * @param instance the address where it is a resource instance
   * @param work evaluates it
   * @param fallback its value where it turns out to depend on itself
   */
  Cell(String name, Optional<String> instance, Supplier<T> work, Supplier<T> fallback) {
    this.name = name;
    this.instance = instance;
    this.work = work;
    this.fallback = fallback;
  }

  /** The value, evaluated now where it was not before; whoever is being evaluated uses it. */
  T get(Stack stack, Optional<SourceRange> from, java.util.function.Consumer<Diagnostic> errors) {
    Cell<?> user = stack.active.peekLast();
    if (user != null) {
      user.used.add(this);
    }
    T known = value;
    if (known != null) {
      return known;
    }
    if (running) {
      Diagnostic cycle =
          Diagnostic.error(
              "cycle",
              "Cycle",
              "It depends on itself: " + String.join(" -> ", stack.pathTo(this)) + ".");
      errors.accept(from.map(cycle::at).orElse(cycle));
      return fallback.get();
    }
    running = true;
    stack.active.addLast(this);
    try {
      T result = work.get();
      value = result;
      return result;
    } finally {
      stack.active.removeLast();
      running = false;
    }
  }

  /** The nearest resource instances that this cell uses, through locals, variables and outputs. */
  Set<String> instancesUsed() {
    Set<String> found = new LinkedHashSet<>();
    Set<Cell<?>> seen = new LinkedHashSet<>();
    Deque<Cell<?>> open = new ArrayDeque<>(used);
    while (!open.isEmpty()) {
      Cell<?> cell = open.removeFirst();
      if (!seen.add(cell)) {
        continue;
      }
      if (cell.instance.isPresent()) {
        found.add(cell.instance.get());
      } else {
        open.addAll(cell.used);
      }
    }
    return found;
  }
}
