package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.Deferral;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Resources and modules of which it can't be told which instances there are before data sources are
 * read: what to read for them, and what to say where that does not help.
 *
 * @param open those that are still untold
 * @param read what is planned of what decides them, by address
 */
record Deferrals(List<Deferral> open, Map<String, PlannedInstance> read) {
  Deferrals {
    open = List.copyOf(open);
    read = Map.copyOf(read);
  }

  /** Whether it is known of everything which instances there are. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** The addresses of the resources and module calls. */
  Set<String> addresses() {
    Set<String> addresses = new TreeSet<>();
    open.forEach(each -> addresses.add(each.address()));
    return addresses;
  }

  /** Whether an instance that state has is one of those that configuration may have or not. */
  boolean covers(String address) {
    return open.stream()
        .map(Deferral::address)
        .anyMatch(each ->
            address.equals(each)
                || address.startsWith(each + "[")
                || address.startsWith(each + "."));
  }

  /**
   * The instances that decide them, and all that these need.
   *
   * @param configured the addresses of all that is configured
   * @param needs the names of what an instance needs, by its address
   */
  static Set<String> deciding(
      List<Deferral> open, Collection<String> configured, Function<String, Set<String>> needs) {
    Named named = new Named(configured);
    Set<String> found = new LinkedHashSet<>();
    Deque<String> names = new ArrayDeque<>();
    open.forEach(each -> names.addAll(each.sources()));
    Set<String> seen = new TreeSet<>();
    while (!names.isEmpty()) {
      String name = names.removeFirst();
      if (!seen.add(name)) {
        continue;
      }
      for (String address : named.instances(name)) {
        if (found.add(address)) {
          names.addAll(needs.apply(address));
        }
      }
    }
    return found;
  }

  /**
   * What is wrong where a plan is about some of them, or about what uses them: where a data source
   * can't be read, that; else that it is not read before the apply.
   */
  List<Diagnostic> errors(
      Selection selection,
      Map<String, ResourceInstance> configured,
      Evaluation evaluation,
      Module module) {
    Set<Diagnostic> errors = new LinkedHashSet<>();
    for (Deferral each : open) {
      if (isConcerned(each, selection, configured, evaluation)) {
        errors.addAll(errors(each, module));
      }
    }
    return List.copyOf(errors);
  }

  private static boolean isConcerned(
      Deferral deferral,
      Selection selection,
      Map<String, ResourceInstance> configured,
      Evaluation evaluation) {
    return selection.includes(deferral.address())
        || configured.values().stream()
            .anyMatch(instance ->
                selection.includes(instance.address()) && evaluation.uses(instance, deferral));
  }

  private List<Diagnostic> errors(Deferral deferral, Module module) {
    List<PlannedInstance> sources =
        deferral.sources().stream()
            .flatMap(name -> new Named(read.keySet()).instances(name).stream())
            .map(read::get)
            .toList();
    List<Diagnostic> obstacles =
        sources.stream()
            .flatMap(source ->
                source.obstacle().stream().map(found -> Findings.weighed(found, source, module)))
            .filter(Diagnostic::isError)
            .toList();
    if (!obstacles.isEmpty()) {
      return obstacles;
    }
    Diagnostic error =
        read.isEmpty()
            ? waiting(deferral, String.join(", ", deferral.sources()), "no machine was asked")
            : sources.stream()
                .filter(source -> source.action() == Action.READ)
                .findFirst()
                .map(source -> waiting(deferral, source.address(), source.reason()))
                .orElse(deferral.why());
    return List.of(error.about(deferral.address()));
  }

  private static Diagnostic waiting(Deferral deferral, String source, String reason) {
    Diagnostic why = deferral.why();
    Diagnostic error =
        Diagnostic.error(
            why.code(),
            why.summary(),
            "%s decides which instances there are, and is not read by now: %s. Apply what that waits for first, with -target, or leave this out with -exclude=%s."
                .formatted(source, reason, deferral.address()));
    return why.subject().map(error::at).orElse(error);
  }
}
