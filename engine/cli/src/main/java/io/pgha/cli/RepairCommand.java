package io.pgha.cli;

import io.pgha.core.configuration.Module;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command that repairs single instances of a root: a plan of their own, which holds nothing of
 * new configuration. It has the variables of the run that found them, without values that nobody
 * may see.
 */
final class RepairCommand {
  private final String pgha;
  private final List<String> variables;
  private final List<String> notInPlan;

  /**
   * Makes such commands.
   *
   * @param root where
   * @param project the run's variables
   * @param declared the root module's variables
   */
  RepairCommand(Main.Root root, ProjectOptions project, Map<String, Module.Variable> declared) {
    this.pgha =
        root.name().equals(".") ? "pgha" : "pgha -chdir=" + Continuation.quoted(root.name());
    Continuation command = new Continuation(declared, address -> false);
    this.variables = command.words(project.words(text -> true));
    // A saved plan holds the others, and refuses to be given them again.
    this.notInPlan = command.words(project.words(text -> isHidden(text, declared)));
  }

  /** The command for some instances. */
  String of(List<String> addresses) {
    List<String> targets = addresses.stream().map(address -> "-target=" + address).toList();
    return pgha
        + " drift -repair-plan=repair.plan"
        + line(variables)
        + line(targets)
        // Drift is found again, so the first command ends with 2, as it does at night.
        + "; "
        + pgha
        + " apply"
        + line(notInPlan)
        + " repair.plan";
  }

  private static boolean isHidden(String assignment, Map<String, Module.Variable> declared) {
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? assignment : assignment.substring(0, equals).strip();
    Module.Variable variable = declared.get(name);
    return variable == null || variable.isHidden();
  }

  private static String line(List<String> words) {
    return words.stream()
        .map(word -> " " + Continuation.forShell(word))
        .collect(Collectors.joining());
  }
}
