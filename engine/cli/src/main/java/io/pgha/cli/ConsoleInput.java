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
final class ConsoleInput {
  private static final String PROMPT = "> ";
  private static final String MORE = ": ";

  private final BufferedReader in;
  private final Surroundings surroundings;
  private final boolean live;

  /** Reads from the surroundings; with prompts where somebody sits there. */
  ConsoleInput(Surroundings surroundings, boolean live) {
    this.surroundings = surroundings;
    this.live = live;
    this.in = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
  }

  /** The next expression; empty at the end of the input. */
  Optional<String> next() throws IOException {
    String line = read(PROMPT);
    if (line == null) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(line);
    while (Parser.isUnfinished(SourceFile.of(ConsoleSession.SOURCE_NAME, text + "\n"))) {
      String more = read(MORE);
      // Who has lost count of the brackets gets out with an empty line.
      if (more == null || (live && more.isBlank() && text.indexOf("<<") < 0)) {
        break;
      }
      text.append('\n').append(more);
    }
    return Optional.of(text.indexOf("\n") < 0 ? line : text.append('\n').toString());
  }

  private @Nullable String read(String prompt) throws IOException {
    if (live) {
      surroundings.out().print(prompt);
      surroundings.out().flush();
    }
    return in.readLine();
  }
}
