package io.pgha.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgha version}: which pgha this is. */
@Command(name = "version", description = "Show the version of pgha.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-json", "--json"},
      description = "Write a JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    Version version = Version.current();
    PrintWriter out = spec.commandLine().getOut();
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
