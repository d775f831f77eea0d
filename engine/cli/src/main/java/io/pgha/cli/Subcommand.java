package io.pgha.cli;

import picocli.CommandLine.Model.CommandSpec;

/**
 * One of pgha's commands: says what it takes. One that does something by itself, and not only by
 * its subcommands, is a {@link java.util.concurrent.Callable} too.
 */
interface Subcommand {
  /** Declares the command's description, options, parameters and subcommands. */
  void declare(Arguments takes);

  /** The command as picocli parses it. */
  default CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    declare(new Arguments(spec));
    return spec;
  }
}
