package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.DataType;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import java.util.List;

/**
 * A data source type as a resource type of which nothing is ever to be changed: so it is evaluated,
 * asked and referred to like all others. Its name begins with {@code data.}, as its address does.
 */
final class DataSource implements ResourceType {
  /** What the names of data source types begin with. */
  static final String PREFIX = "data.";

  private final DataType type;

  DataSource(DataType type) {
    this.type = type;
  }

  /** Whether a type's name is that of a data source. */
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
  public List<Diagnostic> validate(Instance instance) {
    return type.validate(instance);
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return Values.of(instance).unknownArgument(schema()).isEmpty()
        ? type.probes(instance)
        : List.of();
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    ObjectValue attributes =
        type.read(instance, results) instanceof DataType.Reading.Found(ObjectValue found)
            ? found
            : ObjectValue.EMPTY;
    return new Live(Live.Presence.PRESENT, "", attributes, List.of(), results);
  }

  @Override
  public Change plan(PlanRequest request) {
    return switch (type.read(request.instance(), request.live().answers())) {
      case DataType.Reading.Found(ObjectValue attributes) -> Change.none(attributes);
      case DataType.Reading.Failed(Diagnostic why) -> Change.refused(List.of(why));
    };
  }

  @Override
  public List<String> follows() {
    return type.follows();
  }
}
