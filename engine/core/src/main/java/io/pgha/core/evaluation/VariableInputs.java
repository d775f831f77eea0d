package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.json.JsonSyntax;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Collects what the user gives the root module's variables, later ones over earlier ones: the
 * environment, files loaded by themselves, then {@code -var} and {@code -var-file} in their order.
 * Last of all the user may be asked for what is still missing.
 */
public final class VariableInputs {
  /** What the names of environment variables start with. */
  public static final String ENVIRONMENT_PREFIX = "PGHA_VAR_";

  private static final Set<String> NAMED_FOR_PGHA =
      Set.of("pgha.pghavars.hcl", "pgha.pghavars.json");

  private static final Set<String> AUTOMATIC = Set.of(".auto.pghavars.hcl", ".auto.pghavars.json");

  private static final Set<Type> TEXTUAL = Set.of(Type.STRING, Type.NUMBER, Type.BOOL);

  private record Given(Value value, SourceRange range) {
    /** The option or the environment's variable that gave it, or its place in a file. */
    String giver() {
      String file = range.file();
      return file.startsWith("<") ? file.substring(1, file.length() - 1) : range.toString();
    }
  }

  private final SequencedMap<String, Variable> declared;
  private final Evaluator evaluator;
  private final SourceFiles sources;
  private final Diagnostics diagnostics;
  private final Variables variables;
  private final Map<String, Given> given = new TreeMap<>();
  private final boolean lenient;

  /** Whether a file of values has mistakes for which nobody knows which ones it gives. */
  private boolean torn;

  /** Nothing given yet. */
  public VariableInputs(
      SequencedMap<String, Variable> declared,
      Evaluator evaluator,
      SourceFiles sources,
      Diagnostics diagnostics) {
    this(declared, evaluator, sources, false, diagnostics);
  }

  /**
   * Nothing given yet.
   *
   * @param lenient whether values of variables that are not declared are left aside without a word:
   *     they are for another module
   */
  public VariableInputs(
      SequencedMap<String, Variable> declared,
      Evaluator evaluator,
      SourceFiles sources,
      boolean lenient,
      Diagnostics diagnostics) {
    this.lenient = lenient;
    this.declared = declared;
    this.evaluator = evaluator.withoutFunctions();
    this.sources = sources;
    this.diagnostics = diagnostics;
    this.variables = new Variables(evaluator, diagnostics);
  }

