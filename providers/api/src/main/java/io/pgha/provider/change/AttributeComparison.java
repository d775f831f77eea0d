package io.pgha.provider.change;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the arguments of an instance with what is live and what was last applied, as its schema
 * says: by equivalence, without volatile and secret ones, nested objects and maps element by
 * element.
 *
 * <p>An argument that is not given and never was is not managed: whatever is live is right. Where
 * an attribute can't be read live, what was last applied stands for it.
 */
public final class AttributeComparison {
  private static final String OUTSIDE = "changed outside pgha";

  private final List<AttributePath> sensitive;
  private final boolean hasPrior;
  private final List<AttributeChange> changes = new ArrayList<>();

  private AttributeComparison(List<AttributePath> sensitive, boolean hasPrior) {
    this.sensitive = sensitive;
    this.hasPrior = hasPrior;
  }

  /** The arguments of the request's instance that differ. */
  public static List<AttributeChange> of(Schema schema, PlanRequest request) {
    return of(
        schema,
        request.instance().values(),
        request.prior().map(Prior::attributes),
        request.live().attributes(),
        request.instance().sensitivePaths());
  }

  /**
   * The arguments that differ.
   *
   * @param desired arguments with defaults; may hold unknowns
   * @param prior what was last applied; empty where nothing ever was
   * @param live what could be read; an attribute that is left out could not
   * @param sensitive paths whose values must not be shown
   */
  public static List<AttributeChange> of(
      Schema schema,
      ObjectValue desired,
      Optional<ObjectValue> prior,
      ObjectValue live,
      List<AttributePath> sensitive) {
    AttributeComparison comparison = new AttributeComparison(sensitive, prior.isPresent());
    for (Attribute attribute : schema.attributes()) {
      comparison.attribute(
          attribute,
          AttributePath.of(attribute.name()),
          desired.get(attribute.name()),
          prior.map(each -> each.get(attribute.name())).orElse(Null.ANY),
          live.attributes().containsKey(attribute.name())
              ? Optional.of(live.get(attribute.name()))
              : Optional.empty(),
          false);
    }
    return List.copyOf(comparison.changes);
  }

  private void attribute(
      Attribute attribute,
      AttributePath path,
      Value desired,
      Value prior,
      Optional<Value> live,
      boolean replaces) {
    boolean computed = attribute.presence() == Attribute.Presence.COMPUTED;
    boolean given = attribute.presence() == Attribute.Presence.OPTIONAL_COMPUTED;
    if (computed || attribute.has(Flag.VOLATILE) || (given && !isGiven(desired))) {
      return;
    }
    if (attribute.has(Flag.SECRET)) {
      secret(path, desired);
      return;
    }
    Node node = new Node(attribute, path, AttributePath.ROOT, replaces || forces(attribute));
    if (attribute.nesting() != Attribute.Nesting.NONE && hasElements(desired)) {
      nested(node, desired, prior, live);
    } else {
      value(node, attribute.type(), desired, prior, live);
    }
  }

  /** The engine has an unknown where an optional computed attribute was not given. */
  private static boolean isGiven(Value value) {
    return !value.isNull() && value.isKnown();
  }

  /** A secret is write-only: it shows as given for the first time, and never as different. */
  private void secret(AttributePath path, Value desired) {
    if (!hasPrior && !desired.isNull()) {
      changes.add(new AttributeChange(path, Null.ANY, new Str(Fragment.HIDDEN), true, "", false));
    }
  }

  private void nested(Node node, Value desired, Value prior, Optional<Value> live) {
    SortedMap<String, Value> wanted = elements(desired);
    SortedMap<String, Value> before = elements(prior);
    Optional<SortedMap<String, Value>> now = live.map(AttributeComparison::elements);
    if (node.attribute.nesting() == Attribute.Nesting.SINGLE) {
      object(node, node.path, wanted, before, now);
      return;
    }
    TreeSet<String> keys = new TreeSet<>(wanted.keySet());
    keys.addAll(before.keySet());
    if (!node.attribute.has(Flag.DECLARED_KEYS)) {
      now.ifPresent(found -> keys.addAll(found.keySet()));
    }
    for (String key : keys) {
      AttributePath path = node.element(key, desired);
      Value want = wanted.getOrDefault(key, Null.ANY);
      Value was = before.getOrDefault(key, Null.ANY);
      Optional<Value> is = now.map(found -> found.getOrDefault(key, Null.ANY));
      if (hasElements(want)) {
        object(node, path, elements(want), elements(was), is.map(AttributeComparison::elements));
      } else {
        leaf(node.at(path, AttributePath.ROOT), want, was, is, true);
      }
    }
  }

  private void object(
      Node node,
      AttributePath path,
      SortedMap<String, Value> wanted,
      SortedMap<String, Value> before,
      Optional<SortedMap<String, Value>> now) {
    for (Attribute inner : node.attribute.nested()) {
      String name = inner.name();
      attribute(
          inner,
          path.name(name),
          wanted.getOrDefault(name, Null.ANY),
          before.getOrDefault(name, Null.ANY),
          now.filter(found -> found.containsKey(name))
              .map(found -> found.getOrDefault(name, Null.ANY)),
          node.replaces);
    }
  }

