package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is evaluated when it is first asked for, remembers what it used, and is evaluated
 * again once something of that has become another.
 *
 * <p>There may be some hundred thousand of them, so what each remembers is kept small.
 *
 * @param <T> what it evaluates to
 */
final class Cell<T> {
  private static final Cell<?>[] NONE = {};

  /** The cells that are being evaluated, innermost last, and where errors go. One thread only. */
  static final class Stack {
    private final Deque<Cell<?>> active = new ArrayDeque<>();

    boolean isActive() {
      return !active.isEmpty();
    }

    /** What is being evaluated just now; null where nothing is. */
    @Nullable Cell<?> innermost() {
      return active.peekLast();
    }

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
  private final Optional<String> node;
  private final Supplier<T> work;
  private final Supplier<T> fallback;

  /** What it used when it was evaluated last. */
  private Cell<?>[] used = NONE;

  /** What it has used so far; only while it is being evaluated. */
  private @Nullable Set<Cell<?>> using;

  /** Who has ever used it: more than those that do now, never fewer. */
  private @Nullable List<Cell<?>> users;

  private @Nullable T value;

  /**
   * A cell that has not been evaluated.
   *
   * @param name what it is, for errors
   * @param node the address where it is a resource instance, or all instances of a resource
   * @param work evaluates it
   * @param fallback its value where it turns out to depend on itself
   */
  Cell(String name, Optional<String> node, Supplier<T> work, Supplier<T> fallback) {
    this.name = name;
    this.node = node;
    this.work = work;
    this.fallback = fallback;
  }

  /** What it is. */
  String name() {
    return name;
  }

  /** The value, evaluated now where it is not known; whoever is being evaluated uses it. */
  T get(Stack stack, Optional<SourceRange> from, Consumer<Diagnostic> errors) {
    Cell<?> user = stack.active.peekLast();
    if (user != null && user.using != null) {
      user.using.add(this);
    }
    T known = value;
    if (known != null) {
      return known;
    }
    if (using != null) {
      Diagnostic cycle =
          Diagnostic.error(
              "cycle",
              "Cycle",
              "It depends on itself: " + String.join(" -> ", stack.pathTo(this)) + ".");
      errors.accept(from.map(cycle::at).orElse(cycle));
      return fallback.get();
    }
    Set<Cell<?>> gathered = new LinkedHashSet<>();
    using = gathered;
    stack.active.addLast(this);
    try {
      T result = work.get();
      value = result;
      return result;
    } finally {
      stack.active.removeLast();
      using = null;
      remember(gathered);
    }
  }

  private void remember(Set<Cell<?>> gathered) {
    Set<Cell<?>> before = used.length == 0 ? Set.of() : new HashSet<>(List.of(used));
    for (Cell<?> cell : gathered) {
      if (!before.contains(cell)) {
        cell.usedBy(this);
      }
    }
    used = gathered.toArray(NONE);
  }

  private void usedBy(Cell<?> user) {
    List<Cell<?>> known = users;
    if (known == null) {
      known = new ArrayList<>(2);
      users = known;
    }
    known.add(user);
  }

  /**
   * Forgets the value, and those of all cells that used it, directly or not: whatever is asked for
   * next is evaluated again.
   *
   * @param nodes takes the address of each resource instance that was known until now
   */
  void invalidate(Consumer<String> nodes) {
    Deque<Cell<?>> open = new ArrayDeque<>();
    open.add(this);
    while (!open.isEmpty()) {
      Cell<?> cell = open.removeLast();
      // What used a cell without a value has none either.
      if (cell.value == null) {
        continue;
      }
      cell.value = null;
      cell.node.ifPresent(nodes);
      if (cell.users != null) {
        open.addAll(cell.users);
      }
    }
  }

  /**
   * The nearest resource instances that this cell uses, through locals, variables and outputs. All
   * instances of a resource are named at once, by the resource's address.
   */
  Set<String> nodesUsed() {
    return nodes(false);
  }

  /** All resource instances that this cell uses, those too that others need that it uses. */
  Set<String> nodesReached() {
    return nodes(true);
  }

  private Set<String> nodes(boolean through) {
    Set<String> found = new LinkedHashSet<>();
    Set<Cell<?>> seen = new HashSet<>();
    Deque<Cell<?>> open = new ArrayDeque<>(uses());
    while (!open.isEmpty()) {
      Cell<?> cell = open.removeFirst();
      if (!seen.add(cell)) {
        continue;
      }
      cell.node.ifPresent(found::add);
      if (through || cell.node.isEmpty()) {
        open.addAll(cell.uses());
      }
    }
    return found;
  }

  /** Whether this cell uses another, directly or not. */
  boolean uses(Cell<?> other) {
    Set<Cell<?>> seen = new HashSet<>();
    Deque<Cell<?>> open = new ArrayDeque<>(uses());
    while (!open.isEmpty()) {
      Cell<?> cell = open.removeFirst();
      if (cell == other) {
        return true;
      }
      if (seen.add(cell)) {
        open.addAll(cell.uses());
      }
    }
    return false;
  }

  private java.util.Collection<Cell<?>> uses() {
    return using == null ? List.of(used) : using;
  }
}
