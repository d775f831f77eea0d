package io.pgha.cli;

import io.pgha.cli.drift.GitHubActions;
import io.pgha.core.observation.Stages;
import io.pgha.provider.transport.Transport;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a command has around it.
 *
 * @param out where results go
 * @param errors where diagnostics go
 * @param in where answers come from
 * @param environment the environment variables
 * @param terminal whether results go to a terminal
 * @param transport makes the way to reach machines
 */
record Surroundings(
    CheckedOutput out,
    PrintStream errors,
    InputStream in,
    Map<String, String> environment,
    boolean terminal,
    Supplier<Transport> transport) {

  /** Those where machines are reached as the distribution does it. */
  Surroundings(
      CheckedOutput out,
      PrintStream errors,
      InputStream in,
      Map<String, String> environment,
      boolean terminal) {
    this(out, errors, in, environment, terminal, Providers::transport);
  }

  /** Those of this process. */
  static Surroundings system() {
    return new Surroundings(
        new CheckedOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        new FileInputStream(FileDescriptor.in),
        System.getenv(),
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent());
  }

  /** Whether somebody types at this process's own terminal, and that can move its cursor. */
  boolean editsLines() throws IOException {
    return isOwnTerminal() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** Whether answers are typed at this process's own terminal. */
  boolean isOwnTerminal() throws IOException {
    return terminal && in instanceof FileInputStream file && file.getFD().equals(FileDescriptor.in);
  }

  /** Whether the user wants to see what pgha does inside. */
  boolean debug() {
    return environment.getOrDefault("PGHA_LOG", "").equalsIgnoreCase("debug");
  }

  /** Who is told how far a run has come: the user who wants to see what pgha does inside. */
  Stages stages() {
    if (!debug()) {
      return Stages.UNSEEN;
    }
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return stage -> {
      double seconds = (System.currentTimeMillis() - start) / 1000.0;
      errors.print(String.format(Locale.ROOT, "pgha %8.3f s  %s\n", seconds, stage));
    };
  }

  /** The text without what would be a command to the CI server that this runs on. */
  String inert(String text) {
    return "true".equals(environment.get("GITHUB_ACTIONS")) ? GitHubActions.inert(text) : text;
  }

  /** Whether colours may be used. */
  boolean colour() {
    return terminal && !environment.containsKey("NO_COLOR");
  }
}
