package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.GeneratedConfiguration;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The file that {@code pgha plan -generate-config-out} writes.
 *
 * @param name as the user named it
 * @param path where it is
 */
record GeneratedFile(Path name, Path path) {
  /**
   * A file that may be written.
   *
   * @throws CommandFailure where it is there already, or would not be part of the configuration
   */
  static GeneratedFile of(Path directory, Path name) {
    Path path = directory.resolve(name).normalize();
    // The root of the file system has no name.
    String text = String.valueOf(path.getFileName());
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw CommandFailure.of(
          "not-overwritten",
          name + " is there already",
          "-generate-config-out writes a new file only. Give another name.");
    }
    if (!directory.equals(path.getParent())
        || !text.endsWith(".pgha.hcl")
        || text.startsWith(".")
        || text.startsWith("#")) {
      throw CommandFailure.of(
          "usage",
          name + " would not be part of the configuration",
          "-generate-config-out takes the name of a file in the configuration's folder that ends in"
              + " .pgha.hcl, such as generated.pgha.hcl.");
    }
    return new GeneratedFile(name, path);
  }

  /** Looks at what import blocks name, and writes it down; returns whether anything was written. */
  boolean write(
      Configuration configuration, State state, Surroundings surroundings, Diagnostics diagnostics)
      throws IOException, InterruptedException {
    GeneratedConfiguration generated =
        new GeneratedConfiguration(configuration, state, diagnostics);
    if (generated.isEmpty() || diagnostics.hasErrors()) {
      return false;
    }
    Optional<String> text;
    try (Fleet fleet =
        new Fleet(
            Providers.transport(configuration, surroundings.transport()),
            generated::connection,
            surroundings.stages())) {
      text = generated.text(fleet);
    }
    if (text.isEmpty() || diagnostics.hasErrors()) {
      return false;
    }
    Files.writeString(path, text.get(), StandardOpenOption.CREATE_NEW);
    return true;
  }
}
