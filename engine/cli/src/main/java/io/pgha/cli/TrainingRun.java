package io.pgha.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs many command lines in one process, while the JDK records for the AOT cache what they load.
 *
 * <p>Used when the distribution is built; a cache is recorded by one process, and must know the
 * classes of all commands.
 */
final class TrainingRun {
  private TrainingRun() {}

  /**
   * Runs the command lines of a file, in the form {@code STATUS ARGUMENT...}, with {@code @here@}
   * standing for the file's folder. Fails when one ends with another status than the expected.
   */
  public static void main(String[] arguments) throws IOException {
    Path script = Path.of(arguments[0]).toAbsolutePath();
    for (String line : Files.readAllLines(script)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.replace("@here@", script.resolveSibling("").toString()).split(" +", -1);
      String[] command = new String[words.length - 1];
      System.arraycopy(words, 1, command, 0, command.length);
      System.out.println("training: " + line);
      int status = Main.run(command);
      if (status != Integer.parseInt(words[0])) {
        System.err.println("training: ended with " + status + ": " + line);
        System.exit(1);
      }
    }
  }
}
