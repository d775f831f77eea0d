package io.pgha.cli;

import io.pgha.core.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The options of all commands that read a configuration. */
final class ProjectOptions {
  /** What gives variables their values, as it stands on the command line: later ones win. */
  final List<Project.Option> values = new ArrayList<>();

  boolean input;

  /** Declares them. */
  void declare(Arguments takes) {
    takes.eachOption(
        "-var",
        "NAME=VALUE",
        String.class,
        "Give a variable of the root module its value. May be given more than once.",
        text -> values.add(new Project.Option.Var(text)));
    takes.eachOption(
        "-var-file",
        "FILE",
        Path.class,
        "Take variables' values from a file. May be given more than once.",
        file -> values.add(new Project.Option.VarFile(file)));
    takes.toggle(
        "-input",
        true,
        "Whether questions may be asked: for approval, and on a terminal for required variables that"
            + " were given no value.",
        given -> input = given);
  }

  /** The texts of {@code -var}, in their order. */
  List<String> vars() {
    return values.stream()
        .filter(Project.Option.Var.class::isInstance)
        .map(option -> ((Project.Option.Var) option).text())
        .toList();
  }

  /** The words of the command line that say the same, without those of {@code -var} left out. */
  List<String> words(Predicate<String> kept) {
    List<String> words = new ArrayList<>();
    for (Project.Option option : values) {
      switch (option) {
        case Project.Option.Var(String text) when kept.test(text) -> words.add("-var=" + text);
        case Project.Option.VarFile(Path file) -> words.add("-var-file=" + file);
        case Project.Option.Var _, Project.Option.Saved _ -> {
          // Left out, or not of the command line.
        }
      }
    }
    return words;
  }

  Project.Given given(Surroundings surroundings) {
    return new Project.Given(surroundings.environment(), values);
  }

  /** The same, where somebody who sits at a terminal may be asked for what is missing. */
  Project.Given asking(Console console) {
    Surroundings surroundings = console.surroundings();
    boolean asks = input && surroundings.terminal() && console.json().isEmpty();
    return asks
        ? new Project.Given(surroundings.environment(), values, new TypedVariables(console))
        : given(surroundings);
  }
}
