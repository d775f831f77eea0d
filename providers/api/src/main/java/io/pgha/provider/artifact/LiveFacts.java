package io.pgha.provider.artifact;

import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The facts of artifacts, as digests keep them. */
final class LiveFacts {
  static final String KIND = "kind";
  static final String MODE = "mode";
  static final String OWNER = "owner";
  static final String GROUP = "group";
  static final String VERSION = "version";
  static final String INSTALLED = "installed";
  static final String HELD = "held";
  static final String ENABLED = "enabled";
  static final String RUNNING = "running";

  private LiveFacts() {}

  /** The digest of an artifact that is there. */
  static Optional<ArtifactDigest> read(Artifact artifact, ProbeResults answers) {
    TreeMap<String, String> facts = new TreeMap<>();
    String host = artifact.host();
    switch (artifact) {
      case Artifact.OfFile file ->
          file(file.host(), file.path(), Probe.Content.TEXT, answers)
              .ifPresent(found -> {
                permissions(found, facts);
                content(file, found, answers, facts);
              });
      case Artifact.OfDirectory directory ->
          file(host, directory.path(), Probe.Content.NONE, answers)
              .ifPresent(found -> permissions(found, facts));
      case Artifact.OfPackage software ->
          answers
              .get(host, new Probe.OfPackage(software.name()))
              .found()
              .ifPresent(found -> installation(software, found, facts));
      case Artifact.OfUnit unit ->
          answers
              .get(host, new Probe.OfUnit(unit.name()))
              .found()
              .ifPresent(found -> unit(found, facts));
    }
    return facts.isEmpty()
        ? Optional.empty()
        : Optional.of(new ArtifactDigest(host, artifact.key(), facts));
  }

  /** What is at a path. */
  static Optional<FileFacts> file(
      String host, String path, Probe.Content content, ProbeResults answers) {
    return answers.get(host, new Probe.OfFile(path, content)).found();
  }

  /** The plain digest of a file's live content; empty where it is no regular file. */
  static Optional<String> sha256(FileFacts facts) {
    return facts.sha256().or(() -> facts.text().map(ContentDigest::sha256));
  }

  /** Whether a file says just this. */
  static boolean says(FileFacts facts, String text) {
    return facts.kind() == FileFacts.Kind.FILE
        && facts
            .text()
            .map(text::equals)
            .or(() -> sha256(facts).map(ContentDigest.sha256(text)::equals))
            .orElse(false);
  }

  /** Whether a unit starts at boot, or is of the sort that nobody enables. */
  static boolean startsAtBoot(UnitFacts facts) {
    return facts.isEnabled() || isNeverEnabled(facts);
  }

  /** Whether a unit can't be enabled or disabled: another one pulls it in. */
  static boolean isNeverEnabled(UnitFacts facts) {
    return switch (facts.unitFileState()) {
      case "static", "indirect", "generated", "transient", "alias" -> true;
      default -> false;
    };
  }

  private static void permissions(FileFacts found, Map<String, String> facts) {
    facts.put(KIND, found.kind().name().toLowerCase(java.util.Locale.ROOT));
    facts.put(MODE, mode(found.mode()));
    facts.put(OWNER, found.owner());
    facts.put(GROUP, found.group());
  }

  private static void content(
      Artifact.OfFile file, FileFacts found, ProbeResults answers, Map<String, String> facts) {
    Optional<String> plain = sha256(found);
    if (plain.isEmpty()) {
      return;
    }
    if (file.content().stream().anyMatch(Fragment::secret)) {
      String salt = salt(file.host(), file.key(), answers);
      facts.put(ContentDigest.SALT, salt);
      facts.put(ContentDigest.SALTED, ContentDigest.salted(salt, plain.get()));
    } else {
      facts.put(ContentDigest.PLAIN, plain.get());
    }
  }

  /** The salt of an artifact on the machine that answered. */
  static String salt(String host, String key, ProbeResults answers) {
    String machine =
        answers.get(host, new Probe.OfMachine()).found().map(MachineFacts::machineId).orElse(host);
    return ContentDigest.salt(machine, key);
  }

  /** The version only where it was asked for: an update by the distribution is not drift. */
  private static void installation(
      Artifact.OfPackage software, PackageFacts found, Map<String, String> facts) {
    facts.put(INSTALLED, "true");
    if (software.version().isPresent()) {
      facts.put(VERSION, found.version());
    }
    if (software.held().isPresent()) {
      facts.put(HELD, Boolean.toString(found.held()));
    }
  }

  private static void unit(UnitFacts found, Map<String, String> facts) {
    facts.put(ENABLED, Boolean.toString(startsAtBoot(found)));
    facts.put(RUNNING, Boolean.toString(found.isActive()));
  }

  /** Permission bits as people write them. */
  static String mode(int mode) {
    return "%04o".formatted(mode);
  }
}
