package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import io.pgha.provider.ephemeral.EphemeralType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Evaluates instances of ephemeral resources: their arguments, and what opening them gives. */
final class EphemeralEvaluation {
  private final Evaluation.Inputs inputs;
  private final Expressions expressions;
  private final InstanceEvaluation instances;
  private final Diagnostics diagnostics;

  EphemeralEvaluation(
      Evaluation.Inputs inputs,
      Expressions expressions,
      InstanceEvaluation instances,
      Diagnostics diagnostics) {
    this.inputs = inputs;
    this.expressions = expressions;
    this.instances = instances;
    this.diagnostics = diagnostics;
  }

  /**
   * What a reference to an instance gives, all of it ephemeral, and what was read sensitive too.
   * Unknown where it can't be opened yet, or something is wrong with it.
   */
  Value evaluate(ModuleInstance module, Resource resource, Repetition repetition) {
    if (!(inputs.types().type(resource.type()).orElse(null)
        instanceof EphemeralSource(EphemeralType type))) {
      diagnostics.add(instances.unknownType(resource));
      return Unknown.ANY.withMarks(EnumSet.of(Mark.EPHEMERAL));
    }
    String address = module.address(resource.key() + repetition.key().suffix());
    InstanceEvaluation.Written written =
        instances.written(module, resource, repetition, type.schema(), address, true);
    Marks.Paths given = Marks.paths(ObjectValue.of(written.values()));
    ObjectValue values = (ObjectValue) given.value();
    type.validate(values).stream()
        .map(found ->
            SourcePaths.placed(
                found.about(address), written.content().attributes(), resource.range()))
        .forEach(diagnostics::add);
    Optional<ObjectValue> opened = Optional.empty();
    if (!diagnostics.hasErrors() && areKnown(values, type.schema())) {
      Ephemerals.Opening opening = inputs.ephemerals().open(address, type, values);
      opening.failure().ifPresent(why -> diagnostics.add(why.about(address).at(resource.range())));
      opened = opening.attributes();
    }
    Value visible = visible(type.schema(), given, opened);
    if (opened.isPresent()) {
      resource
          .lifecycle()
          .postconditions()
          .forEach(rule -> expressions.checkSelf(rule, module, repetition, visible));
    }
    return visible;
  }

  private static boolean areKnown(ObjectValue values, Schema schema) {
    return schema.attributes().stream()
        .filter(attribute -> attribute.presence() != Presence.COMPUTED)
        .allMatch(attribute -> Values.whollyKnown(values.get(attribute.name())));
  }

  private static Value visible(Schema schema, Marks.Paths given, Optional<ObjectValue> opened) {
    TreeMap<String, Value> values = new TreeMap<>(((ObjectValue) given.value()).attributes());
    TreeMap<AttributePath, Set<Mark>> marks = new TreeMap<>(given.marks());
    for (Attribute attribute : schema.attributes()) {
      if (attribute.presence() == Presence.COMPUTED) {
        opened.ifPresent(read -> values.put(attribute.name(), read.get(attribute.name())));
        marks.put(AttributePath.of(attribute.name()), EnumSet.of(Mark.SENSITIVE));
      }
    }
    return Marks.apply(ObjectValue.of(values), marks).withMarks(EnumSet.of(Mark.EPHEMERAL));
  }
}
