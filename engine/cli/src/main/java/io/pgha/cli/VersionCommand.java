package io.pgha.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;

/** {@code pgha version}: which pgha this is. */
final class VersionCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private boolean json;

  VersionCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Show the version of pgha.");
    takes.flag("-json", "Write a JSON object instead of text.", given -> json = given);
  }

  @Override
  public Integer call() {
    Version version = Version.current();
    PrintStream out = main.surroundings().out();
    // Neither value can hold a character that JSON escapes, and Jackson would double the start.
    out.print(
        json
            ? """
            {
              "pgha_version": "%s",
              "platform": "%s"
            }
            """
                .formatted(version.number(), version.platform())
            : """
            pgha v%s
            on %s
            """
                .formatted(version.number(), version.platform()));
    out.flush();
    return 0;
  }
}
