package io.pgha.core.evaluation;

import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.ephemeral.EphemeralType;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import java.util.List;

/**
 * An ephemeral resource type among all others, so that names, schemas and pages are found alike. It
 * is never planned; its name begins with {@code ephemeral.}, as its address does.
 */
record EphemeralSource(EphemeralType type) implements ResourceType {
  /** What the names of ephemeral resource types begin with. */
  static final String PREFIX = "ephemeral.";

  /** Whether a type's name is that of an ephemeral resource. */
  static boolean isOne(String type) {
    return type.startsWith(PREFIX);
  }

  @Override
  public String name() {
    return PREFIX + type.name();
  }

  @Override
  public Schema schema() {
    return type.schema();
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    throw never();
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    throw never();
  }

  @Override
  public Change plan(PlanRequest request) {
    throw never();
  }

  private static IllegalStateException never() {
    return new IllegalStateException("nothing ephemeral is planned");
  }
}
