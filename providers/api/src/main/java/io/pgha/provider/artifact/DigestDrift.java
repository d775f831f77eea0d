package io.pgha.provider.artifact;

import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares digests with digests: what was applied with what is live. */
final class DigestDrift {
  private static final String OUTSIDE = "changed outside pgha";

  private DigestDrift() {}

  static List<ArtifactChange> between(List<ArtifactDigest> applied, List<ArtifactDigest> live) {
    List<ArtifactChange> changes = new ArrayList<>();
    for (ArtifactDigest before : applied) {
      Optional<ArtifactDigest> now = find(live, before);
      if (now.isEmpty()) {
        changes.add(
            change(before, ArtifactChange.Kind.DELETE, "no longer there", "removed outside pgha"));
        continue;
      }
      List<String> summary = differences(before.facts(), now.get().facts());
      if (!summary.isEmpty()) {
        changes.add(
            change(before, ArtifactChange.Kind.UPDATE, String.join(", ", summary), OUTSIDE));
      }
    }
    for (ArtifactDigest now : live) {
      if (find(applied, now).isEmpty()) {
        changes.add(
            change(now, ArtifactChange.Kind.CREATE, "not there when last applied", OUTSIDE));
      }
    }
    return changes;
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> now) {
    List<String> summary = new ArrayList<>();
    if (!ContentDigest.same(before, now)) {
      summary.add("content");
    }
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.retainAll(now.keySet());
    names.remove(ContentDigest.PLAIN);
    names.remove(ContentDigest.SALTED);
    names.remove(ContentDigest.SALT);
    for (String name : names) {
      String was = before.getOrDefault(name, "");
      String is = now.getOrDefault(name, "");
      if (!was.equals(is)) {
        summary.add("%s %s -> %s".formatted(name, was, is));
      }
    }
    return summary;
  }

  private static Optional<ArtifactDigest> find(List<ArtifactDigest> digests, ArtifactDigest like) {
    return digests.stream()
        .filter(each -> each.host().equals(like.host()) && each.key().equals(like.key()))
        .findFirst();
  }

  private static ArtifactChange change(
      ArtifactDigest digest, ArtifactChange.Kind kind, String summary, String reason) {
    return new ArtifactChange(digest.host(), digest.key(), kind, summary, List.of(), reason);
  }
}
