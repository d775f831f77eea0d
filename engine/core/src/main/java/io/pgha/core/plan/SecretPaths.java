package io.pgha.core.plan;

import io.pgha.core.evaluation.WriteOnlyPaths;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.schema.Schema;
import java.util.Set;
import java.util.TreeSet;

/** Finds which parts of an instance are never to be shown. */
final class SecretPaths {
  private SecretPaths() {}

  /** What the schema calls secret, and what came marked as sensitive. */
  static Set<AttributePath> of(Schema schema, Instance instance) {
    Set<AttributePath> paths = new TreeSet<>(instance.sensitivePaths());
    paths.addAll(WriteOnlyPaths.of(schema, instance.values()));
    return paths;
  }
}
