package io.pgha.cli;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.VariablePrompt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Variables' values as the user types them at a terminal; each is asked for once. */
final class TypedVariables implements VariablePrompt {
  private final Questions questions;
  private final Map<String, Optional<String>> answers = new HashMap<>();

  TypedVariables(Console console) {
    this.questions = new Questions(console);
  }

  @Override
  public Optional<String> ask(Variable variable) {
    return answers.computeIfAbsent(
        variable.name(),
        name -> questions.value("var." + name, variable.description(), variable.isHidden()));
  }
}
