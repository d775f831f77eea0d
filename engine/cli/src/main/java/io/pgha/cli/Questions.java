package io.pgha.cli;

import io.pgha.cli.drift.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the user, who answers with a line. */
final class Questions {
  private final Console console;

  Questions(Console console) {
    this.console = console;
  }

  /** Whether the user answers with just "yes", before something is changed. */
  boolean confirm(String question, String detail) {
    ask("\n" + question + "\n  " + detail + "\n  Only 'yes' is taken as a yes.\n\n");
    try {
      Optional<String> answer = line("  Answer: ");
      console.line("");
      return answer.filter(text -> text.strip().equals("yes")).isPresent();
    } catch (IOException e) {
      console.line("The answer can't be read (" + e.getMessage() + "): taken as a no.");
      return false;
    }
  }

  /**
   * The value that the user gives something; empty where the input ends instead.
   *
   * @param description what it is; empty where nobody said
   * @param hidden whether it is not to be seen as it is typed
   */
  Optional<String> value(String name, String description, boolean hidden) {
    String explained =
        description.isEmpty()
            ? ""
            : PlainText.clean(description).strip().indent(2).stripTrailing() + "\n\n";
    ask(name + "\n" + explained);
    String prompt = "  Enter a value: ";
    try {
      Optional<String> answer = hidden ? hiddenLine(prompt) : line(prompt);
      console.line("");
      return answer;
    } catch (IOException e) {
      console.line("The value can't be read (" + e.getMessage() + ").");
      return Optional.empty();
    }
  }

  private void ask(String text) {
    console.out().print(console.surroundings().inert(text));
    console.out().flush();
  }

  /**
   * The next line. All lines of a terminal come through its one reader, which may have read on; of
   * anything else not a byte more is read, which the command may be for.
   */
  private Optional<String> line(String prompt) throws IOException {
    Optional<java.io.Console> terminal = terminal();
    if (terminal.isPresent()) {
      return read(() -> terminal.get().readLine("%s", prompt));
    }
    ask(prompt);
    InputStream in = console.surroundings().in();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", ""));
  }

  /** The next line, which a terminal of this process does not show from the prompt on. */
  private Optional<String> hiddenLine(String prompt) throws IOException {
    Optional<java.io.Console> terminal = terminal();
    return terminal.isPresent()
        ? read(() -> terminal.get().readPassword("%s", prompt)).map(String::new)
        : line(prompt);
  }

  private Optional<java.io.Console> terminal() throws IOException {
    return console.surroundings().isOwnTerminal()
        ? Optional.ofNullable(System.console())
        : Optional.empty();
  }

  /** A terminal that is gone is told of by an error that nobody expects. */
  private static <T> Optional<T> read(Supplier<T> line) throws IOException {
    try {
      return Optional.ofNullable(line.get());
    } catch (IOError e) {
      throw new IOException(e.getCause());
    }
  }
}
