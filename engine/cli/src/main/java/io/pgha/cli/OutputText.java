package io.pgha.cli;

import io.pgha.language.value.ValueText;
import io.pgha.state.OutputState;
import java.util.Map;

/** Shows outputs to a person. */
final class OutputText {
  private OutputText() {}

  /** All outputs under a heading; empty text where there are none. */
  static String of(Map<String, OutputState> outputs) {
    return outputs.isEmpty() ? "" : "Outputs:\n\n" + list(outputs);
  }

  /** All outputs as {@code terraform output} writes them, a line or more each. */
  static String list(Map<String, OutputState> outputs) {
    StringBuilder text = new StringBuilder();
    outputs.forEach((name, output) ->
        text.append(name)
            .append(" = ")
            .append(output.sensitive() ? "<sensitive>" : ValueText.of(output.value()))
            .append('\n'));
    return text.toString();
  }
}
