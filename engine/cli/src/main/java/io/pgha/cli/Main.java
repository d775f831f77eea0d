package io.pgha.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code pgha} command. */
@Command(
    name = "pgha",
    description = "Terraform for highly available PostgreSQL.",
    subcommands = {VersionCommand.class})
public final class Main {
  Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
