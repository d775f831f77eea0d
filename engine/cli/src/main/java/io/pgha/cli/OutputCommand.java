package io.pgha.cli;

import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.ValueJson;
import io.pgha.language.value.ValueText;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import java.util.concurrent.Callable;

/** {@code pgha output}. */
final class OutputCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private boolean json;
  private boolean raw;
  private String name = "";

  OutputCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Show outputs as they were when pgha last applied.");
    view.declare(takes);
    takes.flag("-json", "Write JSON, sensitive values too.", given -> json = given);
    takes.flag(
        "-raw",
        "Write the text of the named output as it is, without quotes or line feed.",
        given -> raw = given);
    takes.optionalParameter(
        "NAME", String.class, "Only this output, sensitive or not.", given -> name = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (raw && json) {
      throw CommandFailure.of("usage", "-raw and -json don't go together", "Give one of them.");
    }
    State state = States.of(main).read();
    if (!name.isEmpty()) {
      one(console, find(state));
    } else if (raw) {
      throw CommandFailure.of("usage", "-raw needs the name of an output", "pgha output -raw NAME");
    } else if (json) {
      console
          .out()
          .print(StateDocument.json(out -> StateDocument.outputs(out, state.outputs(), true)));
    } else if (state.outputs().isEmpty()) {
      console.line("There are no outputs: none is declared, or nothing was applied yet.");
    } else {
      console.out().print(OutputText.list(state.outputs()));
    }
    console.out().flush();
    return Operation.OK;
  }

  private OutputState find(State state) {
    OutputState output = state.outputs().get(name);
    if (output == null) {
      String near =
          NearestName.of(name, state.outputs().keySet())
              .map(found -> " Did you mean " + found + "?")
              .orElse("");
      throw CommandFailure.of(
          "unknown-output",
          "There is no output " + name,
          "Outputs that were just declared are known after the next apply." + near);
    }
    return output;
  }

  private void one(Console console, OutputState output) {
    if (raw) {
      console.out().print(rawText(output));
    } else if (json) {
      console.line(ValueJson.encode(output.value()));
    } else {
      console.line(ValueText.of(output.value()));
    }
  }

  private String rawText(OutputState output) {
    return switch (output.value()) {
      case Str(String text) -> text;
      case Num number -> number.text();
      case Bool bool -> String.valueOf(bool.value());
      default ->
          throw CommandFailure.of(
              "not-text",
              "The output " + name + " can't be written as it is",
              "-raw is for strings, numbers and bools; this is "
                  + output.value().type().friendlyName()
                  + ". Use -json.");
    };
  }
}
