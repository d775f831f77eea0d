package io.pgha.cli;

import io.pgha.language.value.ValueText;
import io.pgha.state.OutputState;
import java.util.Map;

/** Shows outputs. */
final class OutputText {
  private OutputText() {}

  /** Prints all outputs under a heading; nothing where there are none. */
  static void print(Console console, Map<String, OutputState> outputs) {
    if (outputs.isEmpty()) {
      return;
    }
    console.line("\nOutputs:\n");
    outputs.forEach((name, output) ->
        console.line(
            name
                + " = "
                + (output.sensitive() ? "(sensitive value)" : ValueText.of(output.value()))));
  }
}
