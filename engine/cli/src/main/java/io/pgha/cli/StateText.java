package io.pgha.cli;

import io.pgha.cli.view.OwnValues;
import io.pgha.cli.view.Redaction;
import io.pgha.cli.view.ShownValues;
import io.pgha.cli.view.StateNotes;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.List;
import java.util.Map;

/** Shows what was last applied to a person. */
final class StateText {
  private StateText() {}

  /** An instance as a block with its attributes; ends with a line feed. */
  static String of(InstanceState instance, Paint paint) {
    List<String> notes = StateNotes.of(instance);
    StringBuilder text = new StringBuilder();
    text.append(paint.bold("# " + instance.id()))
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
    state.objects().forEach(each -> text.append(of(each, paint)).append('\n'));
    text.append(OutputText.of(state.outputs()));
    return text.toString();
  }
}
