package io.pgha.provider.artifact;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every provider does with the artifacts of an instance: asks for them, tells what is live,
 * compares, mends and removes. Pure functions.
 *
 * <p>A file's {@code backup} keeps what was there before pgha first wrote the file, and is never
 * replaced by a later write; removal puts it back.
 */
public final class Artifacts {
  private Artifacts() {}

  /** The questions to ask of the artifacts, each once. */
  public static List<PlacedProbe> probes(List<Artifact> artifacts) {
    Set<PlacedProbe> probes = new LinkedHashSet<>();
    for (Artifact artifact : artifacts) {
      probes.add(new PlacedProbe(artifact.host(), new Probe.OfMachine()));
      probes.add(new PlacedProbe(artifact.host(), probe(artifact)));
    }
    return List.copyOf(probes);
  }

  /** The question that tells of one artifact. */
  public static Probe<?> probe(Artifact artifact) {
    return switch (artifact) {
      case Artifact.OfFile file -> new Probe.OfFile(file.path(), Probe.Content.TEXT);
      case Artifact.OfDirectory directory -> new Probe.OfFile(directory.path(), Probe.Content.NONE);
      case Artifact.OfPackage software -> new Probe.OfPackage(software.name());
      case Artifact.OfUnit unit -> new Probe.OfUnit(unit.name());
    };
  }

  /**
   * What of the artifacts is there, as the state keeps it. The content of a file whose desired text
   * holds a secret is told by a salted digest.
   */
  public static List<ArtifactDigest> read(List<Artifact> artifacts, ProbeResults answers) {
    return artifacts.stream().flatMap(each -> LiveFacts.read(each, answers).stream()).toList();
  }

