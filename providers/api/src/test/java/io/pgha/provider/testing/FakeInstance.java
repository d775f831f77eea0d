package io.pgha.provider.testing;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.DataType;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance made of plain Java values, as the engine would make it: defaults of the schema filled
 * in at every depth, derived attributes there, references both ways.
 *
 * <p>Instances know each other by way of a {@link World}: make the ones that others refer to first.
 */
public final class FakeInstance implements Instance {
  private final World world;
  private final String type;
  private final Schema schema;
  private final String address;
  private final ObjectValue values;
  private final List<AttributePath> sensitive = new ArrayList<>();

  private FakeInstance(
      World world, String type, Schema schema, String address, ObjectValue values) {
    this.world = world;
    this.type = type;
    this.schema = schema;
    this.address = address;
    this.values = values;
  }

  /** Marks values as sensitive, by the text form of their paths. */
  public FakeInstance sensitive(String... paths) {
    for (String path : paths) {
      sensitive.add(AttributePath.parse(path));
    }
    return this;
  }

  /** All instances of a test. */
  public static final class World {
    private final Map<String, FakeInstance> instances = new TreeMap<>();

    /** Adds an instance of the type with the arguments, or puts it in the place of one. */
    public FakeInstance add(
        ResourceType type, String address, Map<String, ? extends @Nullable Object> arguments) {
      FakeInstance bare = add(type.name(), type.schema(), address, arguments);
      TreeMap<String, Value> values = new TreeMap<>(bare.values.attributes());
      values.putAll(type.derive(bare));
      FakeInstance whole =
          new FakeInstance(this, type.name(), type.schema(), address, ObjectValue.of(values));
      instances.put(address, whole);
      return whole;
    }

    /** Adds a data source of the type with the arguments. */
    public FakeInstance add(
        DataType type, String address, Map<String, ? extends @Nullable Object> arguments) {
      return add("data." + type.name(), type.schema(), address, arguments);
    }

    private FakeInstance add(
        String type,
        Schema schema,
        String address,
        Map<String, ? extends @Nullable Object> arguments) {
      TreeMap<String, Value> values = new TreeMap<>();
      for (Attribute attribute : schema.attributes()) {
        values.put(attribute.name(), complete(attribute, arguments.get(attribute.name())));
      }
      for (String name : arguments.keySet()) {
        if (schema.attribute(name).isEmpty()) {
          throw new IllegalArgumentException(type + " has no argument " + name);
        }
      }
      values.put("id", new Str(address));
      FakeInstance bare = new FakeInstance(this, type, schema, address, ObjectValue.of(values));
      instances.put(address, bare);
      return bare;
    }

    /** Takes an instance away. */
    public void remove(String address) {
      instances.remove(address);
    }

    /** The instance of an address. */
    public FakeInstance get(String address) {
      FakeInstance found = instances.get(address);
      if (found == null) {
        throw new IllegalArgumentException("no instance " + address);
      }
      return found;
    }

    /** All instances of a type, ordered by address. */
    public List<Instance> all(String type) {
      return instances.values().stream()
          .filter(each -> each.type().equals(type))
          .map(Instance.class::cast)
          .toList();
    }
  }

  /** The attributes that are stored: neither secret nor volatile nor unknown ones. */
  public ObjectValue stored() {
    TreeMap<String, Value> kept = new TreeMap<>(values.attributes());
    for (Attribute attribute : schema.attributes()) {
      if (attribute.has(Attribute.Flag.SECRET) || attribute.has(Attribute.Flag.VOLATILE)) {
        kept.put(attribute.name(), new Null(attribute.type()));
      }
    }
    return ObjectValue.of(kept);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public ObjectValue values() {
    return values;
  }

  @Override
  public List<AttributePath> sensitivePaths() {
    return List.copyOf(sensitive);
  }

  @Override
  public Optional<Instance> reference(AttributePath path) {
    Value value = values;
    for (AttributePath.Step step : path.steps()) {
      value =
          switch (step) {
            case AttributePath.Name(String name) -> ((ObjectValue) value).get(name);
            case AttributePath.Key(String key) ->
                ((MapValue) value).elements().getOrDefault(key, Null.ANY);
            case AttributePath.Index(int index) ->
                io.pgha.provider.Values.elements(value).get(index);
            case AttributePath.Element(Value element) -> element;
          };
    }
    return value instanceof Str(String id)
        ? Optional.ofNullable(world.instances.get(id)).map(Instance.class::cast)
        : Optional.empty();
  }

  @Override
  public List<Instance> referrers(String referring) {
    return world.all(referring).stream()
        .filter(other -> ((FakeInstance) other).refersTo(address))
        .sorted(Comparator.comparing(Instance::address))
        .toList();
  }

  private boolean refersTo(String other) {
    return schema.attributes().stream()
        .anyMatch(attribute -> refers(attribute, values.get(attribute.name()), other));
  }

  private static boolean refers(Attribute attribute, Value value, String other) {
    if (attribute.reference().isPresent()) {
      return value.equals(new Str(other))
          || io.pgha.provider.Values.elements(value).contains(new Str(other));
    }
    List<Value> objects = new ArrayList<>();
    switch (value) {
      case ObjectValue object -> objects.add(object);
      case MapValue map -> objects.addAll(map.elements().values());
      case ListValue list -> objects.addAll(list.elements());
      default -> {}
    }
    return objects.stream()
        .filter(ObjectValue.class::isInstance)
        .map(ObjectValue.class::cast)
        .anyMatch(object ->
            attribute.nested().stream()
                .anyMatch(inner -> refers(inner, object.get(inner.name()), other)));
  }

  private static Value complete(Attribute attribute, @Nullable Object plain) {
    if (plain == null
        && (attribute.presence() == Attribute.Presence.COMPUTED
            || attribute.presence() == Attribute.Presence.OPTIONAL_COMPUTED)) {
      return Unknown.of(attribute.type());
    }
    if (plain == null) {
      return attribute.defaultValue().orElse(new Null(attribute.type()));
    }
    if (plain instanceof Value value) {
      return value;
    }
    return switch (attribute.nesting()) {
      case NONE -> Plain.value(plain, attribute.type());
      case SINGLE -> object(attribute, (Map<?, ?>) plain);
      case LIST -> {
        List<Value> elements = new ArrayList<>();
        ((List<?>) plain).forEach(each -> elements.add(object(attribute, (Map<?, ?>) each)));
        yield new ListValue(
            elements.isEmpty() ? io.pgha.language.value.Type.DYNAMIC : elements.getFirst().type(),
            elements);
      }
      case MAP -> {
        TreeMap<String, Value> elements = new TreeMap<>();
        ((Map<?, ?>) plain)
            .forEach(
                (key, each) -> elements.put((String) key, object(attribute, (Map<?, ?>) each)));
        yield MapValue.of(
            elements.isEmpty()
                ? io.pgha.language.value.Type.DYNAMIC
                : elements.firstEntry().getValue().type(),
            elements);
      }
    };
  }

  private static ObjectValue object(Attribute attribute, Map<?, ?> plain) {
    TreeMap<String, Value> attributes = new TreeMap<>();
    for (Attribute inner : attribute.nested()) {
      attributes.put(inner.name(), complete(inner, plain.get(inner.name())));
    }
    for (Object name : plain.keySet()) {
      if (!attributes.containsKey(name)) {
        throw new IllegalArgumentException(attribute.name() + " has no attribute " + name);
      }
    }
    return ObjectValue.of(attributes);
  }
}
