package io.pgha.provider.testing;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.language.value.ValueText;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.ArtifactDrift;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.ArrayList;
import java.util.List;

/** What a type tells of an instance that is not as last applied, asked as the engine asks. */
public final class Drifts {
  private Drifts() {}

  /** The differences that the type tells. */
  public static List<Difference> of(ResourceType type, PlanRequest applied) {
    Change change = type.plan(applied);
    List<Difference> plain = new ArrayList<>();
    change.attributes().forEach(each -> plain.add(attribute(each)));
    plain.addAll(
        ArtifactDrift.of(
            applied.prior().map(Prior::artifacts).orElse(List.of()),
            applied.live(),
            change.artifacts()));
    change.diagnostics().forEach(each -> plain.add(diagnostic(each)));
    return type.drift(applied, plain);
  }

  private static Difference attribute(AttributeChange change) {
    return Difference.of(
            "attribute",
            change.path().toString(),
            "",
            Grade.DEGRADED,
            change.secret() ? "(sensitive)" : line(change.after()),
            change.secret() ? "(sensitive)" : line(change.before()))
        .because(change.reason());
  }

  private static String line(Value value) {
    return switch (value) {
      case Null _ -> "none";
      case Str(String words) -> ValueText.quote(words);
      default -> Values.whollyKnown(value) ? ValueJson.encode(value) : "unknown";
    };
  }

  private static Difference diagnostic(Diagnostic found) {
    return Difference.of(
            found.code(),
            found.path().map(AttributePath::toString).orElse(""),
            "",
            found.isError() ? Grade.DANGER : Grade.DEGRADED,
            "",
            found.summary())
        .because(found.detail());
  }

  /** In one line each: grade, code, subject, found, and what is expected. */
  public static List<String> words(List<Difference> differences) {
    return differences.stream()
        .map(each ->
            "%s %s %s: %s, expected %s"
                .formatted(
                    each.grade().name().toLowerCase(java.util.Locale.ROOT),
                    each.code(),
                    each.subject(),
                    each.found(),
                    each.expected()))
        .toList();
  }
}
