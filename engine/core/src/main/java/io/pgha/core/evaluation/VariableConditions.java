package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What variables must be and are not. Whoever uses a variable uses its conditions, too: it waits
 * for what they refer to, and for them to hold.
 */
final class VariableConditions {
  private final Cell.Stack stack;
  private final Consumer<Diagnostic> errors;
  private final Set<Cell<?>> cells = new HashSet<>();

  /** What does not hold by now. */
  private final Map<Cell<?>, List<Diagnostic>> broken = new LinkedHashMap<>();

  private final Set<Cell<?>> told = new HashSet<>();

  VariableConditions(Cell.Stack stack, Consumer<Diagnostic> errors) {
    this.stack = stack;
    this.errors = errors;
  }

  /**
   * Judges a variable where that is not done yet, on behalf of what is being evaluated.
   *
   * @param work evaluates the conditions to what is wrong
   */
  void judge(ModuleInstance module, Variable variable, Supplier<List<Diagnostic>> work) {
    // A condition refers to the variable that it is about, and to others as they are.
    if (variable.validations().isEmpty() || cells.contains(stack.innermost())) {
      return;
    }
    Cell<List<Diagnostic>> cell =
        module.validations.computeIfAbsent(
            variable.name(),
            name -> new Cell<>(module.address("var." + name), Optional.empty(), work, List::of));
    cells.add(cell);
    List<Diagnostic> wrong = cell.get(stack, Optional.of(variable.range()), errors);
    if (wrong.isEmpty()) {
      broken.remove(cell);
    } else {
      broken.put(cell, wrong);
    }
  }

  /** What is wrong with the variables that something uses, directly or not. */
  List<Diagnostic> of(Cell<?> user) {
    List<Diagnostic> wrong = new ArrayList<>();
    broken.forEach((cell, found) -> {
      if (user.uses(cell)) {
        told.add(cell);
        wrong.addAll(found);
      }
    });
    return wrong;
  }

  /** What is wrong with variables and was asked for by nobody. */
  List<Diagnostic> untold() {
    List<Diagnostic> wrong = new ArrayList<>();
    broken.forEach((cell, found) -> {
      if (told.add(cell)) {
        wrong.addAll(found);
      }
    });
    return wrong;
  }
}
