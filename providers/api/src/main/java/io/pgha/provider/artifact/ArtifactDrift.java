package io.pgha.provider.artifact;

import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.change.Live;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.UnitFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which of an instance's artifacts were changed outside pgha.
 *
 * <p>A difference counts where both agree: the digest that state keeps is no longer right, and a
 * plan for what was last applied would change the artifact. The first alone may be something that
 * nobody declared, the second alone is a newer pgha that renders a file in another way.
 */
public final class ArtifactDrift {
  /** What somebody did to a process or told it by hand; nothing on disk shows it. */
  public static final String RUNTIME = "runtime";

  /** A unit does not run, or start at boot, as it should. */
  public static final String UNIT_STATE = "unit-state";

  private static final Pattern CONTENT_AND_PERMISSIONS =
      Pattern.compile("(content|symbolic link -> file), ((?:mode|owner) .*)");

  private ArtifactDrift() {}

  /**
   * The differences of artifacts.
   *
   * @param applied what state keeps of them
   * @param live what the machines say
   * @param planned what a plan for what was last applied would change
   */
  public static List<Difference> of(
      List<ArtifactDigest> applied, Live live, List<ArtifactChange> planned) {
    List<Difference> differences = new ArrayList<>();
    for (ArtifactChange change : planned) {
      Optional<ArtifactDigest> before = find(applied, change);
      if (before.isEmpty()) {
        if (!isOnDisk(change.key())) {
          differences.add(runtime(change));
        }
        continue;
      }
      Optional<ArtifactChange> drifted = drifted(before.get(), live);
      if (drifted.isPresent()) {
        aspects(change, drifted.get()).forEach(each -> differences.add(difference(each, live)));
      } else if (change.key().startsWith("unit:")
          && !change.reason().equals(HostComparison.CONFIGURATION)) {
        differences.add(runtime(change));
      }
    }
    return differences;
  }

  private static Optional<ArtifactDigest> find(List<ArtifactDigest> all, ArtifactChange change) {
    return all.stream()
        .filter(each -> each.host().equals(change.host()) && each.key().equals(change.key()))
        .findFirst();
  }

  private static boolean isOnDisk(String key) {
    return key.matches("(?s)(file|directory|package|unit):.*");
  }

  /** What is no longer as state has it. */
  private static Optional<ArtifactChange> drifted(ArtifactDigest before, Live live) {
    List<ArtifactDigest> now =
        live.artifacts().stream()
            .filter(each -> each.host().equals(before.host()) && each.key().equals(before.key()))
            .toList();
    return DigestDrift.between(List.of(before), now).stream().findFirst();
  }

  private static Difference runtime(ArtifactChange change) {
    Words words = Words.of(change.summary());
    return Difference.of(
            RUNTIME, change.key(), change.host(), Grade.DEGRADED, words.expected(), words.found())
        .forReason(change.reason());
  }

  /**
   * Who may read a file weighs more than what only a comment of it says: each is told if it
   * drifted.
   */
  private static List<ArtifactChange> aspects(ArtifactChange change, ArtifactChange drifted) {
    Matcher both = CONTENT_AND_PERMISSIONS.matcher(change.summary());
    if (!change.key().startsWith("file:") || !both.matches()) {
      return List.of(change);
    }
    List<ArtifactChange> aspects = new ArrayList<>();
    List<String> parts = List.of(drifted.summary().split(", "));
    if (!parts.stream().allMatch(ArtifactDrift::isOfPermissions)) {
      aspects.add(aspect(change, both.group(1), change.diff()));
    }
    if (parts.stream().anyMatch(ArtifactDrift::isOfPermissions)) {
      aspects.add(aspect(change, both.group(2), List.of()));
    }
    return aspects;
  }

  private static boolean isOfPermissions(String part) {
    return part.matches("(mode|owner|group) .*");
  }

  private static ArtifactChange aspect(ArtifactChange change, String summary, List<String> diff) {
    return new ArtifactChange(
        change.host(), change.key(), change.kind(), summary, diff, change.reason());
  }

  private static Difference difference(ArtifactChange change, Live live) {
    String kind = change.key().substring(0, change.key().indexOf(':'));
    if (change.kind() == ArtifactChange.Kind.CREATE && !kind.equals("unit")) {
      return Difference.of(
          kind + "-missing", change.key(), change.host(), Grade.DEGRADED, "there", "not there");
    }
    Words words = Words.of(change.summary());
    boolean content = !change.diff().isEmpty() || !isOfPermissions(change.summary());
    String code =
        switch (kind) {
          case "file" -> content ? "file-content" : "file-permissions";
          case "directory" -> "directory-permissions";
          case "package" ->
              change.summary().matches("(not )?on hold .*") ? "package-hold" : "package-version";
          default -> UNIT_STATE;
        };
    Grade grade =
        switch (code) {
          case "file-permissions", "directory-permissions" -> Grade.SECURITY;
          case "package-hold" -> Grade.COSMETIC;
          default -> Grade.DEGRADED;
        };
    return new Difference(
        code,
        change.key(),
        change.host(),
        grade,
        words.expected(),
        words.found(),
        "",
        change.diff(),
        since(change, content, live));
  }

  private static Since since(ArtifactChange change, boolean content, Live live) {
    String name = change.key().substring(change.key().indexOf(':') + 1);
    if (change.key().startsWith("file:")) {
      ProbeResult<FileFacts> file =
          live.answers().get(change.host(), new Probe.OfFile(name, Probe.Content.TEXT));
      return content ? Since.written(file) : Since.changed(file);
    }
    if (change.key().startsWith("directory:")) {
      return Since.changed(
          live.answers().get(change.host(), new Probe.OfFile(name, Probe.Content.NONE)));
    }
    if (change.key().startsWith("unit:")
        && change.summary().matches(".*\\b(stopped|failed|running) -> .*")) {
      ProbeResult<UnitFacts> unit = live.answers().get(change.host(), new Probe.OfUnit(name));
      return unit.found()
          .map(facts -> new Since(facts.lastChange().at(), "the unit's last start or stop"))
          .orElse(Since.UNKNOWN);
    }
    return Since.UNKNOWN;
  }

  /** What a summary such as {@code mode 0644 -> 0640, content} says of before and after. */
  private record Words(String expected, String found) {
    static Words of(String summary) {
      List<String> expected = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (String part : summary.split(", ")) {
        String[] sides = part.split(" -> ", 2);
        if (sides.length == 2) {
          String what = isOfPermissions(part) ? part.replaceFirst(" .*", " ") : "";
          found.add(sides[0]);
          expected.add(what + sides[1]);
        } else {
          found.add(part.equals("content") ? "another content" : part);
          expected.add(part.equals("content") ? "the content that was last applied" : "");
        }
      }
      expected.removeIf(String::isEmpty);
      return new Words(String.join(", ", expected), String.join(", ", found));
    }
  }
}
