package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Variable;
import java.util.Optional;

/** Somebody who can be asked for what a variable of the root module was not given. */
@FunctionalInterface
public interface VariablePrompt {
  /** Nobody: what is not given is missing. */
  VariablePrompt NOBODY = _ -> Optional.empty();

  /** The value as text, read as that of {@code -var} is; empty where there is no answer. */
  Optional<String> ask(Variable variable);
}
