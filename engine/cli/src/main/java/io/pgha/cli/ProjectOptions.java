package io.pgha.cli;

import io.pgha.core.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of all commands that read a configuration. */
final class ProjectOptions {
  @Option(
      names = {"-var", "--var"},
      paramLabel = "NAME=VALUE",
      description = "Give a variable of the root module its value. May be given more than once.")
  List<String> vars = new ArrayList<>();

  @Option(
      names = {"-var-file", "--var-file"},
      paramLabel = "FILE",
      description = "Take variables' values from a file. May be given more than once.")
  List<Path> varFiles = new ArrayList<>();

  @Option(
      names = {"-input", "--input"},
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Whether questions may be asked.")
  boolean input;

  Project.Given given(Surroundings surroundings) {
    List<Project.Option> options = new ArrayList<>();
    varFiles.forEach(file -> options.add(new Project.Option.VarFile(file)));
    vars.forEach(text -> options.add(new Project.Option.Var(text)));
    return new Project.Given(surroundings.environment(), options);
  }
}
