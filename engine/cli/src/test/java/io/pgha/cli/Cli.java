package io.pgha.cli;

import io.pgha.provider.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs commands in a folder, in this process, and keeps what they say. */
final class Cli {
  private final Path folder;
  private final Map<String, String> environment;
  private final Supplier<Transport> machines;

  /** What a command said. */
  record Said(int status, String out, String errors) {}

  Cli(Path folder) {
    this(folder, Map.of());
  }

  Cli(Path folder, Map<String, String> environment) {
    this(folder, environment, Providers::transport);
  }

  /** Commands that reach no machines but these. */
  Cli(Path folder, Transport machines) {
    this(folder, Map.of(), () -> machines);
  }

  private Cli(Path folder, Map<String, String> environment, Supplier<Transport> machines) {
    this.folder = folder;
    this.environment = environment;
    this.machines = machines;
  }

  /** Writes the configuration. */
  Cli configure(String text) {
    try {
      Files.writeString(folder.resolve("main.pgha.hcl"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Runs a command; the words must be without the folder. */
  Said run(String... words) {
    return runWith("", words);
  }

  /** Runs a command that is given an input; the words must be without the folder. */
  Said runWith(String input, String... words) {
    return run(false, environment, input, words);
  }

  /** Runs a command on a plain terminal where somebody types these lines. */
  Said runOnTerminal(String typed, String... words) {
    Map<String, String> plain = new HashMap<>(environment);
    plain.put("TERM", "dumb");
    plain.put("NO_COLOR", "1");
    return run(true, plain, typed, words);
  }

  private Said run(boolean terminal, Map<String, String> variables, String input, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new CheckedOutput(out),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            variables,
            terminal,
            machines);
    List<String> all = new ArrayList<>(List.of("-chdir=" + folder));
    all.addAll(List.of(words));
    int status = Main.run(surroundings, all.toArray(String[]::new));
    surroundings.out().flush();
    return new Said(
        status, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
  }
}
