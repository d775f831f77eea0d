package io.pgha.cli;

import io.pgha.core.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of all commands that read a configuration. */
final class ProjectOptions {
  List<String> vars = new ArrayList<>();
  List<Path> varFiles = new ArrayList<>();
  boolean input;

  /** Declares them. */
  void declare(Arguments takes) {
    takes.options(
        "-var",
        "NAME=VALUE",
        String.class,
        "Give a variable of the root module its value. May be given more than once.",
        given -> vars = given);
    takes.options(
        "-var-file",
        "FILE",
        Path.class,
        "Take variables' values from a file. May be given more than once.",
        given -> varFiles = given);
    takes.toggle("-input", true, "Whether questions may be asked.", given -> input = given);
  }

  Project.Given given(Surroundings surroundings) {
    List<Project.Option> options = new ArrayList<>();
    varFiles.forEach(file -> options.add(new Project.Option.VarFile(file)));
    vars.forEach(text -> options.add(new Project.Option.Var(text)));
    return new Project.Given(surroundings.environment(), options);
  }
}
