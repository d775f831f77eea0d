package io.pgha.cli;

import io.pgha.cli.view.ShownValues;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.ValueJson;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha output}. */
@Command(name = "output", description = "Show outputs as they were when pgha last applied.")
final class OutputCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = {"-json", "--json"},
      description = "Write JSON, sensitive values too.")
  private boolean json;

  @Option(
      names = {"-raw", "--raw"},
      description = "Write the text of the named output as it is, without quotes or line feed.")
  private boolean raw;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only this output, sensitive or not.")
  private String name = "";

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (raw && json) {
      throw CommandFailure.of("usage", "-raw and -json don't go together", "Give one of them.");
    }
    State state = States.read(main.directory());
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
      console.line(ShownValues.text(output.value(), 0));
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
