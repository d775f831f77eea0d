package io.pgha.provider.artifact;

import static io.pgha.provider.change.ArtifactChange.Kind.CREATE;
import static io.pgha.provider.change.ArtifactChange.Kind.UPDATE;

import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares artifacts of one host with what is live on it.
 *
 * @param host the address of the host
 * @param answers what is live
 * @param prior what was last applied, on any host
 */
record HostComparison(String host, ProbeResults answers, List<ArtifactDigest> prior) {
  private static final String OUTSIDE = "changed outside pgha";
  static final String CONFIGURATION = "configuration changed";

  /** The difference of an artifact; empty where it is as it should be. */
  Optional<ArtifactDifference> of(Artifact artifact) {
    return switch (artifact) {
      case Artifact.OfFile file -> file(file);
      case Artifact.OfDirectory directory -> directory(directory);
      case Artifact.OfPackage software -> software(software);
      case Artifact.OfUnit unit -> unit(unit);
    };
  }

  private Optional<ArtifactDifference> file(Artifact.OfFile file) {
    Optional<FileFacts> live = LiveFacts.file(host, file.path(), Probe.Content.TEXT, answers);
    if (live.isEmpty()) {
      ArtifactChange change =
          new ArtifactChange(
              host,
              file.key(),
              CREATE,
              "new file, %04o %s:%s".formatted(file.mode(), file.owner(), file.group()),
              TextDiff.of("", file.content()),
              prior(file).isPresent() ? "removed outside pgha" : "");
      return Optional.of(
          new ArtifactDifference(
              file, EnumSet.of(Aspect.MISSING), change, List.of(write(file, false))));
    }
    FileFacts facts = live.get();
    if (facts.kind() == FileFacts.Kind.DIRECTORY || facts.kind() == FileFacts.Kind.OTHER) {
      return Optional.of(inTheWay(file, facts));
    }
    boolean same = LiveFacts.says(facts, Fragment.reveal(file.content()));
    boolean link = facts.kind() == FileFacts.Kind.SYMLINK;
    // A link has no mode of its own, and that of the file in its place is not known.
    boolean permissions = link || permissions(facts, file.mode(), file.owner(), file.group());
    if (same && permissions) {
      return Optional.empty();
    }
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    List<String> summary = new ArrayList<>();
    if (!same) {
      aspects.add(link ? Aspect.KIND : Aspect.CONTENT);
      summary.add(link ? "symbolic link -> file" : "content");
    }
    if (!permissions) {
      aspects.add(Aspect.PERMISSIONS);
      summary.add(permissionWords(facts, file.mode(), file.owner(), file.group()));
    }
    List<String> diff =
        same
            ? List.of()
            : facts
                .text()
                .map(text -> TextDiff.of(text, file.content()))
                .orElse(List.of("(the live file is not text of at most 1 MiB)"));
    ArtifactChange change =
        new ArtifactChange(
            host,
            file.key(),
            UPDATE,
            String.join(", ", summary),
            diff,
            fileReason(file, facts, !same));
    boolean takeover = prior(file).isEmpty();
    PlacedStep step =
        same
            ? on(new Step.SetPermissions(file.path(), file.mode(), file.owner(), file.group()))
            : write(file, takeover);
    return Optional.of(new ArtifactDifference(file, aspects, change, List.of(step)));
  }

  /** A directory where a file belongs: writing fails there, so the plan says so beforehand. */
  private ArtifactDifference inTheWay(Artifact.OfFile file, FileFacts facts) {
    ArtifactChange change =
        new ArtifactChange(
            host,
            file.key(),
            UPDATE,
            "a %s is in the place of the file: move it away"
                .formatted(facts.kind() == FileFacts.Kind.DIRECTORY ? "directory" : "device"),
            List.of(),
            OUTSIDE);
    return new ArtifactDifference(
        file, EnumSet.of(Aspect.KIND), change, List.of(write(file, false)));
  }

