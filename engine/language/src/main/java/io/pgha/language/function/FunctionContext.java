package io.pgha.language.function;

import io.pgha.language.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What functions may ask of the world. */
public interface FunctionContext {
  /** The files that file functions read. */
  FileSource files();

  /** When the plan was made; absent where none is being made yet. */
  Optional<Instant> planTime();

  /** The present; absent where a result that differs from call to call must stay unknown. */
  Optional<Instant> now();

  /**
   * Evaluates a template.
   *
   * @param source its text
   * @param name how messages name it
   * @param variables its variables by name
   * @throws FunctionException where it has an error
   */
  Value render(String source, String name, Map<String, Value> variables) throws FunctionException;
}
