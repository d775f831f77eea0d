package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Evaluates resource blocks by the schema of their type. */
final class InstanceEvaluation {
  private static final io.pgha.provider.schema.Attribute ID =
      io.pgha.provider.schema.Attribute.computed("id", Type.STRING, "The address.");

  private final Evaluation.Inputs inputs;
  private final Expressions expressions;
  private final Diagnostics diagnostics;
  private final InstanceIndex index;
  private final Map<String, Known> byType = new TreeMap<>();

  InstanceEvaluation(Evaluation.Inputs inputs, Expressions expressions, Diagnostics diagnostics) {
    this.inputs = inputs;
    this.expressions = expressions;
    this.diagnostics = diagnostics;
    this.index = new InstanceIndex(inputs.types(), null);
  }

  /** The instances evaluated so far. */
  InstanceIndex index() {
    return index;
  }

  /**
   * Evaluates an instance.
   *
   * @param dependencies what the evaluation turned out to depend on, asked at its end
   * @return empty where the type is unknown; values with errors are unknown
   */
  Optional<ResourceInstance> evaluate(
      ModuleInstance module,
      Resource resource,
      Repetition repetition,
      Supplier<Set<String>> dependencies) {
    Optional<ResourceType> type = inputs.types().type(resource.type());
    if (type.isEmpty()) {
      diagnostics.add(unknownType(resource));
      return Optional.empty();
    }
    Schema schema = type.get().schema();
    String address = module.address(resource.key() + repetition.key().suffix());
    Written written = written(module, resource, repetition, schema, address, false);
    BodyContent content = written.content();
    TreeMap<String, Value> values = written.values();
    if (schema.attribute("id").isEmpty()) {
      values.put("id", new Str(address));
    }
    Marks.Paths unmarked = Marks.paths(ObjectValue.of(values));
    List<AttributePath> sensitive = sensitive(unmarked.marks());
    ObjectValue given = (ObjectValue) unmarked.value();
    InstanceState applied = inputs.applied().get(address);
    if (applied != null) {
      // What is kept is as secret as it was, and as what would have taken its place.
      IgnoredChanges ignored = new IgnoredChanges(resource.lifecycle(), schema);
      given = ignored.kept(applied.attributes(), given);
      sensitive = ignored.sensitive(applied.sensitivePaths(), sensitive);
    }
    List<Trigger> triggers =
        expressions.triggers(resource.lifecycle().replaceTriggeredBy(), module, repetition);
    ObjectValue derived = derive(type.get(), address, given, written.open(), sensitive);
    sensitive = withCopies(sensitive, given, derived);
    index.add(address, type.get().name(), derived, sensitive);
    return Optional.of(
        new ResourceInstance(
            address,
            module.path(),
            resource.type(),
            resource.name(),
            repetition.key(),
            derived,
            sensitive,
            content.attributes(),
            dependencies.get(),
            resource.lifecycle(),
            triggers,
            resource.range()));
  }

  /**
   * What a block says.
   *
   * @param values its arguments and their defaults, by name; what is wrong is unknown
   * @param content the arguments as written
   * @param open the names of arguments that are given and not known yet
   */
  record Written(TreeMap<String, Value> values, BodyContent content, Set<String> open) {}

  /**
   * Evaluates what a block says, and its preconditions.
   *
   * @param ephemeral whether arguments may be ephemeral, since nothing keeps them
   */
  Written written(
      ModuleInstance module,
      Resource resource,
      Repetition repetition,
      Schema schema,
      String address,
      boolean ephemeral) {
    Known ofType = byType.computeIfAbsent(resource.type(), _ -> Known.of(schema));
    BodyContent content =
        NestedBlocks.content(resource.body(), ofType.body(), ofType.attributes(), diagnostics);
    resource
        .lifecycle()
        .preconditions()
        .forEach(rule -> expressions.check(rule, module, repetition, "Resource precondition"));
    TreeMap<String, Value> values = new TreeMap<>();
    Set<String> open = new TreeSet<>();
    for (io.pgha.provider.schema.Attribute attribute : schema.attributes()) {
      Optional<Attribute> argument = content.attribute(attribute.name());
      if (argument.isEmpty()) {
        values.put(attribute.name(), notGiven(attribute));
        continue;
      }
      Value given = given(attribute, argument.get(), module, repetition, address, ephemeral);
      if (!given.isKnown()) {
        open.add(attribute.name());
      }
      UnaryOperator<Diagnostic> explained =
          error -> expressions.explained(error, argument.get().expression(), module, repetition);
      values.put(attribute.name(), value(attribute, argument.get(), given, address, explained));
    }
    return new Written(values, content, open);
  }

