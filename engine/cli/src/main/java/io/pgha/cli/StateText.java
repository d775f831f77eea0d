package io.pgha.cli;

import io.pgha.cli.view.OwnValues;
import io.pgha.cli.view.Redaction;
import io.pgha.cli.view.ShownValues;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows what was last applied to a person. */
final class StateText {
  private StateText() {}

  /** An instance as a block with its attributes; ends with a line feed. */
  static String of(InstanceState instance, Paint paint) {
    List<String> notes = new ArrayList<>();
    if (instance.tainted()) {
      notes.add("tainted: the next apply makes it anew");
    }
    if (instance.incomplete()) {
      notes.add(
          instance.isImported()
              ? "imported: the next apply takes it over"
              : "begun and not finished: the next apply goes on");
    }
    StringBuilder text = new StringBuilder();
    text.append(paint.bold("# " + instance.address()))
        .append(notes.isEmpty() ? "" : "   (" + String.join("; ", notes) + ")")
        .append(
            "\nresource \"%s\" \"%s\" {\n"
                .formatted(instance.address().type(), instance.address().name()));
    Map<String, Value> attributes =
        new Redaction(instance.sensitivePaths()).of(instance.attributes()).attributes();
    int width =
        attributes.entrySet().stream()
            .filter(entry -> !entry.getValue().isNull())
            .mapToInt(entry -> entry.getKey().length())
            .max()
            .orElse(0);
    attributes.forEach((name, value) -> {
      if (!value.isNull()) {
        text.append("  ")
            .append(name)
            .repeat(' ', width - name.length())
            .append(" = ")
            .append(ShownValues.text(OwnValues.of(instance.address().type(), value), 2))
            .append('\n');
      }
    });
    return text.append("}\n").toString();
  }

  /** The whole state. */
  static String of(State state, Paint paint) {
    StringBuilder text = new StringBuilder();
    state.instances().values().forEach(each -> text.append(of(each, paint)).append('\n'));
    text.append(OutputText.of(state.outputs()));
    return text.toString();
  }
}
