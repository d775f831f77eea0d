package io.pgha.cli.view;

import io.pgha.language.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a saved plan holds for, beside the state that the plan itself names.
 *
 * @param targets the addresses that it is limited to
 * @param exclusions the addresses that it leaves out
 * @param replacements the addresses that are made anew
 * @param configuration the digest of the configuration
 * @param variables the root module's variables that may be shown
 * @param secrets the names of those that may not
 * @param fingerprint a slow, salted hash of the values of these together; empty without any
 */
public record Binding(
    List<String> targets,
    List<String> exclusions,
    List<String> replacements,
    String configuration,
    Map<String, Value> variables,
    List<String> secrets,
    String fingerprint) {
  public Binding {
    targets = targets.stream().sorted().toList();
    exclusions = exclusions.stream().sorted().toList();
    replacements = replacements.stream().sorted().toList();
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    secrets = secrets.stream().sorted().toList();
  }
}