  private Optional<ArtifactDifference> directory(Artifact.OfDirectory directory) {
    Optional<FileFacts> live = LiveFacts.file(host, directory.path(), Probe.Content.NONE, answers);
    PlacedStep make =
        on(
            new Step.MakeDirectory(
                directory.path(), directory.mode(), directory.owner(), directory.group()));
    if (live.isEmpty()) {
      ArtifactChange change =
          new ArtifactChange(
              host,
              directory.key(),
              CREATE,
              "new directory, %04o %s:%s"
                  .formatted(directory.mode(), directory.owner(), directory.group()),
              List.of(),
              prior(directory).isPresent() ? "removed outside pgha" : "");
      return Optional.of(
          new ArtifactDifference(directory, EnumSet.of(Aspect.MISSING), change, List.of(make)));
    }
    FileFacts facts = live.get();
    if (permissions(facts, directory.mode(), directory.owner(), directory.group())) {
      return Optional.empty();
    }
    ArtifactChange change =
        new ArtifactChange(
            host,
            directory.key(),
            UPDATE,
            permissionWords(facts, directory.mode(), directory.owner(), directory.group()),
            List.of(),
            permissionReason(directory, facts));
    return Optional.of(
        new ArtifactDifference(directory, EnumSet.of(Aspect.PERMISSIONS), change, List.of(make)));
  }

  private Optional<ArtifactDifference> software(Artifact.OfPackage software) {
    Optional<PackageFacts> live = answers.get(host, new Probe.OfPackage(software.name())).found();
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    List<String> summary = new ArrayList<>();
    List<PlacedStep> steps = new ArrayList<>();
    String wanted = software.name() + software.version().map(version -> "=" + version).orElse("");
    if (live.isEmpty()) {
      aspects.add(Aspect.MISSING);
      summary.add("not installed -> " + software.version().orElse("installed"));
      steps.add(on(new Step.InstallPackages(List.of(wanted))));
    } else if (software.version().filter(each -> !each.equals(live.get().version())).isPresent()) {
      aspects.add(Aspect.VERSION);
      summary.add(live.get().version() + " -> " + software.version().get());
      if (live.get().held()) {
        steps.add(on(new Step.HoldPackages(List.of(software.name()), false)));
      }
      steps.add(on(new Step.InstallPackages(List.of(wanted))));
    }
    boolean held = live.map(PackageFacts::held).orElse(false) && steps.size() < 2;
    if (software.held().filter(want -> want != held).isPresent()) {
      boolean want = software.held().get();
      if (live.isPresent() && live.get().held() != want) {
        aspects.add(Aspect.HOLD);
        summary.add(want ? "not on hold -> on hold" : "on hold -> not on hold");
      }
      steps.add(on(new Step.HoldPackages(List.of(software.name()), want)));
    }
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Optional<Map<String, String>> before = prior(software);
    boolean outside =
        before.isPresent()
            && (live.isEmpty()
                || differs(before.get(), LiveFacts.VERSION, live.get().version())
                || differs(before.get(), LiveFacts.HELD, Boolean.toString(live.get().held())));
    ArtifactChange change =
        new ArtifactChange(
            host,
            software.key(),
            live.isEmpty() ? CREATE : UPDATE,
            String.join(", ", summary),
            List.of(),
            outside && live.isEmpty()
                ? "removed outside pgha"
                : outside ? OUTSIDE : before.isPresent() ? CONFIGURATION : "");
    return Optional.of(new ArtifactDifference(software, aspects, change, steps));
  }

