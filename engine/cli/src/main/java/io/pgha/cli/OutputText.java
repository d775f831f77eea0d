package io.pgha.cli;

import io.pgha.cli.view.ShownValues;
import io.pgha.state.OutputState;
import java.util.Map;

/** Shows outputs to a person. */
final class OutputText {
  private OutputText() {}

  /** All outputs under a heading; empty text where there are none. */
  static String of(Map<String, OutputState> outputs) {
    return outputs.isEmpty() ? "" : "Outputs:\n\n" + list(outputs);
  }

  /** All outputs, a line or more each. */
  static String list(Map<String, OutputState> outputs) {
    int width = outputs.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    outputs.forEach((name, output) ->
        text.append(name)
            .repeat(' ', width - name.length())
            .append(" = ")
            .append(output.sensitive() ? ShownValues.HIDDEN : ShownValues.text(output.value(), 0))
            .append('\n'));
    return text.toString();
  }
}
