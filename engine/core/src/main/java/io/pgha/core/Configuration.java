package io.pgha.core;

import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import java.util.Map;

/**
 * A configuration as loaded, ready to be evaluated.
 *
 * @param module the root module
 * @param variables the root module's variables, converted and checked
 * @param types who knows the resource types
 * @param evaluator evaluates expressions, with the functions and files they may use
 */
public record Configuration(
    Module module, Map<String, Value> variables, TypeRegistry types, Evaluator evaluator) {
  public Configuration {
    variables = Map.copyOf(variables);
  }

  /** A new evaluation that knows the given computed attributes. */
  public Evaluation evaluation(Map<String, ObjectValue> computed, Diagnostics diagnostics) {
    return new Evaluation(
        new Evaluation.Inputs(module, variables, types, computed, evaluator), diagnostics);
  }
}