  /** What a block of a type can say: all attributes, and the id, which all objects have. */
  private record Known(List<io.pgha.provider.schema.Attribute> attributes, BodySchema body) {
    static Known of(Schema schema) {
      List<io.pgha.provider.schema.Attribute> all =
          schema.attribute("id").isPresent()
              ? schema.attributes()
              : Stream.concat(schema.attributes().stream(), Stream.of(ID)).toList();
      return new Known(all, NestedBlocks.schema(all).after(Resource.META));
    }
  }

  private Value given(
      io.pgha.provider.schema.Attribute attribute,
      Attribute argument,
      ModuleInstance module,
      Repetition repetition,
      String address,
      boolean ephemeral) {
    Value value = expressions.evaluate(argument.expression(), module, repetition);
    return ephemeral ? value : withoutEphemeral(attribute, value, argument, address);
  }

  /**
   * Fills the attributes that follow from the arguments, then those that are known from machines or
   * earlier runs, then what follows from these; lets neighbours find the instance. An argument that
   * is given and not known yet is not one that is left to the provider.
   */
  private ObjectValue derive(
      ResourceType type,
      String address,
      ObjectValue given,
      Set<String> open,
      List<AttributePath> sensitive) {
    // To the type what is not known looks like what is not given.
    boolean misleading =
        !open.isEmpty()
            && type.schema().attributes().stream()
                .anyMatch(attribute ->
                    attribute.presence() == Presence.OPTIONAL_COMPUTED
                        && open.contains(attribute.name()));
    ObjectValue values = derived(type, address, given, misleading, sensitive);
    TreeMap<String, Value> computed =
        new TreeMap<>(inputs.computed().getOrDefault(address, ObjectValue.EMPTY).attributes());
    computed.keySet().removeAll(open);
    values = filled(values, computed);
    return derived(type, address, values, misleading, sensitive);
  }

  /** The sensitive paths, and those in attributes that only say again what an argument says. */
  private static List<AttributePath> withCopies(
      List<AttributePath> sensitive, ObjectValue given, ObjectValue derived) {
    Set<AttributePath> all = new java.util.LinkedHashSet<>(sensitive);
    derived
        .attributes()
        .forEach((copy, value) -> {
          if (given.get(copy).isKnown() && !given.get(copy).isNull()) {
            return;
          }
          for (AttributePath path : sensitive) {
            List<AttributePath.Step> steps = path.steps();
            if (!steps.isEmpty()
                && steps.getFirst() instanceof AttributePath.Name(String name)
                && !name.equals(copy)
                && value.equals(given.attributes().get(name))) {
              all.add(AttributePath.of(copy).then(steps.subList(1, steps.size())));
            }
          }
        });
    return List.copyOf(all);
  }

  private ObjectValue derived(
      ResourceType type,
      String address,
      ObjectValue values,
      boolean misleading,
      List<AttributePath> sensitive) {
    Instance instance = index.add(address, type.name(), values, sensitive);
    return misleading ? values : filled(values, type.derive(instance));
  }

  /** The values with those that are not known taken from others. */
  private static ObjectValue filled(ObjectValue values, Map<String, Value> others) {
    TreeMap<String, Value> all = new TreeMap<>(values.attributes());
    others.forEach((name, value) -> {
      Value known = all.get(name);
      if (known == null || !known.isKnown()) {
        all.put(name, value);
      }
    });
    return ObjectValue.of(all);
  }

  private static List<AttributePath> sensitive(SortedMap<AttributePath, Set<Mark>> marks) {
    List<AttributePath> sensitive = new ArrayList<>();
    marks.forEach((path, marked) -> {
      if (marked.contains(Mark.SENSITIVE)) {
        sensitive.add(path);
      }
    });
    return List.copyOf(sensitive);
  }

  private Value value(
      io.pgha.provider.schema.Attribute attribute,
      Attribute written,
      Value value,
      String address,
      UnaryOperator<Diagnostic> explained) {
    try {
      Value converted = NestedDefaults.fill(attribute, Conversion.convert(value, attribute.type()));
      if (converted.isNull()) {
        if (attribute.presence() == Presence.REQUIRED) {
          diagnostics.add(
              explained.apply(
                  Diagnostic.error(
                          "missing-argument",
                          "Missing required argument",
                          "The argument \""
                              + attribute.name()
                              + "\" is required, but it is null here.",
                          written.expression().range())
                      .about(address)));
        }
        return notGiven(attribute);
      }
      return converted;
    } catch (ConversionException e) {
      AttributePath path = AttributePath.of(attribute.name()).then(e.path().steps());
      diagnostics.add(
          explained.apply(
              Diagnostic.error(
                      "wrong-type",
                      "Inappropriate value for attribute \"" + attribute.name() + "\"",
                      e.messageWithPath() + "." + idMeant(attribute, written, value),
                      SourcePaths.range(written, path))
                  .about(address)
                  .of(path)));
      return Unknown.of(attribute.type());
    }
  }

