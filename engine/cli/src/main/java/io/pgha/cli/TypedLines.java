package io.pgha.cli;

import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The lines that somebody types at this process's terminal: they can be edited, and earlier ones
 * had back. Those are forgotten with the process, since there may be secrets among them.
 */
final class TypedLines implements ConsoleInput.Lines {
  private static final Size USUAL = new Size(80, 24);

  private final Terminal terminal;
  private final LineReader reader;

  private TypedLines(Terminal terminal) {
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            // What is pasted may have tabs in it, and ! is an operator.
            .option(LineReader.Option.INSERT_TAB, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** Takes the terminal over until it is closed. */
  static TypedLines open() throws IOException {
    Terminal terminal = TerminalBuilder.builder().system(true).provider("exec").build();
    if (terminal.getWidth() == 0) {
      // Some that are made by programs don't say how large they are; nothing could be drawn there.
      terminal.setSize(USUAL);
    }
    return new TypedLines(terminal);
  }

  @Override
  public @Nullable String read(String prompt) {
    try {
      return reader.readLine(prompt);
    } catch (EndOfFileException | UserInterruptException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
