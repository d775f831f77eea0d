package io.pgha.core;

import io.pgha.core.configuration.EarlyValues;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.VariableInputs;
import io.pgha.core.evaluation.VariableInputs.Lacking;
import io.pgha.core.evaluation.Variables;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The values of variables for the sources of modules: given as for everything else, by whoever asks
 * nobody.
 *
 * @param directory the folder whose value files are loaded by themselves
 */
record EarlyVariables(Path directory, Project.Given given, Evaluator evaluator)
    implements EarlyValues {
  @Override
  public Map<String, Value> root(SequencedMap<String, Variable> declared) {
    VariableInputs inputs =
        new VariableInputs(declared, evaluator, new SourceFiles(), new Diagnostics());
    given.addTo(inputs, directory);
    return inputs.values(Lacking.UNKNOWN);
  }

  @Override
  public Value called(Variable variable, Optional<Value> given, SourceRange range) {
    return new Variables(evaluator, new Diagnostics()).value(variable, given, range);
  }
}
