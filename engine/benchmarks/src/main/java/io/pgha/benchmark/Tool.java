package io.pgha.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the two that are compared.
 *
 * @param name how it is called in the tables
 * @param program the command
 * @param extension what the names of its configuration files end in
 * @param stateFile where it keeps its state
 * @param environment what its processes are given besides this one's environment
 */
record Tool(
    String name,
    Path program,
    String extension,
    String stateFile,
    Map<String, String> environment) {

  static Tool pgha(Path program) {
    return new Tool("pgha", program, ".pgha.hcl", "pgha.state.json", Map.of());
  }

  static Tool terraform(Path program) {
    return new Tool(
        "terraform",
        program,
        ".tf",
        "terraform.tfstate",
        Map.of(
            "CHECKPOINT_DISABLE", "1", "TF_IN_AUTOMATION", "1", "TF_CLI_CONFIG_FILE", "/dev/null"));
  }

  /** The command line of a step. */
  List<String> command(Step step, int round) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(step.arguments(round));
    return command;
  }

  /** Takes away what a run left behind: the state, not the configuration. */
  void forget(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.state.*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    try (var files = Files.newDirectoryStream(folder, "*terraform.tfstate*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
