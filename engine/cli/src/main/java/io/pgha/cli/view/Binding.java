package io.pgha.cli.view;

import io.pgha.language.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a saved plan holds for, beside the lineage and serial that the plan itself names.
 *
 * @param version the version of pgha that made it
 * @param command the words of the command that made it, without values that nobody may see
 * @param targets the addresses that it is limited to
 * @param exclusions the addresses that it leaves out
 * @param replacements the addresses that are made anew
 * @param exactly whether only the targets are planned, without what they need
 * @param configuration the digest of the configuration
 * @param state the digest of the state
 * @param variables the root module's variables that may be shown
 * @param hiddenVariables the names of those that may not, and must be given again
 * @param fingerprint a slow, salted hash of all that the plan has and does not show
 */
public record Binding(
    String version,
    List<String> command,
    List<String> targets,
    List<String> exclusions,
    List<String> replacements,
    boolean exactly,
    String configuration,
    String state,
    Map<String, Value> variables,
    List<String> hiddenVariables,
    String fingerprint) {
  public Binding {
    command = List.copyOf(command);
    targets = targets.stream().sorted().toList();
    exclusions = exclusions.stream().sorted().toList();
    replacements = replacements.stream().sorted().toList();
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    hiddenVariables = hiddenVariables.stream().sorted().toList();
  }
}