  /** A plain value; maps and objects go element by element, as far as they are known. */
  private void value(Node node, Type type, Value desired, Value prior, Optional<Value> live) {
    boolean byKey =
        (desired.unmarked() instanceof MapValue || desired.unmarked() instanceof ObjectValue)
            && !(type instanceof Type.TupleType);
    if (!byKey) {
      leaf(node, desired, prior, live, false);
      return;
    }
    SortedMap<String, Value> wanted = elements(desired);
    SortedMap<String, Value> before = elements(prior);
    Optional<SortedMap<String, Value>> now = live.map(AttributeComparison::elements);
    TreeSet<String> keys = new TreeSet<>(wanted.keySet());
    keys.addAll(before.keySet());
    if (!node.attribute.has(Flag.DECLARED_KEYS)) {
      now.ifPresent(found -> keys.addAll(found.keySet()));
    }
    for (String key : keys) {
      AttributePath.Step step =
          desired.unmarked() instanceof MapValue
              ? new AttributePath.Key(key)
              : new AttributePath.Name(key);
      leaf(
          node.at(node.path.then(step), node.within.then(step)),
          wanted.getOrDefault(key, Null.ANY),
          before.getOrDefault(key, Null.ANY),
          now.map(found -> found.getOrDefault(key, Null.ANY)),
          true);
    }
  }

  /** Compares one value. An element of a whole is managed even where it was never declared. */
  private void leaf(Node node, Value desired, Value prior, Optional<Value> live, boolean element) {
    Value before = live.orElse(prior);
    if (desired.isNull() && before.isNull()) {
      return;
    }
    boolean managed = element || !desired.isNull() || !prior.isNull();
    if (!managed || same(node, before, desired)) {
      return;
    }
    boolean outside = hasPrior && live.isPresent() && !same(node, live.get(), prior);
    boolean hidden =
        sensitive.stream()
            .anyMatch(path -> path.startsWith(node.path) || node.path.startsWith(path));
    Value shownBefore = hidden && !before.isNull() ? new Str(Fragment.HIDDEN) : before;
    Value shownAfter =
        hidden && desired.isKnown() && !desired.isNull() ? new Str(Fragment.HIDDEN) : desired;
    changes.add(
        new AttributeChange(
            node.path,
            shownBefore,
            shownAfter,
            hidden,
            outside ? OUTSIDE : "",
            node.replaces && hasPrior));
  }

  /** Whether two values say the same, whichever of them came from JSON and lost its types. */
  public static boolean same(Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return left.isNull() && right.isNull();
    }
    return sameShape(left, right);
  }

  private static boolean same(Node node, Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return left.isNull() && right.isNull();
    }
    if (!Values.whollyKnown(left) || !Values.whollyKnown(right)) {
      return false;
    }
    return sameShape(left, right)
        || node.attribute.equivalence().same(node.within, left.unmarked(), right.unmarked());
  }

  /** A list, a tuple and a set written as a list are one thing once they come from JSON. */
  private static boolean sameShape(Value left, Value right) {
    if (left.equals(right)) {
      return true;
    }
    boolean sequences = isSequence(left) && isSequence(right);
    if (sequences) {
      List<Value> first = Values.elements(left);
      List<Value> second = Values.elements(right);
      if (first.size() != second.size()) {
        return false;
      }
      for (int index = 0; index < first.size(); index++) {
        if (!sameShape(first.get(index), second.get(index))) {
          return false;
        }
      }
      return true;
    }
    if (hasElements(left) && hasElements(right)) {
      SortedMap<String, Value> first = withoutNulls(elements(left));
      SortedMap<String, Value> second = withoutNulls(elements(right));
      return first.keySet().equals(second.keySet())
          && first.entrySet().stream()
              .allMatch(
                  each -> sameShape(each.getValue(), second.getOrDefault(each.getKey(), Null.ANY)));
    }
    return false;
  }

  private static boolean isSequence(Value value) {
    return switch (value.unmarked()) {
      case ListValue list -> true;
      case TupleValue tuple -> true;
      case io.pgha.language.value.SetValue set -> true;
      default -> false;
    };
  }

  private static SortedMap<String, Value> withoutNulls(SortedMap<String, Value> elements) {
    TreeMap<String, Value> present = new TreeMap<>(elements);
    present.values().removeIf(Value::isNull);
    return present;
  }

  private static boolean forces(Attribute attribute) {
    return attribute.has(Flag.FORCE_NEW);
  }

  private static boolean hasElements(Value value) {
    return switch (value.unmarked()) {
      case MapValue map -> true;
      case ObjectValue object -> true;
      case ListValue list -> true;
      case TupleValue tuple -> true;
      default -> false;
    };
  }

  private static SortedMap<String, Value> elements(Value value) {
    return switch (value.unmarked()) {
      case MapValue map -> map.elements();
      case ObjectValue object -> object.attributes();
      case ListValue list -> numbered(list.elements());
      case TupleValue tuple -> numbered(tuple.elements());
      default -> new TreeMap<>();
    };
  }

  /** Elements by index, written so that the order of the keys is that of the elements. */
  private static SortedMap<String, Value> numbered(List<Value> elements) {
    TreeMap<String, Value> byIndex = new TreeMap<>();
    for (Value element : elements) {
      byIndex.put("%09d".formatted(byIndex.size()), element);
    }
    return byIndex;
  }

  /**
   * Where the comparison stands.
   *
   * @param within the path within the attribute, for its equivalence
   */
  private record Node(
      Attribute attribute, AttributePath path, AttributePath within, boolean replaces) {
    Node at(AttributePath deeper, AttributePath deeperWithin) {
      return new Node(attribute, deeper, deeperWithin, replaces);
    }

    AttributePath element(String key, Value container) {
      return container.unmarked() instanceof ListValue || container.unmarked() instanceof TupleValue
          ? path.index(Integer.parseInt(key))
          : path.key(key);
    }
  }
}
