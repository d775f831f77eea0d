package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.Deferral;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Resources and modules of which it can't be told which instances there are before data sources are
 * read, and import blocks of which it can't be told what they name: what to read for them, and what
 * to say where that does not help.
 *
 * @param open the resources and modules that are still untold
 * @param imports the import blocks that are
 * @param read what is planned of what decides them, by address
 */
record Deferrals(List<Deferral> open, List<Deferral> imports, Map<String, PlannedInstance> read) {
  Deferrals {
    open = List.copyOf(open);
    imports = List.copyOf(imports);
    read = Map.copyOf(read);
  }

  /** What an evaluation leaves open. */
  static Deferrals of(Evaluation evaluation, Map<String, PlannedInstance> read) {
    return new Deferrals(evaluation.deferrals(), evaluation.importDeferrals(), read);
  }

  /** Whether it is known of everything which instances there are. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Whether it is known what is imported, too. */
  boolean isSettled() {
    return open.isEmpty() && imports.isEmpty();
  }

  private List<Deferral> all() {
    return Stream.concat(open.stream(), imports.stream()).toList();
  }

  /** The names of what each of them needs, by the address of the resource or module call. */
  Map<String, Set<String>> needs() {
    Map<String, Set<String>> needs = new TreeMap<>();
    open.forEach(each -> needs.put(each.address(), each.needs()));
    return needs;
  }

  /** Whether an instance that state has is one of those that configuration may have or not. */
  boolean covers(String address) {
    return !open.isEmpty() && open.stream().anyMatch(each -> each.covers(address));
  }

  /**
   * The instances that decide them, and all that these need.
   *
   * @param configured the addresses of all that is configured
   * @param needs the names of what an instance needs, by its address
   */
  Set<String> deciding(Collection<String> configured, Function<String, Set<String>> needs) {
    Named named = new Named(configured);
    Set<String> found = new LinkedHashSet<>();
    Deque<String> names = new ArrayDeque<>();
    all().forEach(each -> names.addAll(each.sources()));
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
    for (Deferral each : all()) {
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
    return selection.all()
        || selection.chosen().stream().anyMatch(deferral::covers)
        || configured.values().stream()
            .anyMatch(instance ->
                selection.includes(instance.address()) && evaluation.uses(instance, deferral));
  }

  private List<Diagnostic> errors(Deferral deferral, Module module) {
    Named named = new Named(read.keySet());
    List<PlannedInstance> sources =
        deferral.sources().stream()
            .flatMap(name -> named.instances(name).stream())
            .map(read::get)
            .toList();
    List<Diagnostic> obstacles =
        sources.stream()
            .flatMap(source ->
                source.obstacle().stream().map(found -> Findings.weighed(found, source, module)))
            .filter(Diagnostic::isError)
            .toList();
    List<Diagnostic> errors = new ArrayList<>(obstacles);
    if (deferral.sources().isEmpty()) {
      errors.add(withRemedy(deferral));
    } else if (!obstacles.isEmpty()) {
      String source = obstructed(sources);
      errors.add(untold(deferral, source, "could not be read", leaveOut(deferral)));
    } else if (read.isEmpty()) {
      String all = String.join(", ", deferral.sources());
      errors.add(untold(deferral, all, "no machine was asked for", "Plan without -refresh=false."));
    } else {
      errors.add(
          sources.stream()
              .filter(source -> source.action() == Action.READ)
              .findFirst()
              .map(source ->
                  untold(
                      deferral,
                      source.address(),
                      "is not read by now: " + source.reason().text(),
                      "Apply what that waits for first, with -target. " + leaveOut(deferral)))
              .orElseGet(() -> withRemedy(deferral)));
    }
    return errors.stream()
        .map(error -> error.address().isPresent() ? error : error.about(deferral.address()))
        .toList();
  }

  private static Diagnostic withRemedy(Deferral deferral) {
    Diagnostic why = deferral.why();
    Diagnostic error =
        Diagnostic.error(
            why.code(),
            why.summary(),
            why.detail()
                + " Or apply what it depends on first, with -target. "
                + leaveOut(deferral));
    return why.subject().map(error::at).orElse(error);
  }

  private static String obstructed(List<PlannedInstance> sources) {
    return sources.stream()
        .filter(source -> !source.obstacle().isEmpty())
        .map(PlannedInstance::address)
        .findFirst()
        .orElseThrow();
  }

  private static String leaveOut(Deferral deferral) {
    return "To plan the rest without it: -exclude=" + deferral.address() + ".";
  }

  private static Diagnostic untold(
      Deferral deferral, String source, String problem, String remedy) {
    Diagnostic why = deferral.why();
    Diagnostic error =
        Diagnostic.error(
            why.code(),
            why.summary(),
            "%s is decided by %s, which %s. %s"
                .formatted(deferral.question(), source, problem, remedy));
    return why.subject().map(error::at).orElse(error);
  }
}
