package io.pgha.cli.drift;

import io.pgha.core.drift.DriftReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents that a run is to write, as {@code -out FORMAT=FILE} asks for them, and what the CI
 * server that it runs on is told.
 */
public final class Outputs {
  /** In place of a file: the standard output. */
  private static final String STANDARD_OUTPUT = "-";

  /**
   * A document to write.
   *
   * @param format its format
   * @param name the file as the user named it
   * @param file the file itself
   */
  private record Output(OutputFormat format, String name, Path file) {
    boolean isStandardOutput() {
      return name.equals(STANDARD_OUTPUT);
    }
  }

  private final List<Output> outputs;
  private final Workspace workspace;
  private final Map<String, String> environment;

  private Outputs(List<Output> outputs, Workspace workspace, Map<String, String> environment) {
    this.outputs = List.copyOf(outputs);
    this.workspace = workspace;
    this.environment = Map.copyOf(environment);
  }

  /**
   * What the texts ask for, looked at before the run: nobody wants to hear after it that a folder
   * was missing. Files and roots are relative to the folder that the process runs in.
   *
   * @param texts each as {@code FORMAT=FILE}; {@code -} is the standard output
   * @param environment the environment variables, which tell of the CI server
   * @throws OutputFailure where one can't be written
   */
  public static Outputs of(List<String> texts, Map<String, String> environment) {
    return of(texts, environment, Path.of(""));
  }

  /** The same where files and roots are relative to a folder. */
  static Outputs of(List<String> texts, Map<String, String> environment, Path folder) {
    List<Output> outputs = new ArrayList<>();
    Map<Path, String> taken = new HashMap<>();
    for (String text : texts) {
      Output output = parsed(text, folder);
      if (!output.isStandardOutput()) {
        check(output);
      }
      String other = taken.putIfAbsent(identity(output), text);
      if (other != null) {
        throw new OutputFailure(
            "usage",
            "-out %s and -out %s write the same file".formatted(other, text),
            "Give each format a file of its own.");
      }
      outputs.add(output);
    }
    return new Outputs(outputs, Workspace.of(folder, environment), environment);
  }

  private static Output parsed(String text, Path folder) {
    int sign = text.indexOf('=');
    if (sign <= 0 || sign == text.length() - 1) {
      throw new OutputFailure(
          "usage",
          "-out " + text + " names no format and file",
          "Write it as -out FORMAT=FILE, such as -out json=drift.json. The formats are "
              + OutputFormat.words()
              + ".");
    }
    OutputFormat format = OutputFormat.of(text.substring(0, sign));
    String name = text.substring(sign + 1);
    try {
      return new Output(format, name, folder.resolve(name).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new OutputFailure("usage", "-out " + text + " names no file", e.getReason() + ".");
    }
  }

  private static void check(Output output) {
    Path file = output.file();
    Path parent = file.getParent();
    if (Files.isDirectory(file) || parent == null) {
      throw unwritable(output, "It is a folder. Name a file in it.");
    }
    if (!Files.isDirectory(parent)) {
      throw unwritable(output, "There is no folder " + parent + ". Make it first.");
    }
    boolean written = !Files.exists(file) || Files.isWritable(file);
    boolean replaced = !isReplaced(file) || isFolderWritable(target(file));
    if (!written || !replaced) {
      throw unwritable(output, "This user may not write there.");
    }
  }

  private static boolean isFolderWritable(Path file) {
    Path parent = file.getParent();
    return parent != null && Files.isWritable(parent);
  }

  private static OutputFailure unwritable(Output output, String why) {
    return new OutputFailure("not-written", output.name() + " can't be written", why);
  }

  /** Whether a new file takes its place: not so for a device or a pipe. */
  private static boolean isReplaced(Path file) {
    return !Files.exists(file) || Files.isRegularFile(file);
  }

  /** The file itself where the name is a link to it. */
  private static Path target(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  /** What two names of one file have in common. */
  private static Path identity(Output output) {
    Path file = output.file();
    if (output.isStandardOutput()) {
      return Path.of(STANDARD_OUTPUT);
    }
    Path parent = file.getParent();
    return Files.exists(file) || parent == null
        ? target(file)
        : target(parent).resolve(file.getFileName());
  }

  /** Whether one of them takes the standard output, so that nothing else may go there. */
  public boolean toStandardOutput() {
    return outputs.stream().anyMatch(Output::isStandardOutput);
  }

  /**
   * Writes all of them, each file as a whole or not at all; on GitHub Actions also annotations,
   * unless a document has the standard output, and the step's summary.
   *
   * @param out the standard output
   * @throws OutputFailure where some were not written; the others were
   */
  public void write(DriftReport report, PrintStream out) {
    List<String> failed = new ArrayList<>();
    for (Output output : outputs) {
      String text = output.format().text(report, workspace);
      if (output.isStandardOutput()) {
        out.print(text);
        out.flush();
        continue;
      }
      try {
        write(output.file(), text);
      } catch (IOException e) {
        failed.add(output.name() + ": " + OutputFailure.reason(e));
      }
    }
    if (!toStandardOutput()) {
      out.print(GitHubActions.annotations(report, workspace));
      out.flush();
    }
    try {
      GitHubActions.summarize(report, workspace, environment);
    } catch (IOException e) {
      failed.add("the step's summary: " + OutputFailure.reason(e));
    }
    if (!failed.isEmpty()) {
      throw new OutputFailure(
          "not-written",
          failed.size() == 1 ? "A document was not written" : "Documents were not written",
          String.join("\n", failed)
              + "\nAll else was written. See that there is room and that this user may write there, or"
              + " name another file; then run pgha drift again.");
    }
  }

  private static void write(Path named, String text) throws IOException {
    // A machine's text may have half a character, which this replaces; writeString would refuse it.
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!isReplaced(named)) {
      Files.write(named, bytes);
      return;
    }
    Path file = target(named);
    Path unfinished =
        file.resolveSibling(".%s.%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.deleteIfExists(unfinished);
      Files.write(unfinished, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(file));
      }
      try {
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
