package io.pgha.core.drift;

import io.pgha.core.plan.AppliedInstances;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.language.value.ValueText;
import io.pgha.provider.Instance;
import io.pgha.provider.artifact.ArtifactDrift;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of one instance is not as it was last applied: made of the change that would bring it back,
 * so that what drift tells and what an apply repairs never disagree.
 */
final class Differences {
  /** A value that is longer than this is cut: the finding is to be read at a glance. */
  private static final int LONGEST = 200;

  private final AppliedInstances applied;
  private final Instance instance;
  private final String home;
  private final Set<AttributePath> secrets;

  private Differences(AppliedInstances applied, Instance instance) {
    this.applied = applied;
    this.instance = instance;
    Set<String> homes = applied.homes(instance);
    this.home = homes.size() == 1 ? homes.iterator().next() : "";
    this.secrets = applied.secretPaths(instance);
  }

  /** The differences, as the resource type tells them. */
  static List<Difference> of(
      AppliedInstances applied, Instance instance, Live live, Change change) {
    return new Differences(applied, instance).of(live, change);
  }

  private List<Difference> of(Live live, Change change) {
    PlanRequest request = applied.request(instance, live);
    List<Difference> all = new ArrayList<>();
    if (applied.isGone(instance, live)) {
      all.add(Difference.of("gone", "", home, Grade.DEGRADED, "there", "not there"));
    } else {
      change.attributes().forEach(each -> all.add(attribute(each)));
      all.addAll(
          ArtifactDrift.of(request.prior().orElseThrow().artifacts(), live, change.artifacts()));
      change.diagnostics().forEach(each -> all.add(diagnostic(each)));
    }
    return applied.type(instance).drift(request, all);
  }

  private Difference attribute(AttributeChange change) {
    boolean secret =
        change.secret()
            || secrets.stream()
                .anyMatch(each -> change.path().startsWith(each) || each.startsWith(change.path()));
    return Difference.of(
            "attribute",
            change.path().toString(),
            home,
            Grade.DEGRADED,
            secret ? "(sensitive)" : line(change.after()),
            secret ? "(sensitive)" : line(change.before()))
        .forReason(change.reason());
  }

  private Difference diagnostic(Diagnostic found) {
    return Difference.of(
            found.code(),
            found.path().map(AttributePath::toString).orElse(""),
            home,
            found.isError() ? Grade.DANGER : Grade.DEGRADED,
            "",
            found.summary())
        .because(found.detail());
  }

  static String line(Value value) {
    String text =
        switch (value) {
          case Null _ -> "none";
          case Str(String words) -> ValueText.quote(words);
          default ->
              io.pgha.provider.Values.whollyKnown(value) ? ValueJson.encode(value) : "unknown";
        };
    if (text.length() <= LONGEST) {
      return text;
    }
    // Not between the two halves of one character.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
