package io.pgha.provider.artifact;

import static io.pgha.provider.change.ArtifactChange.Kind.DELETE;

import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What it takes to remove an artifact that is there. */
final class Removal {
  private static final Duration QUICK = Duration.ofSeconds(30);

  private Removal() {}

  static Optional<ArtifactDifference> of(
      Artifact artifact, ProbeResults answers, Set<String> data) {
    return switch (artifact) {
      case Artifact.OfFile file -> file(file, answers);
      case Artifact.OfDirectory directory ->
          data.contains(directory.path()) ? directory(directory, answers) : Optional.empty();
      case Artifact.OfUnit unit -> unit(unit, answers);
      case Artifact.OfPackage software -> Optional.empty();
    };
  }

  private static Optional<ArtifactDifference> file(Artifact.OfFile file, ProbeResults answers) {
    if (LiveFacts.file(file.host(), file.path(), Probe.Content.TEXT, answers).isEmpty()) {
      return Optional.empty();
    }
    Step step =
        file.backup()
            .map(backup -> restore(file.path(), backup))
            .orElseGet(() -> new Step.RemovePath(file.path(), false));
    String summary =
        file.backup().map(backup -> "removed, or " + backup + " put back").orElse("removed");
    return Optional.of(difference(file, summary, List.of(step)));
  }

  /** Which of the two it is shows on the machine only: a backup is made where there was a file. */
  private static Step restore(String path, String backup) {
    String script =
        """
        if [ -e %2$s ]; then mv -f -- %2$s %1$s; else rm -f -- %1$s; fi
        """
            .formatted(Shell.quote(path), Shell.quote(backup));
    return new Step.RunScript(
        "remove " + path + ", or put back what was there before", script, List.of(), QUICK);
  }

  private static Optional<ArtifactDifference> directory(
      Artifact.OfDirectory directory, ProbeResults answers) {
    return LiveFacts.file(directory.host(), directory.path(), Probe.Content.NONE, answers)
        .map(found ->
            difference(
                directory,
                "removed with all that it holds",
                List.of(new Step.RemovePath(directory.path(), true))));
  }

  private static Optional<ArtifactDifference> unit(Artifact.OfUnit unit, ProbeResults answers) {
    Optional<UnitFacts> live = answers.get(unit.host(), new Probe.OfUnit(unit.name())).found();
    if (live.isEmpty()) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    List<String> summary = new ArrayList<>();
    String state = live.get().activeState();
    if (!state.equals("inactive") && !state.equals("failed")) {
      steps.add(new Step.UnitAction(UnitVerb.STOP, unit.name()));
      summary.add("running -> stopped");
    }
    if (state.equals("failed")) {
      steps.add(new Step.UnitAction(UnitVerb.RESET_FAILED, unit.name()));
      summary.add("failed -> stopped");
    }
    if (live.get().isEnabled()) {
      steps.add(new Step.UnitAction(UnitVerb.DISABLE, unit.name()));
      summary.add("enabled -> disabled");
    }
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(difference(unit, String.join(", ", summary), steps));
  }

  private static ArtifactDifference difference(
      Artifact artifact, String summary, List<Step> steps) {
    return new ArtifactDifference(
        artifact,
        Set.of(Aspect.PRESENT),
        new ArtifactChange(artifact.host(), artifact.key(), DELETE, summary, List.of(), ""),
        steps.stream().map(step -> PlacedStep.on(artifact.host(), step)).toList());
  }
}