  /** What to write where a whole instance stands in place of its id; empty where none does. */
  private static String idMeant(
      io.pgha.provider.schema.Attribute attribute, Attribute written, Value value) {
    boolean instance =
        value.unmarked() instanceof ObjectValue object && object.attributes().containsKey("id");
    return instance
            && attribute.type().equals(Type.STRING)
            && !(written.expression() instanceof Expression.ObjectConstructor)
        ? " Did you mean its id? Then add \".id\"."
        : "";
  }

  /** What is ephemeral may go into what is never kept, and nowhere else. */
  private Value withoutEphemeral(
      io.pgha.provider.schema.Attribute attribute, Value value, Attribute written, String address) {
    if (!Marks.has(value, Mark.EPHEMERAL)) {
      return value;
    }
    for (Map.Entry<AttributePath, Set<Mark>> entry : Marks.paths(value).marks().entrySet()) {
      AttributePath path = AttributePath.of(attribute.name()).then(entry.getKey().steps());
      if (entry.getValue().contains(Mark.EPHEMERAL) && !isWriteOnly(attribute, entry.getKey())) {
        diagnostics.add(
            Diagnostic.error(
                    "ephemeral-value",
                    "Invalid use of ephemeral value",
                    "Ephemeral values are not valid for \""
                        + path
                        + "\": it is not write-only, so state keeps it.",
                    SourcePaths.range(written, path))
                .about(address)
                .of(path));
        return Unknown.of(attribute.type());
      }
    }
    return Marks.removeDeep(value, Mark.EPHEMERAL);
  }

  private static boolean isWriteOnly(
      io.pgha.provider.schema.Attribute attribute, AttributePath path) {
    io.pgha.provider.schema.Attribute found = attribute;
    for (AttributePath.Step step : path.steps()) {
      if (found.has(Flag.SECRET)) {
        return true;
      }
      if (step instanceof AttributePath.Name(String name)) {
        Optional<io.pgha.provider.schema.Attribute> inner =
            found.nested().stream().filter(each -> each.name().equals(name)).findFirst();
        if (inner.isEmpty()) {
          return false;
        }
        found = inner.get();
      }
    }
    return found.has(Flag.SECRET);
  }

  private static Value notGiven(io.pgha.provider.schema.Attribute attribute) {
    if (attribute.presence() == Presence.COMPUTED
        || attribute.presence() == Presence.OPTIONAL_COMPUTED) {
      // Whatever is made has an id.
      return attribute.name().equals("id")
          ? new Unknown(attribute.type(), Refinement.NOT_NULL)
          : Unknown.of(attribute.type());
    }
    if (attribute.presence() == Presence.REQUIRED) {
      // That it is missing has been said; null would be told of again wherever it is used.
      return Unknown.of(attribute.type());
    }
    return attribute.defaultValue().orElse(new Null(attribute.type()));
  }

  Diagnostic unknownType(Resource resource) {
    TypeRegistry.Kind of = TypeRegistry.Kind.of(resource.type());
    String kind = of.word();
    String written = resource.type().substring(of.prefix().length());
    Set<String> known = inputs.types().names(of);
    String hint =
        NearestName.of(written, known)
            .map(name -> " Did you mean \"" + name + "\"?")
            .orElse(" The types are " + String.join(", ", known) + ".");
    return Diagnostic.error(
        "unknown-type",
        "Unknown " + kind + " type",
        "No provider has "
            + (of == TypeRegistry.Kind.EPHEMERAL ? "an " : "a ")
            + kind
            + " type \""
            + written
            + "\"."
            + hint,
        resource.typeRange());
  }

  /** What a reference to the instance sees: its values, with secrets marked. */
  Value visible(ResourceInstance instance) {
    Schema schema = inputs.types().type(instance.type()).orElseThrow().schema();
    ObjectValue visible = instance.values();
    TreeMap<AttributePath, Set<Mark>> marks = new TreeMap<>();
    instance.sensitivePaths().forEach(path -> marks.put(path, EnumSet.of(Mark.SENSITIVE)));
    // State never has them: what comes of them must not be kept either.
    WriteOnlyPaths.given(schema, visible)
        .forEach(path -> marks.put(path, EnumSet.of(Mark.SENSITIVE, Mark.EPHEMERAL)));
    return marks.isEmpty() ? visible : Marks.apply(visible, marks);
  }
}