  private Optional<ArtifactDifference> unit(Artifact.OfUnit unit) {
    Optional<UnitFacts> live = answers.get(host, new Probe.OfUnit(unit.name())).found();
    boolean enabled = live.map(LiveFacts::startsAtBoot).orElse(false);
    boolean running = live.map(UnitFacts::isActive).orElse(false);
    boolean masked = live.map(each -> each.unitFileState().startsWith("masked")).orElse(false);
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    List<String> summary = new ArrayList<>();
    List<PlacedStep> steps = new ArrayList<>();
    if (masked && (unit.enabled() || unit.running())) {
      steps.add(on(new Step.UnitAction(UnitVerb.UNMASK, unit.name())));
    }
    boolean fixed = live.map(LiveFacts::isNeverEnabled).orElse(false);
    if (enabled != unit.enabled() && !fixed) {
      aspects.add(Aspect.ENABLED);
      String now = masked ? "masked" : enabled ? "enabled" : "disabled";
      summary.add(now + " -> " + (unit.enabled() ? "enabled" : "disabled"));
      steps.add(
          on(
              new Step.UnitAction(
                  unit.enabled() ? UnitVerb.ENABLE : UnitVerb.DISABLE, unit.name())));
    }
    if (running != unit.running()) {
      aspects.add(Aspect.RUNNING);
      boolean failed = live.map(each -> each.activeState().equals("failed")).orElse(false);
      String now = failed ? "failed" : running ? "running" : "stopped";
      summary.add(now + " -> " + (unit.running() ? "running" : "stopped"));
      if (failed && unit.running()) {
        steps.add(on(new Step.UnitAction(UnitVerb.RESET_FAILED, unit.name())));
      }
      steps.add(
          on(new Step.UnitAction(unit.running() ? UnitVerb.START : UnitVerb.STOP, unit.name())));
    }
    if (aspects.isEmpty()) {
      return Optional.empty();
    }
    Optional<Map<String, String>> before = prior(unit);
    boolean outside =
        before.isPresent()
            && (differs(before.get(), LiveFacts.ENABLED, Boolean.toString(enabled))
                || differs(before.get(), LiveFacts.RUNNING, Boolean.toString(running)));
    ArtifactChange change =
        new ArtifactChange(
            host,
            unit.key(),
            before.isEmpty() && unit.running() && !running ? CREATE : UPDATE,
            String.join(", ", summary),
            List.of(),
            outside ? OUTSIDE : before.isPresent() ? CONFIGURATION : "");
    return Optional.of(new ArtifactDifference(unit, aspects, change, steps));
  }

  private String fileReason(Artifact.OfFile file, FileFacts live, boolean contentDiffers) {
    Optional<Map<String, String>> before = prior(file);
    if (before.isEmpty()) {
      return live.packageDefault() ? "replaces the package's default" : "";
    }
    boolean outside =
        contentDiffers
            ? LiveFacts.sha256(live)
                .map(digest -> !ContentDigest.matches(before.get(), digest))
                .orElse(true)
            : permissionsChanged(before.get(), live);
    return outside ? OUTSIDE : CONFIGURATION;
  }

  private String permissionReason(Artifact artifact, FileFacts live) {
    return prior(artifact)
        .map(before -> permissionsChanged(before, live) ? OUTSIDE : CONFIGURATION)
        .orElse("");
  }

  private static boolean permissionsChanged(Map<String, String> before, FileFacts live) {
    return differs(before, LiveFacts.MODE, LiveFacts.mode(live.mode()))
        || differs(before, LiveFacts.OWNER, live.owner())
        || differs(before, LiveFacts.GROUP, live.group());
  }

  private static boolean differs(Map<String, String> before, String fact, String now) {
    return before.containsKey(fact) && !now.equals(before.get(fact));
  }

  private static boolean permissions(FileFacts live, int mode, String owner, String group) {
    return live.mode() == mode && live.owner().equals(owner) && live.group().equals(group);
  }

  private static String permissionWords(FileFacts live, int mode, String owner, String group) {
    List<String> words = new ArrayList<>();
    if (live.mode() != mode) {
      words.add("mode %04o -> %04o".formatted(live.mode(), mode));
    }
    if (!live.owner().equals(owner) || !live.group().equals(group)) {
      words.add("owner %s:%s -> %s:%s".formatted(live.owner(), live.group(), owner, group));
    }
    return String.join(", ", words);
  }

  private PlacedStep write(Artifact.OfFile file, boolean backup) {
    return on(
        new Step.WriteFile(
            file.path(),
            file.content(),
            file.mode(),
            file.owner(),
            file.group(),
            file.validation(),
            backup ? file.backup() : Optional.empty()));
  }

  private PlacedStep on(Step step) {
    return PlacedStep.on(host, step);
  }

  private Optional<Map<String, String>> prior(Artifact artifact) {
    return prior.stream()
        .filter(digest -> digest.host().equals(host) && digest.key().equals(artifact.key()))
        .map(ArtifactDigest::facts)
        .findFirst();
  }
}
