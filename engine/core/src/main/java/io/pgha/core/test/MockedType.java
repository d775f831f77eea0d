package io.pgha.core.test;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.test.Mocks.Treatment;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A type whose instances are kept in state and nowhere else. Arguments are checked as always, and
 * what follows from them alone does so here too; what a machine would tell is what the mocks say,
 * or made up.
 *
 * <p>An instance that nobody mocked is refused where its type reaches machines, and is the real one
 * elsewhere. There is no question, no step and no connection in any case.
 */
final class MockedType implements ResourceType {
  private final ResourceType real;
  private final Mocks mocks;
  private final Schema schema;

  /** What was read, by address: the same for as long as the mock lives. */
  private final Map<String, ObjectValue> read = new ConcurrentHashMap<>();

  /** What is said before something is made: the same however often it is planned. */
  private final Map<String, ObjectValue> promised = new ConcurrentHashMap<>();

  MockedType(ResourceType real, Mocks mocks) {
    this.real = real;
    this.mocks = mocks;
    // Nothing moves by itself here.
    this.schema =
        new Schema(
            real.schema().version(),
            real.schema().doc(),
            real.schema().attributes().stream().map(MockedType::kept).toList(),
            real.schema().example());
  }

  private static Attribute kept(Attribute attribute) {
    if (!attribute.has(Flag.VOLATILE)) {
      return attribute;
    }
    Set<Flag> flags = EnumSet.copyOf(attribute.flags());
    flags.remove(Flag.VOLATILE);
    return new Attribute(
        attribute.name(),
        attribute.type(),
        attribute.presence(),
        attribute.defaultValue(),
        flags,
        attribute.reference(),
        attribute.equivalence(),
        attribute.nesting(),
        attribute.nested(),
        attribute.doc(),
        attribute.source());
  }

  /** Whether a machine, or a mock, tells of an attribute. */
  static boolean isComputed(Attribute attribute) {
    return attribute.presence() == Presence.COMPUTED
        || attribute.presence() == Presence.OPTIONAL_COMPUTED;
  }

  private Treatment treatment(Instance instance) {
    return mocks.treatment(name(), instance.address());
  }

  private boolean isReal(Instance instance) {
    return treatment(instance) == Treatment.REAL;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    Map<String, Value> derived = real.derive(instance);
    if (isReal(instance)) {
      return derived;
    }
    MockedValues said = mocks.values(name(), instance.address());
    Map<String, Value> others = new TreeMap<>(derived);
    others.keySet().removeAll(said.values().keySet());
    if (isReadable(instance)) {
      others.putAll(readOf(instance).attributes());
    }
    return others;
  }

  /** Whether it is only read, and nothing stands in the way: a mock need not wait for machines. */
  private boolean isReadable(Instance instance) {
    return TypeRegistry.isData(name())
        && treatment(instance) == Treatment.MOCKED
        && Values.of(instance).unknownArgument(schema).isEmpty();
  }

  private ObjectValue readOf(Instance instance) {
    return read.computeIfAbsent(instance.address(), _ -> made(instance));
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return treatment(instance) == Treatment.REFUSED ? List.of() : real.validate(instance);
  }

  /** Refuses what is not mocked, once for each resource. */
  @Override
  public List<Diagnostic> validateAll(List<Instance> instances) {
    Map<String, Diagnostic> refused = new LinkedHashMap<>();
    for (Instance instance : instances) {
      if (treatment(instance) == Treatment.REFUSED) {
        refused.computeIfAbsent(
            InstanceAddress.parse(instance.address()).resource(), _ -> refusal(instance));
      }
    }
    return refused.isEmpty() ? real.validateAll(instances) : List.copyOf(refused.values());
  }

  private Diagnostic refusal(Instance instance) {
    InstanceAddress address = InstanceAddress.parse(instance.address());
    return Diagnostic.error(
            "not-mocked",
            "Not mocked: " + address.resource(),
            "It is on a machine, and pgha test reaches none. " + mocks.advice(name(), address))
        .about(instance.address());
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return isReal(instance) ? real.probes(instance) : List.of();
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return isReal(instance)
        ? real.read(instance, results)
        : new Live(Live.Presence.ABSENT, "", ObjectValue.EMPTY, List.of(), results);
  }

  @Override
  public Change plan(PlanRequest request) {
    return switch (treatment(request.instance())) {
      case REAL -> real.plan(request);
      case REFUSED ->
          request.deletion()
              ? deletion(request)
              : Change.refused(List.of(refusal(request.instance())));
      case MOCKED ->
          TypeRegistry.isData(name()) ? Change.none(readOf(request.instance())) : mocked(request);
    };
  }

