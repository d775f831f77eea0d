package io.pgha.core;

import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.AppliedResources;
import io.pgha.core.evaluation.Ephemerals;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A configuration as loaded, ready to be evaluated.
 *
 * @param module the root module
 * @param variables the root module's variables, converted
 * @param given where their values were given, by name
 * @param types who knows the resource types
 * @param evaluator evaluates expressions, with the functions and files they may use
 * @param ephemerals opens ephemeral resources, or leaves them unknown
 */
public record Configuration(
    Module module,
    Map<String, Value> variables,
    Map<String, SourceRange> given,
    TypeRegistry types,
    Evaluator evaluator,
    Ephemerals ephemerals) {
  public Configuration {
    variables = Map.copyOf(variables);
    given = Map.copyOf(given);
  }

  /** The same for whoever only looks at it: nothing ephemeral is opened. */
  public Configuration closed() {
    return new Configuration(module, variables, given, types, evaluator, Ephemerals.CLOSED);
  }

  /**
   * Whether anything of it may be on a machine, or ask one, or was applied to one.
   *
   * @param state what was applied
   */
  public boolean reachesMachines(State state) {
    return reachesMachines(module)
        || Stream.of(state.instances(), state.deposed())
            .flatMap(objects -> objects.values().stream())
            .anyMatch(instance -> types.reachesMachines(instance.address().type()));
  }

  private boolean reachesMachines(Module some) {
    return some.resources().values().stream()
            .anyMatch(resource -> types.reachesMachines(resource.type()))
        || some.calls().values().stream().anyMatch(call -> reachesMachines(call.module()));
  }

  /**
   * A new evaluation.
   *
   * @param computed attributes that are known only from machines or from earlier runs, by address
   * @param applied what was last applied, by address: for arguments whose changes are ignored
   */
  public Evaluation evaluation(
      Map<String, ObjectValue> computed,
      Map<String, InstanceState> applied,
      Diagnostics diagnostics) {
    return new Evaluation(
        new Evaluation.Inputs(
            module, variables, given, types, computed, applied, evaluator, ephemerals),
        diagnostics);
  }

  /** A new evaluation in which resources are as they were last applied, as the console has it. */
  public Evaluation evaluation(AppliedResources applied, Diagnostics diagnostics) {
    return new Evaluation(
        new Evaluation.Inputs(
            module, variables, given, types, Map.of(), Map.of(), evaluator, ephemerals),
        Optional.of(applied),
        diagnostics);
  }
}
