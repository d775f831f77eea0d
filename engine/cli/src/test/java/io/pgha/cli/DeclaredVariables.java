package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.language.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The variables of a configuration: a plain one, {@code size}, and a secret, {@code password}. */
final class DeclaredVariables {
  private DeclaredVariables() {}

  /** Writes the configuration into a folder and reads it. */
  static Map<String, Module.Variable> in(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("main.pgha.hcl"),
        """
        variable "size" {}
        variable "password" { sensitive = true }
        """);
    return Project.loadModules(
            folder, new Project.Given(Map.of(), List.of()), Providers.types(), new Diagnostics())
        .configuration()
        .orElseThrow()
        .module()
        .variables();
  }
}