  private Change mocked(PlanRequest request) {
    if (request.deletion()) {
      return deletion(request);
    }
    Instance instance = request.instance();
    List<AttributeChange> attributes = AttributeComparison.of(schema, request);
    if (request.prior().isEmpty()) {
      return request.claimed()
          ? Change.none(made(instance))
          : change(Action.CREATE, attributes, planned(instance));
    }
    ObjectValue before = request.prior().get().attributes();
    if (attributes.isEmpty()) {
      return Change.none(kept(instance, before));
    }
    return attributes.stream().anyMatch(AttributeChange::forcesReplacement)
        ? change(Action.REPLACE, attributes, planned(instance))
        : change(Action.UPDATE, attributes, kept(instance, before));
  }

  private static Change deletion(PlanRequest request) {
    return request.owned()
        ? change(Action.DELETE, List.of(), ObjectValue.EMPTY)
        : Change.none(ObjectValue.EMPTY);
  }

  /**
   * What a change in place leaves as it was: the same whether it is known to the instance already
   * or not, since planning goes on for as long as anything else is told.
   */
  private ObjectValue kept(Instance instance, ObjectValue before) {
    Map<String, Value> said = mocks.values(name(), instance.address()).values();
    Set<String> following = following(instance, before);
    Map<String, Value> kept = new TreeMap<>();
    for (Attribute attribute : schema.attributes()) {
      if (isComputed(attribute) && !following.contains(attribute.name())) {
        kept.put(attribute.name(), kept(attribute, instance, before, said));
      }
    }
    return ObjectValue.of(kept);
  }

  private static Value kept(
      Attribute attribute, Instance instance, ObjectValue before, Map<String, Value> said) {
    Value now = instance.values().get(attribute.name());
    if (now.isKnown() && attribute.presence() == Presence.OPTIONAL_COMPUTED) {
      // The configuration may give it, and else it is what was told before.
      return now;
    }
    Value was = before.attributes().get(attribute.name());
    if (was != null) {
      return was;
    }
    return now.isKnown() ? now : made(attribute, said);
  }

  /** The computed attributes that follow from arguments, be these known by now or not. */
  private Set<String> following(Instance instance, ObjectValue before) {
    Set<String> following = new TreeSet<>(derive(instance).keySet());
    if (Values.of(instance).unknownArgument(schema).isPresent()) {
      following.addAll(derive(new Earlier(instance, before)).keySet());
    }
    return following;
  }

  /** An instance with the values that it had before, among the neighbours of now. */
  private record Earlier(Instance now, ObjectValue values) implements Instance {
    @Override
    public String address() {
      return now.address();
    }

    @Override
    public String type() {
      return now.type();
    }

    @Override
    public List<AttributePath> sensitivePaths() {
      return now.sensitivePaths();
    }

    @Override
    public Optional<Instance> reference(AttributePath path) {
      return now.reference(path);
    }

    @Override
    public List<Instance> referrers(String type) {
      return now.referrers(type);
    }
  }

  /** What is known before it is made. */
  private ObjectValue planned(Instance instance) {
    MockedValues said = mocks.values(name(), instance.address());
    if (!said.duringPlan()) {
      return ObjectValue.EMPTY;
    }
    // While an argument is not known, neither is what may follow from it.
    return Values.of(instance).unknownArgument(schema).isPresent()
        ? ObjectValue.of(said(said))
        : promised.computeIfAbsent(
            instance.address(),
            _ -> {
              Map<String, Value> all = new TreeMap<>(made(instance).attributes());
              all.putAll(said(said));
              return ObjectValue.of(all);
            });
  }

  /** What a mock says of what a machine would tell. */
  private Map<String, Value> said(MockedValues mock) {
    Map<String, Value> said = new TreeMap<>(mock.values());
    said.keySet().removeIf(name -> schema.attribute(name).filter(MockedType::isComputed).isEmpty());
    return said;
  }

  /** What a machine would tell that made it. */
  private ObjectValue made(Instance instance) {
    Map<String, Value> said = mocks.values(name(), instance.address()).values();
    Map<String, Value> all = new TreeMap<>();
    for (Attribute attribute : schema.attributes()) {
      if (isComputed(attribute) && !instance.values().get(attribute.name()).isKnown()) {
        all.put(attribute.name(), made(attribute, said));
      }
    }
    return ObjectValue.of(all);
  }

  private static Value made(Attribute attribute, Map<String, Value> said) {
    Value value = said.get(attribute.name());
    return value == null ? MadeUp.of(attribute.type()) : value;
  }

  private static Change change(
      Action action, List<AttributeChange> attributes, ObjectValue computed) {
    return new Change(
        action, attributes, List.of(), Effect.NONE, List.of(), List.of(), computed, List.of());
  }

  @Override
  public Optional<Map<String, Value>> adopted(String id) {
    return real.adopted(id);
  }

  @Override
  public Optional<String> group(Instance instance) {
    return isReal(instance) ? real.group(instance) : Optional.empty();
  }

  @Override
  public RolloutPolicy rollout() {
    return real.rollout();
  }

  @Override
  public List<String> follows() {
    return real.follows();
  }

  @Override
  public boolean coexists() {
    return real.coexists();
  }
}
