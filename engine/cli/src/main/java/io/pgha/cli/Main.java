package io.pgha.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The {@code pgha} command.
 *
 * <p>A subcommand's classes are loaded only when it is the one that runs (or when all are listed):
 * half of what a short command costs is the loading of classes that it does not need.
 */
@Command(name = "pgha", description = "Terraform for highly available PostgreSQL.")
public final class Main {
  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  @Option(
      names = {"-chdir", "--chdir"},
      paramLabel = "FOLDER",
      description = "Work in this folder instead of the current one. Stands before the command.")
  private Path directory = Path.of("");

  private Main() {}

  /** The folder of the configuration that is worked on. */
  Path directory() {
    return directory.toAbsolutePath().normalize();
  }

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand::new);
    commands.put("validate", ValidateCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("apply", ApplyCommand::new);
    commands.put("destroy", DestroyCommand::new);
    commands.put("version", VersionCommand::new);
    return commands;
  }

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    exit(run(arguments));
  }

  /**
   * Ends the process at once, without shutdown hooks: those are for interrupted commands.
   *
   * <p>{@link System#exit} looks for a logger first, through every jar of the class path, which
   * takes longer than all the rest of a short command.
   */
  static void exit(int status) {
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }

  /** Runs one command and returns its exit status. */
  static int run(String... arguments) {
    return commandLine(arguments).execute(arguments);
  }

  /** The command line parser with the subcommand that the arguments name, or with all of them. */
  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    String name = subcommandOf(arguments);
    Supplier<Object> command = COMMANDS.get(name);
    if (command != null) {
      commandLine.addSubcommand(name, command.get());
    } else {
      COMMANDS.forEach((each, supplier) -> commandLine.addSubcommand(each, supplier.get()));
    }
    return commandLine;
  }

  private static String subcommandOf(String... arguments) {
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        return argument;
      }
    }
    return "";
  }
}
