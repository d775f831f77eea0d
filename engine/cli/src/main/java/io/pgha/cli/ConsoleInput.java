package io.pgha.cli;

import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Parser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The expressions that somebody types or pipes in: a line each, or more while one is open. */
final class ConsoleInput implements AutoCloseable {
  private static final String PROMPT = "> ";
  private static final String MORE = ": ";

  /** Where lines come from. */
  interface Lines extends AutoCloseable {
    /** The next line without its end; null where there is none. */
    @Nullable String read(String prompt) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final Lines lines;
  private final boolean live;

  private ConsoleInput(Lines lines, boolean live) {
    this.lines = lines;
    this.live = live;
  }

  /** Reads from the terminal where somebody sits there, else what is piped in. */
  static ConsoleInput of(Surroundings surroundings) throws IOException {
    return surroundings.terminal()
        ? new ConsoleInput(TypedLines.open(), true)
        : new ConsoleInput(new PipedLines(surroundings.in()), false);
  }

  private static final class PipedLines implements Lines {
    private final BufferedReader in;

    PipedLines(InputStream in) {
      this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String read(String prompt) throws IOException {
      return in.readLine();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** The next expression; empty at the end of the input. */
  Optional<String> next() throws IOException {
    String line = lines.read(PROMPT);
    if (line == null) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(line);
    while (Parser.isUnfinished(SourceFile.of(ConsoleSession.SOURCE_NAME, text + "\n"))) {
      String more = lines.read(MORE);
      // Who has lost count of the brackets gets out with an empty line.
      if (more == null || (live && more.isBlank() && text.indexOf("<<") < 0)) {
        break;
      }
      text.append('\n').append(more);
    }
    return Optional.of(text.indexOf("\n") < 0 ? line : text.append('\n').toString());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
