package io.pgha.cli;

import io.pgha.core.configuration.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that goes on where a run ended: the one that was given, without what is done already,
 * and without values that nobody may see.
 */
final class Continuation {
  private static final Set<String> VARIABLE = Set.of("-var", "--var");
  private static final Set<String> REPLACE = Set.of("-replace", "--replace");

  /** What stands for a value that nobody may see. */
  private static final String HIDDEN = "…";

  private static final Pattern WITH_HIDDEN = Pattern.compile("(--?var)=\\s*(\\S+?)\\s*=" + HIDDEN);

  private final Map<String, Module.Variable> variables;
  private final Predicate<String> replaced;

  /**
   * Makes such commands.
   *
   * @param variables the root module's variables
   * @param replaced whether an instance need not be made anew any more
   */
  Continuation(Map<String, Module.Variable> variables, Predicate<String> replaced) {
    this.variables = variables;
    this.replaced = replaced;
  }

  /** The command in a form that can be pasted into a shell. */
  String of(List<String> arguments) {
    return Stream.concat(Stream.of("pgha"), words(arguments).stream())
        .map(Continuation::forShell)
        .collect(Collectors.joining(" "));
  }

  /** The words of the command after its name. */
  List<String> words(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String name =
          argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
      boolean takesValue = VARIABLE.contains(name) || REPLACE.contains(name);
      if (!takesValue) {
        words.add(argument);
        continue;
      }
      String value = argument.substring(Math.min(argument.length(), name.length() + 1));
      if (name.equals(argument) && i + 1 < arguments.size()) {
        i++;
        value = arguments.get(i);
      }
      if (VARIABLE.contains(name)) {
        words.add(name + "=" + shown(value));
      } else if (!replaced.test(value)) {
        words.add(name + "=" + value);
      }
    }
    return words;
  }

  private String shown(String assignment) {
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? assignment : assignment.substring(0, equals).strip();
    Module.Variable variable = variables.get(name);
    boolean open = variable != null && !variable.isHidden();
    return open || equals < 0 ? assignment : assignment.substring(0, equals + 1) + HIDDEN;
  }

  /**
   * A word as a shell takes it. A value that nobody may see is one that the shell is to know: it
   * refuses to run the command without, so that nothing else is taken for the value.
   */
  static String forShell(String word) {
    Matcher hidden = WITH_HIDDEN.matcher(word);
    if (!hidden.matches()) {
      return quoted(word);
    }
    String name = hidden.group(2);
    // With the prefix it is none that a shell sets itself.
    return "%s=%s=\"${pgha_%s:?}\""
        .formatted(hidden.group(1), quoted(name), name.replaceAll("[^A-Za-z0-9_]", "_"));
  }

  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
