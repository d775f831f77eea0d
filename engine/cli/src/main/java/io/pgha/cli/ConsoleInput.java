package io.pgha.cli;

import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Parser;
import java.io.BufferedReader;
import java.io.IOException;
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

  /** Reads what is typed or piped in; lines of a terminal can be edited. */
  static ConsoleInput of(Surroundings surroundings) throws IOException {
    Lines lines = surroundings.editsLines() ? TypedLines.open() : new PlainLines(surroundings);
    return new ConsoleInput(lines, surroundings.terminal());
  }

  /** Lines as they come, with prompts where somebody sits there. */
  private static final class PlainLines implements Lines {
    private final Surroundings surroundings;
    private final BufferedReader in;

    PlainLines(Surroundings surroundings) {
      this.surroundings = surroundings;
      this.in =
          new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String read(String prompt) throws IOException {
      if (surroundings.terminal()) {
        surroundings.out().print(prompt);
        surroundings.out().flush();
      }
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
