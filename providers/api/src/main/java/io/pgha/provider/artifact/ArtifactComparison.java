package io.pgha.provider.artifact;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How artifacts differ from what is live, and the steps that mend it. A provider puts the groups of
 * steps in its own order: packages and files that disturb nobody before its turn, the rest in it.
 *
 * @param differences those that differ, in the order in which the provider named them
 * @param failures errors for what could not be told
 */
public record ArtifactComparison(List<ArtifactDifference> differences, List<Diagnostic> failures) {
  public ArtifactComparison {
    differences = List.copyOf(differences);
    failures = List.copyOf(failures);
  }

  /** Whether all is as it should be. */
  public boolean matches() {
    return differences.isEmpty() && failures.isEmpty();
  }

  /** The differences as people see them. */
  public List<ArtifactChange> changes() {
    return differences.stream().map(ArtifactDifference::change).toList();
  }

  /** The difference of an artifact by its key, such as {@code file:/etc/default/etcd}. */
  public Optional<ArtifactDifference> difference(String key) {
    return differences.stream().filter(each -> each.artifact().key().equals(key)).findFirst();
  }

  /** Whether the artifact with the key differs on any host. */
  public boolean changed(String key) {
    return difference(key).isPresent();
  }

  /** Whether the artifact with the key differs in one of the given aspects. */
  public boolean changed(String key, Aspect... aspects) {
    return difference(key).map(ArtifactDifference::aspects).orElse(Set.of()).stream()
        .anyMatch(Set.of(aspects)::contains);
  }

  /** Whether a file's content is other than it should be, or it is not there at all. */
  public boolean contentChanged(String key) {
    return changed(key, Aspect.CONTENT, Aspect.MISSING, Aspect.KIND);
  }

  /** The steps that mend one artifact; none where it matches. */
  public List<PlacedStep> steps(String key) {
    return difference(key).map(ArtifactDifference::steps).orElse(List.of());
  }

  /** Installs what is missing, in one transaction a host, then sets holds. */
  public List<PlacedStep> packageSteps() {
    Map<String, Set<String>> install = new TreeMap<>();
    Map<String, Set<String>> hold = new TreeMap<>();
    Map<String, Set<String>> release = new TreeMap<>();
    for (ArtifactDifference difference : differences) {
      if (difference.artifact() instanceof Artifact.OfPackage) {
        String host = difference.artifact().host();
        for (PlacedStep placed : difference.steps()) {
          if (placed.step() instanceof Step.InstallPackages(List<String> packages)) {
            install.computeIfAbsent(host, key -> new TreeSet<>()).addAll(packages);
          } else if (placed.step() instanceof Step.HoldPackages(List<String> names, boolean held)) {
            (held ? hold : release).computeIfAbsent(host, key -> new TreeSet<>()).addAll(names);
          }
        }
      }
    }
    List<PlacedStep> steps = new ArrayList<>();
    release.forEach((host, names) ->
        steps.add(PlacedStep.on(host, new Step.HoldPackages(List.copyOf(names), false))));
    install.forEach((host, names) ->
        steps.add(PlacedStep.on(host, new Step.InstallPackages(List.copyOf(names)))));
    hold.forEach((host, names) ->
        steps.add(PlacedStep.on(host, new Step.HoldPackages(List.copyOf(names), true))));
    return steps;
  }

  /** Makes directories, then writes or mends files, each in the given order. */
  public List<PlacedStep> fileSteps() {
    List<PlacedStep> steps = new ArrayList<>(stepsOf(Artifact.OfDirectory.class));
    steps.addAll(stepsOf(Artifact.OfFile.class));
    return steps;
  }

  /** Enables, disables, starts and stops units. */
  public List<PlacedStep> unitSteps() {
    return stepsOf(Artifact.OfUnit.class);
  }

  /** The steps of all artifacts of one kind, without putting installations together. */
  private List<PlacedStep> stepsOf(Class<? extends Artifact> kind) {
    return differences.stream()
        .filter(each -> kind.isInstance(each.artifact()))
        .flatMap(each -> each.steps().stream())
        .toList();
  }
}
