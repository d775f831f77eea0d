package io.pgha.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The project's own documents and examples, and a {@code pgha validate} for them. */
final class Documents {
  /** The checkout's folder. */
  static final Path ROOT = root();

  /** What {@code pgha validate} said. */
  record Verdict(int status, String out, String errors) {}

  private Documents() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/guide"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not within a checkout of pgha");
      }
    }
    return folder;
  }

  /** All files below a folder of the checkout, in the order of their names. */
  static List<Path> below(String folder) {
    Path start = ROOT.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the files of a folder, but not those of folders within it. */
  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Made-up values for the variables of the examples.
   *
   * @param folder where a file for the key of the package source may be written
   */
  static Map<String, String> variables(Path folder) throws IOException {
    Path key = folder.resolve("pgdg.asc");
    Files.writeString(
        key,
        """
        -----BEGIN PGP PUBLIC KEY BLOCK-----
        none
        -----END PGP PUBLIC KEY BLOCK-----
        """);
    return Map.of(
        "PGHA_VAR_passwords",
        """
        { postgres = "p-1", replicator = "p-2", admin = "p-3", rest_api = "p-4", stats = "p-5", \
        keepalived = "p-6" }\
        """,
        "PGHA_VAR_pgdg",
        """
        { uri = "https://apt.postgresql.org/pub/repos/apt", suite = "trixie-pgdg", \
        key_file = "%s" }\
        """
            .formatted(key));
  }

  /** Validates a folder without a machine and without a question. */
  static Verdict validate(Path folder, Map<String, String> variables) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new CheckedOutput(out),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(new byte[0]),
            variables,
            false);
    int status = Main.run(surroundings, "-chdir=" + folder, "validate", "-input=false");
    surroundings.out().flush();
    return new Verdict(
        status, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
  }
}
