package io.pgha.core.evaluation;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one world (as configured, or as last applied) and who refers to whom.
 *
 * <p>Thread-safe. An instance that became outdated is brought up to date when it is looked at.
 */
public final class InstanceIndex {
  private final TypeRegistry types;
  private final Map<String, View> views = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> referrers = new ConcurrentHashMap<>();
  private final Set<String> outdated = ConcurrentHashMap.newKeySet();
  private final @Nullable InstanceIndex fallback;
  private volatile Consumer<String> refresh = address -> {};

  /**
   * An empty index.
   *
   * @param fallback where to look for what this index lacks, if anywhere
   */
  public InstanceIndex(TypeRegistry types, @Nullable InstanceIndex fallback) {
    this.types = types;
    this.fallback = fallback;
  }

  /** Adds an instance; one added before under the same address is replaced. */
  public Instance add(
      String address, String type, ObjectValue values, List<AttributePath> sensitivePaths) {
    View view = new View(address, type, values, sensitivePaths);
    views.put(address, view);
    outdated.remove(address);
    for (Attribute attribute : attributes(type)) {
      if (attribute.reference().isPresent()) {
        for (String target : targets(values.get(attribute.name()))) {
          referrers.computeIfAbsent(target, key -> new ConcurrentSkipListSet<>()).add(address);
        }
      }
    }
    return view;
  }

  /** Forgets all instances but those at the given addresses. */
  void retain(Collection<String> addresses) {
    views.keySet().retainAll(addresses);
  }

  /** How many instances it has itself. */
  int size() {
    return views.size();
  }

  /** Says that an instance is another by now, if it is in this index. */
  void outdate(String address) {
    if (views.containsKey(address)) {
      outdated.add(address);
    }
  }

  /** How an outdated instance is added again. */
  public void refreshBy(Consumer<String> refresher) {
    refresh = refresher;
  }

  /** The instance at an address. */
  public Optional<Instance> get(String address) {
    if (outdated.contains(address)) {
      refresh.accept(address);
    }
    View view = views.get(address);
    if (view != null) {
      return Optional.of(view);
    }
    return fallback == null ? Optional.empty() : fallback.get(address);
  }

  /** All instances of this index itself, ordered by address. */
  public Collection<? extends Instance> all() {
    return new TreeMap<>(views).values();
  }

  /** The addresses of the instances of a type that an instance refers to directly. */
  public Set<String> referencesTo(Instance instance, String type) {
    TreeSet<String> found = new TreeSet<>();
    for (Attribute attribute : attributes(instance.type())) {
      if (attribute.reference().filter(type::equals).isPresent()) {
        found.addAll(targets(instance.values().get(attribute.name())));
      }
    }
    return found;
  }

  private List<Attribute> attributes(String type) {
    return types.type(type).map(ResourceType::schema).map(s -> s.attributes()).orElse(List.of());
  }

  /** Whether an instance still refers to another, as it did when it was added. */
  private boolean refersTo(Instance instance, String target) {
    for (Attribute attribute : attributes(instance.type())) {
      if (attribute.reference().isPresent()
          && targets(instance.values().get(attribute.name())).contains(target)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> targets(Value value) {
    return switch (value.unmarked()) {
      case Str(String address) -> List.of(address);
      case ListValue list -> strings(list.elements());
      case SetValue set -> strings(set.elements());
      case TupleValue tuple -> strings(tuple.elements());
      default -> List.of();
    };
  }

  private static List<String> strings(List<Value> values) {
    return values.stream()
        .map(Value::unmarked)
        .filter(Str.class::isInstance)
        .map(value -> ((Str) value).value())
        .toList();
  }

  private final class View implements Instance {
    private final String address;
    private final String type;
    private final ObjectValue values;
    private final List<AttributePath> sensitivePaths;

    View(String address, String type, ObjectValue values, List<AttributePath> sensitivePaths) {
      this.address = address;
      this.type = type;
      this.values = values;
      this.sensitivePaths = List.copyOf(sensitivePaths);
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
      return sensitivePaths;
    }

    @Override
    public Optional<Instance> reference(AttributePath path) {
      return path.in(values)
          .filter(Str.class::isInstance)
          .flatMap(value -> get(((Str) value).value()));
    }

    @Override
    public List<Instance> referrers(String wanted) {
      return referrersOf(address).stream()
          .map(InstanceIndex.this::get)
          .flatMap(Optional::stream)
          .filter(instance -> instance.type().equals(wanted) && refersTo(instance, address))
          .toList();
    }

    @Override
    public String toString() {
      return address;
    }
  }

  private Set<String> referrersOf(String address) {
    TreeSet<String> all = new TreeSet<>(referrers.getOrDefault(address, Set.of()));
    if (fallback != null) {
      all.addAll(fallback.referrersOf(address));
    }
    return all;
  }
}
