package io.pgha.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The {@code pgha} command.
 *
 * <p>A subcommand's classes are loaded only when it is the one that runs (or when all are listed):
 * half of what a short command costs is the loading of classes that it does not need.
 */
public final class Main {
  private static final Map<String, Function<Main, Subcommand>> COMMANDS = commands();

  private Path directory = Path.of("");

  private final Surroundings surroundings;
  private final List<String> arguments;

  private Main(Surroundings surroundings, List<String> arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
  }

  private void declare(Arguments takes) {
    takes.description("Terraform for highly available PostgreSQL.");
    takes.option(
        "-chdir",
        "FOLDER",
        Path.class,
        "Work in this folder instead of the current one. Stands before the command. For pgha drift"
            + " it may be a pattern such as 'clusters/*'.",
        given -> directory = given);
  }

  /** The folder of the configuration that is worked on. */
  Path directory() {
    Path folder = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.of(
          "no-folder",
          "There is no folder " + directory,
          "-chdir names the folder with the configuration; " + folder + " is none.");
    }
    return folder;
  }

  /**
   * A folder to look at.
   *
   * @param name as the user named it; {@code .} for the current one
   * @param folder where it is, absolute
   */
  record Root(String name, Path folder) {}

  /**
   * The folders that are worked on: the one that -chdir names, or all that it matches where it is a
   * pattern such as {@code clusters/*}.
   */
  List<Root> roots() {
    String name = directory.toString();
    boolean pattern = name.matches("(?s).*[*?\\[{].*") && !Files.isDirectory(directory);
    if (!pattern) {
      return List.of(new Root(name.isEmpty() ? "." : name, directory()));
    }
    return Roots.matching(name);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** All that the command was given. */
  List<String> arguments() {
    return arguments;
  }

  /** Where a command writes. */
  Console console(ViewOptions view) {
    return new Console(surroundings, view);
  }

  /** Where a command writes that can write for programs too. */
  Console console(ViewOptions view, ReportOptions report) {
    return console(view, report.json);
  }

  /** The same. */
  Console console(ViewOptions view, boolean json) {
    return json
        ? new Console(surroundings, view, Optional.of(JsonLines.begun(surroundings)))
        : console(view);
  }

  private static Map<String, Function<Main, Subcommand>> commands() {
    Map<String, Function<Main, Subcommand>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand::new);
    commands.put("get", GetCommand::new);
    commands.put("validate", ValidateCommand::new);
    commands.put("fmt", FormatCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("apply", ApplyCommand::new);
    commands.put("destroy", DestroyCommand::new);
    commands.put("refresh", RefreshCommand::new);
    commands.put("drift", DriftCommand::new);
    commands.put("show", ShowCommand::new);
    commands.put("output", OutputCommand::new);
    commands.put("console", ConsoleCommand::new);
    commands.put("state", StateCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("taint", TaintCommand::new);
    commands.put("untaint", UntaintCommand::new);
    commands.put("test", TestCommand::new);
    commands.put("graph", GraphCommand::new);
    commands.put("providers", ProvidersCommand::new);
    commands.put("metadata", MetadataCommand::new);
    commands.put("force-unlock", ForceUnlockCommand::new);
    commands.put("version", VersionCommand::new);
    return commands;
  }

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    prepareNumbers();
    exit(run(arguments));
  }

  /**
   * Has Java set up its decimal numbers while the arguments are read: it computes a table of large
   * powers at their first use, a twentieth of a small plan.
   */
  private static void prepareNumbers() {
    Thread.ofPlatform()
        .daemon()
        .name("numbers")
        .start(() -> {
          var _ = BigDecimal.ZERO.hashCode();
        });
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
    return run(Surroundings.system(), arguments);
  }

  /** Runs one command with its surroundings and returns its exit status. */
  static int run(Surroundings surroundings, String... arguments) {
    if (surroundings.debug()) {
      logAll();
    }
    Failures failures = new Failures(surroundings, arguments);
    int status;
    try {
      String[] words = versionAsked(arguments) ? new String[] {"version"} : arguments;
      status = commandLine(surroundings, words).execute(words);
    } catch (Error e) {
      status = failures.handle(e);
    }
    return surroundings
        .out()
        .trouble()
        .map(why -> {
          failures.show(
              io.pgha.language.diagnostic.Diagnostic.error(
                  "output", "The output can't be written", why + "."));
          return Operation.FAILED;
        })
        .orElse(status);
  }

  private static boolean versionAsked(String... arguments) {
    return arguments.length == 1 && arguments[0].matches("-v|--?version");
  }

  private static void logAll() {
    String settings =
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = FINE
        io.pgha.level = FINE
        """;
    try {
      java.util.logging.LogManager.getLogManager()
          .readConfiguration(
              new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line parser with the subcommand that the arguments name, or with all of them. */
  static CommandLine commandLine(String... arguments) {
    return commandLine(Surroundings.system(), arguments);
  }

  private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
    Main main = new Main(surroundings, List.of(arguments));
    CommandSpec spec = CommandSpec.wrapWithoutInspection(main).name("pgha");
    Arguments takes = new Arguments(spec);
    main.declare(takes);
    String name = subcommandOf(arguments);
    Function<Main, Subcommand> command = COMMANDS.get(name);
    if (command != null) {
      takes.subcommand(name, command.apply(main));
    } else {
      COMMANDS.forEach((each, made) -> takes.subcommand(each, made.apply(main)));
    }
    addHelp(spec);
    CommandLine commandLine = new CommandLine(spec);
    commandLine.registerConverter(Duration.class, new DurationConverter());
    Failures failures = new Failures(surroundings, arguments);
    commandLine.setExecutionExceptionHandler(failures);
    commandLine.setParameterExceptionHandler(failures);
    // A folder may be called history.
    commandLine.setAllowSubcommandsAsOptionParameters(true);
    // CI adds its own options to those of a script: the last one holds.
    commandLine.setOverwrittenOptionsAllowed(true);
    commandLine.setUsageHelpWidth(100);
    commandLine.setUsageHelpLongOptionsMaxWidth(32);
    commandLine.setOut(new PrintWriter(surroundings.out(), false, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(surroundings.errors(), true, StandardCharsets.UTF_8));
    return commandLine;
  }

  private static void addHelp(CommandSpec command) {
    command.addOption(
        OptionSpec.builder("-help", "--help", "-h")
            .usageHelp(true)
            .description("Show this help.")
            .build());
    command.subcommands().values().forEach(each -> addHelp(each.getCommandSpec()));
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
