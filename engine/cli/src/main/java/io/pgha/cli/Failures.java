package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.state.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command into a message that says what, why and what to do. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int WIDTH = 78;
  private static final Set<String> REPORTING =
      Set.of("init", "plan", "apply", "destroy", "refresh", "test");

  private final Surroundings surroundings;
  private final boolean json;

  /** Failures of the command line with the given arguments. */
  Failures(Surroundings surroundings, String... arguments) {
    this.surroundings = surroundings;
    this.json = jsonWanted(arguments);
  }

  /** Whether a command line asks for messages for a program: known before it is understood. */
  private static boolean jsonWanted(String... arguments) {
    List<String> words = List.of(arguments);
    Optional<String> command = words.stream().filter(word -> !word.startsWith("-")).findFirst();
    return command.filter(REPORTING::contains).isPresent()
        && words.stream().anyMatch(word -> word.matches("--?json(=(1|t|T|true|TRUE|True))?"));
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    boolean incomplete =
        e.getMessage() != null && e.getMessage().startsWith("Missing required subcommand");
    if (incomplete) {
      surroundings.out().flush();
      surroundings.errors().print(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
    } else {
      show(
          Diagnostic.error(
              "usage",
              problem(e, command),
              "Run \"" + name + " -help\" to see what " + name + " takes."));
      if (!missing(e).isEmpty()) {
        surroundings.errors().print(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
        surroundings.errors().flush();
      }
    }
    return Operation.FAILED;
  }

  /** The parameters that must be given and are not. */
  private static List<String> missing(ParameterException e) {
    return e instanceof MissingParameterException missing
        ? missing.getMissing().stream()
            .filter(ArgSpec::isPositional)
            .map(ArgSpec::paramLabel)
            .toList()
        : List.of();
  }

  private static String problem(ParameterException e, CommandLine command) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      String name = command.getCommandSpec().qualifiedName();
      if (unmatched.isUnknownOption()) {
        return name + " has no option " + word + suggestion(word, command);
      }
      return command.getSubcommands().isEmpty()
          ? name + " takes no further argument, but was given " + word
          : name + " has no command " + word + suggestion(word, command);
    }
    if (!missing(e).isEmpty()) {
      return command.getCommandSpec().qualifiedName()
          + " needs "
          + String.join(" and ", missing(e));
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static String suggestion(String word, CommandLine command) {
    String plain = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    Optional<String> near =
        word.startsWith("-")
            ? NearestName.of(
                plain,
                command.getCommandSpec().options().stream()
                    .flatMap(option -> java.util.Arrays.stream(option.names()))
                    .toList())
            : NearestName.of(plain, command.getSubcommands().keySet());
    return near.map(name -> ". Did you mean " + name + "?").orElse("");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return handle(e);
  }

  /** Shows what ended a command; returns the exit status. */
  int handle(Throwable e) {
    surroundings.out().flush();
    show(describe(e), e instanceof CommandFailure known ? known.sources() : new SourceFiles());
    trace(e, surroundings);
    return Operation.FAILED;
  }

  /** Shows where a failure came from, where PGHA_LOG=debug asks for it. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  static void trace(Throwable e, Surroundings surroundings) {
    if (surroundings.debug()) {
      e.printStackTrace(surroundings.errors());
    }
  }

  /** What to tell the user of a failure. */
  static Diagnostic describe(Throwable e) {
    return switch (e) {
      case CommandFailure failure -> failure.diagnostic();
      case StateException state -> States.error(state);
      case UncheckedIOException unchecked when unchecked.getCause() != null ->
          files(unchecked.getCause());
      case IOException files -> files(files);
      case InterruptedException _ ->
          Diagnostic.error("interrupted", "Interrupted", "The run was stopped.");
      case StackOverflowError _ ->
          Diagnostic.error(
              "too-deep",
              "The configuration is nested too deeply",
              "Something in it refers to something else that refers on, many thousand times over."
                  + " Make the chain shorter.");
      case OutOfMemoryError _ ->
          Diagnostic.error(
              "out-of-memory",
              "Out of memory",
              "pgha needs more memory than Java gave it. Give it more, for example with"
                  + " PGHA_JAVA_OPTIONS=-Xmx4g, or plan a part with -target.");
      default ->
          Diagnostic.error(
              "internal-error",
              "This is a mistake in pgha",
              "It came upon something it was not made for: "
                  + e.getClass().getSimpleName()
                  + (e.getMessage() == null ? "" : ": " + e.getMessage())
                  + ". What was applied is recorded; nothing of it is lost. Run again with"
                  + " PGHA_LOG=debug to see where it happened, and report that, please.");
    };
  }

  private static Diagnostic files(IOException e) {
    String detail =
        switch (e) {
          case AccessDeniedException denied ->
              denied.getFile() + ": permission denied. Give yourself the right, or work elsewhere.";
          case NoSuchFileException missing ->
              missing.getFile() + ": there is no such file or folder. Look for a slip in its name.";
          case FileSystemException system ->
              system.getFile()
                  + ": "
                  + (system.getReason() == null ? "can't be used" : system.getReason())
                  + ".";
          default -> String.valueOf(e.getMessage());
        };
    return Diagnostic.error("file", "A file can't be read or written", detail);
  }

  void show(Diagnostic diagnostic) {
    show(diagnostic, new SourceFiles());
  }

  private void show(Diagnostic diagnostic, SourceFiles sources) {
    if (json) {
      JsonLines.to(surroundings).diagnostic(diagnostic, sources);
      return;
    }
    surroundings
        .errors()
        .print(
            surroundings.inert(
                new DiagnosticText(sources, surroundings.colour(), WIDTH)
                        .render(PlainDiagnostic.of(diagnostic))
                    + "\n"));
    surroundings.errors().flush();
  }
}