  /** Takes the environment's; names that no variable has are no mistake there. */
  public void addEnvironment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach((key, text) -> {
          if (key.startsWith(ENVIRONMENT_PREFIX)) {
            String name = key.substring(ENVIRONMENT_PREFIX.length());
            if (declared.containsKey(name)) {
              addText(name, text, "the environment variable " + key);
            }
          }
        });
  }

  /**
   * Takes the files of a folder that are loaded by themselves: those that are named for pgha first,
   * then the others by name.
   */
  public void addAutomaticFiles(Path directory) {
    addAutomaticFiles(directory, "", lenient);
  }

  /**
   * Takes those of a folder of tests. They are for all modules that are tried there: names that no
   * variable has are no mistake.
   *
   * @param shown what stands before the name of a file where it is shown, such as {@code tests/}
   */
  public void addAutomaticFilesOfTests(Path directory, String shown) {
    addAutomaticFiles(directory, shown, true);
  }

  private void addAutomaticFiles(Path directory, String shown, boolean forOthersToo) {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      Stream.concat(
              names.stream().filter(NAMED_FOR_PGHA::contains),
              names.stream().filter(name -> AUTOMATIC.stream().anyMatch(name::endsWith)))
          .forEach(name -> addFile(directory.resolve(name), shown + name, forOthersToo));
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(
              "unreadable-directory",
              "Can't read the folder " + directory,
              "Its files can't be listed (" + e.getMessage() + ")."));
    }
  }

  /** Takes a file given with {@code -var-file}. */
  public void addFile(Path file) {
    addFile(file, file.toString(), lenient);
  }

  private void addFile(Path file, String name, boolean forOthersToo) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(
              "unreadable-file",
              "Can't read the variables file " + name,
              e instanceof NoSuchFileException
                  ? "There is no such file. Check its name."
                  : "It can't be read ("
                      + e.getMessage()
                      + "). Check its name and that you may read it."));
      return;
    }
    SourceFile source = sources.add(SourceFile.decode(name, bytes, diagnostics));
    Diagnostics found = new Diagnostics();
    Body body =
        name.endsWith(".json")
            ? JsonSyntax.parseValues(source, found)
            : Parser.parseFile(source, found);
    torn |= found.hasErrors();
    diagnostics.addAll(found.all());
    for (Attribute attribute : body.justAttributes(diagnostics).values()) {
      if (declared.containsKey(attribute.name())) {
        Value value =
            evaluator.evaluate(
                attribute.expression(), io.pgha.language.expression.Variables.NONE, diagnostics);
        given.put(attribute.name(), new Given(value, attribute.expression().range()));
      } else if (!forOthersToo) {
        // One file may be for several folders. Its line is not shown: who knows what secret it has.
        diagnostics.add(
            undeclared(attribute.name())
                .asWarning()
                .explained(
                    "It is given in %s, line %d."
                        .formatted(name, attribute.nameRange().start().line())));
      }
    }
  }

  /** Takes {@code name=value} of {@code -var}. */
  public void addOption(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-option",
              "Invalid -var option",
              "\"" + text + "\" is not of the form name=value."));
      return;
    }
    String name = text.substring(0, equals).strip();
    if (!declared.containsKey(name)) {
      if (!lenient) {
        diagnostics.add(undeclared(name));
      }
      return;
    }
    addText(name, text.substring(equals + 1), "-var " + name);
  }

  /** Asks for the values that are required and were not given, in the order of the names. */
  public void askFor(VariablePrompt prompt) {
    new TreeMap<>(declared)
        .forEach((name, variable) -> {
          if (!given.containsKey(name) && variable.defaultValue().isEmpty()) {
            prompt.ask(variable).ifPresent(text -> addText(name, text, "value for var." + name));
          }
        });
  }

  /** Takes the values that a saved plan was made with; it never has those that are hidden. */
  public void addSaved(Map<String, Value> values) {
    values.forEach((name, value) -> {
      Variable variable = declared.get(name);
      if (variable != null && !variable.isHidden()) {
        given.put(name, new Given(value, variable.range()));
      }
    });
  }

  /**
   * Takes a value.
   *
   * @param range where it is written
   */
  public void add(String name, Value value, SourceRange range) {
    if (declared.containsKey(name)) {
      given.put(name, new Given(value, range));
    } else if (!lenient) {
      diagnostics.add(undeclared(name).at(range));
    }
  }

  private Diagnostic undeclared(String name) {
    return Diagnostic.error(
        "undeclared-variable",
        "Value for undeclared variable",
        "The root module has no variable \""
            + name
            + "\"."
            + NearestName.of(name, declared.keySet())
                .map(known -> " Did you mean \"" + known + "\"?")
                .orElse(""));
  }

  /**
   * A variable of a primitive type, or of none, takes the text as it is, to be converted; any other
   * takes it as an expression.
   */
  private void addText(String name, String text, String from) {
    Variable variable = declared.get(name);
    SourceFile source = SourceFile.of("<" + from + ">", text);
    if (variable != null && !variable.isHidden()) {
      // Errors show its source.
      sources.add(source);
    }
    SourceRange range = source.range(0, text.length());
    if (variable == null
        || variable.type().isEmpty()
        || TEXTUAL.contains(variables.constraint(variable).type())) {
      given.put(name, new Given(new Str(text), range));
      return;
    }
    Diagnostics found = new Diagnostics();
    Value value =
        evaluator.evaluate(
            Parser.parseExpression(source, found),
            io.pgha.language.expression.Variables.NONE,
            found);
    given.put(name, new Given(value, range));
    if (variable.isHidden() && found.hasErrors()) {
      // What is wrong may be the secret itself, such as a name that nobody declares.
      diagnostics.add(
          Diagnostic.error(
                  "invalid-expression",
                  "Invalid value for variable \"" + name + "\"",
                  "What was given by "
                      + from
                      + " is no expression. What is wrong with it is not shown: the variable is"
                      + " sensitive or ephemeral. A text in a list or an object stands in quotes.")
              .at(variable.range()));
    } else {
      diagnostics.addAll(found.all());
    }
  }

  /** What becomes of variables that were given no value. */
  public enum Lacking {
    /** They have their defaults; one without is an error. */
    REFUSED,
    /** They have their defaults; one without is unknown. */
    UNKNOWN,
    /** They are unknown, whatever their defaults. */
    OPEN
  }

  /** The value of every declared variable. */
  public Map<String, Value> values(Lacking lacking) {
    Map<String, Value> values = new LinkedHashMap<>();
    declared.forEach((name, variable) -> values.put(name, value(variable, lacking)));
    return values;
  }

  private Value value(Variable variable, Lacking lacking) {
    Optional<Given> one = Optional.ofNullable(given.get(variable.name()));
    boolean missed = torn || lacking != Lacking.REFUSED;
    if (one.isEmpty() && variable.defaultValue().isEmpty() && missed) {
      return variables.unknown(variable);
    }
    // The default is looked at for its errors in any case.
    Diagnostics found = new Diagnostics();
    Value value =
        new Variables(evaluator, found).value(variable, one.map(Given::value), range(variable));
    for (Diagnostic each : found.all()) {
      // A secret is not shown where it was given, so that is said.
      boolean unsaid =
          one.isPresent()
              && variable.isHidden()
              && each.subject().equals(Optional.of(variable.range()));
      diagnostics.add(
          unsaid ? each.explained("Where it was given: " + one.get().giver() + ".") : each);
    }
    return one.isEmpty() && lacking == Lacking.OPEN ? variables.unknown(variable) : value;
  }

  /** Where the value of each variable was given; where it was not, the variable itself. */
  public Map<String, SourceRange> ranges() {
    Map<String, SourceRange> ranges = new LinkedHashMap<>();
    declared.forEach((name, variable) -> ranges.put(name, range(variable)));
    return ranges;
  }

  private SourceRange range(Variable variable) {
    Given one = given.get(variable.name());
    // An error shows the source that it points at.
    return one == null || variable.isHidden() ? variable.range() : one.range();
  }

  /** The names that were given a value. */
  public List<String> names() {
    return List.copyOf(given.keySet());
  }
}
