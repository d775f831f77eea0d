package io.pgha.core.drift;

import io.pgha.core.drift.Finding.Place;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.SourcePaths;
import io.pgha.core.plan.AppliedInstances;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.drift.Difference;
import java.util.Map;
import java.util.Optional;

/** Says where differences were found, and which line declares what they are about. */
record Places(AppliedInstances applied, Map<String, ResourceInstance> configured) {

  Place of(Instance instance, Difference difference) {
    String host = difference.host().isEmpty() ? "" : applied.hostName(difference.host());
    Optional<SourceRange> declared =
        Optional.ofNullable(configured.get(instance.address()))
            .map(each -> declared(each, difference.subject()));
    return new Place(instance.address(), host, declared, difference.since());
  }

  /** The line of the argument that a subject begins with, else that of the block. */
  static SourceRange declared(ResourceInstance instance, String subject) {
    String name = subject.replaceFirst("(?s)[.\\[].*", "");
    Attribute written = instance.arguments().get(name);
    if (written == null) {
      return instance.range();
    }
    try {
      return SourcePaths.range(written, AttributePath.parse(subject));
    } catch (IllegalArgumentException notAPath) {
      // Its first word is an argument's name by chance.
      return instance.range();
    }
  }
}
