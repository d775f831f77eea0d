package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What is known before all of a configuration is read, for the sources of modules: they decide what
 * else is to be read. Nothing is reported here: whoever evaluates the configuration says the same
 * again.
 */
public interface EarlyValues {
  /** Evaluates sources. */
  Evaluator evaluator();

  /** The values of the root module's variables; one that has none is unknown. */
  Map<String, Value> root(SequencedMap<String, Variable> declared);

  /**
   * The value of a called module's variable; unknown where it can be none.
   *
   * @param given what its caller gives it, if anything
   * @param range where it is given
   */
  Value called(Variable variable, Optional<Value> given, SourceRange range);
}