  /**
   * How the artifacts differ from what is live.
   *
   * @param artifacts what should be
   * @param answers the answers to {@link #probes}
   * @param prior the digests of what was last applied, which tell who changed what
   */
  public static ArtifactComparison compare(
      List<Artifact> artifacts, ProbeResults answers, List<ArtifactDigest> prior) {
    List<ArtifactDifference> differences = new ArrayList<>();
    List<Diagnostic> failures = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      Optional<Diagnostic> failure = failure(artifact, answers);
      if (failure.isPresent()) {
        failures.add(failure.get());
      } else {
        HostComparison comparison = new HostComparison(artifact.host(), answers, prior);
        comparison.of(artifact).ifPresent(differences::add);
      }
    }
    return new ArtifactComparison(differences, failures);
  }

  /**
   * What it takes to remove the artifacts: units are stopped and disabled, files removed or what
   * was there before put back, directories removed where {@code data} asks for it. Packages stay:
   * others may need them.
   *
   * <p>The groups of steps are those of {@link ArtifactComparison}; units come first.
   *
   * @param data the directories that go with all that they hold
   */
  public static ArtifactComparison removal(
      List<Artifact> artifacts, ProbeResults answers, Set<String> data) {
    List<ArtifactDifference> differences = new ArrayList<>();
    List<Diagnostic> failures = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      Optional<Diagnostic> failure = failure(artifact, answers);
      if (failure.isPresent()) {
        failures.add(failure.get());
      } else {
        Removal.of(artifact, answers, data).ifPresent(differences::add);
      }
    }
    return new ArtifactComparison(differences, failures);
  }

  /**
   * What was there before anything was applied: nothing, an untouched default of the distribution,
   * or something that pgha did not make.
   *
   * @param presence as {@link Live} has it; the engine refuses to make an instance where it is
   *     {@code PRESENT} and nothing of it is in the state
   * @param found what is present, in whole sentences for that refusal; else empty text
   */
  public record Finding(Live.Presence presence, String found) {}

  /**
   * What of the artifacts is there, looked at as if nothing was ever applied. Files decide;
   * packages and directories don't count, and a unit that runs from an untouched configuration is
   * the distribution's default.
   */
  public static Finding find(List<Artifact> artifacts, ProbeResults answers) {
    List<String> present = new ArrayList<>();
    boolean any = false;
    for (Artifact artifact : artifacts) {
      switch (artifact) {
        case Artifact.OfFile file -> {
          Optional<FileFacts> facts =
              LiveFacts.file(file.host(), file.path(), Probe.Content.TEXT, answers);
          any |= facts.isPresent();
          facts
              .filter(found -> !found.packageDefault())
              .ifPresent(found -> present.add(describe(file, found)));
        }
        case Artifact.OfUnit unit ->
            any |=
                answers
                    .get(unit.host(), new Probe.OfUnit(unit.name()))
                    .found()
                    .map(UnitFacts::isActive)
                    .orElse(false);
        case Artifact.OfDirectory directory -> {}
        case Artifact.OfPackage software -> {}
      }
    }
    if (!present.isEmpty()) {
      return new Finding(Live.Presence.PRESENT, String.join(" ", present));
    }
    return new Finding(any ? Live.Presence.DEFAULT : Live.Presence.ABSENT, "");
  }

  /**
   * How what is live differs from what was last applied, told by digests alone: no rendering takes
   * part, so that a newer pgha which renders a file in another way is not drift.
   */
  public static List<ArtifactChange> drift(
      List<ArtifactDigest> applied, List<ArtifactDigest> live) {
    return DigestDrift.between(applied, live);
  }

  /**
   * What state is to keep of what is live where that is taken for what was applied: what did not
   * change as it is kept already, and no plain digest where a salted one was.
   */
  public static List<ArtifactDigest> seen(List<ArtifactDigest> applied, List<ArtifactDigest> live) {
    return live.stream()
        .map(now ->
            applied.stream()
                .filter(
                    before -> before.host().equals(now.host()) && before.key().equals(now.key()))
                .findFirst()
                .map(before -> seen(before, now))
                .orElse(now))
        .toList();
  }

  /**
   * The same of what was just read. The content of a file that state knows nothing of is kept as a
   * salted digest: whether it holds a secret nobody knows before it was rendered with all of them.
   */
  public static List<ArtifactDigest> seen(List<ArtifactDigest> applied, Live live) {
    return seen(applied, live.artifacts()).stream()
        .map(now ->
            applied.stream()
                    .anyMatch(before ->
                        before.host().equals(now.host()) && before.key().equals(now.key()))
                ? now
                : salted(now, live.answers()))
        .toList();
  }

  private static ArtifactDigest salted(ArtifactDigest digest, ProbeResults answers) {
    String salt = LiveFacts.salt(digest.host(), digest.key(), answers);
    return new ArtifactDigest(
        digest.host(),
        digest.key(),
        ContentDigest.saltedLike(java.util.Map.of(ContentDigest.SALT, salt), digest.facts()));
  }

  private static ArtifactDigest seen(ArtifactDigest before, ArtifactDigest now) {
    return drift(List.of(before), List.of(now)).isEmpty()
        ? before
        : new ArtifactDigest(
            now.host(), now.key(), ContentDigest.saltedLike(before.facts(), now.facts()));
  }

  private static String describe(Artifact.OfFile file, FileFacts facts) {
    return LiveFacts.says(facts, Fragment.reveal(file.content()))
        ? "There is a file %s that already says what is declared.".formatted(file.path())
        : describe(file.path(), facts);
  }

  private static String describe(String path, FileFacts facts) {
    return switch (facts.kind()) {
      case FILE ->
          "There is a file %s (%d bytes, %04o %s:%s) that is no package's untouched default."
              .formatted(path, facts.size(), facts.mode(), facts.owner(), facts.group());
      case DIRECTORY -> "There is a directory %s.".formatted(path);
      case SYMLINK -> "There is a symbolic link %s.".formatted(path);
      case OTHER -> "There is something that is not a file at %s.".formatted(path);
    };
  }

  private static Optional<Diagnostic> failure(Artifact artifact, ProbeResults answers) {
    String reason =
        switch (answers.get(artifact.host(), probe(artifact))) {
          case ProbeResult.Found<?> found -> "";
          case ProbeResult.Absent<?> absent -> "";
          case ProbeResult.Failed<?>(String why) -> why;
          case ProbeResult.Unreachable<?>(String why) -> why;
        };
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(
                    "unreadable-artifact",
                    "Can't tell the state of " + artifact.key(),
                    reason + ". Nothing is planned for what can't be seen.")
                .on(artifact.host()));
  }
}
