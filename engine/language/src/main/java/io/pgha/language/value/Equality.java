package io.pgha.language.value;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code ==} yields. */
public final class Equality {
  private static final Unknown OPEN = new Unknown(Type.BOOL, Refinement.NOT_NULL);

  private Equality() {}

  /**
   * Whether two values are equal: a {@link Bool}, or an unknown bool where that can't be said yet;
   * with all marks of both at any depth. Values of different types are never equal; nulls are equal
   * whatever their type, but inside of others their types count too.
   */
  public static Value of(Value one, Value other) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    marks.addAll(Marks.all(one));
    marks.addAll(Marks.all(other));
    return compare(Marks.removeDeep(one), Marks.removeDeep(other)).withMarks(marks);
  }

  private static Value compare(Value one, Value other) {
    if (one instanceof Null || other instanceof Null) {
      Value rest = one instanceof Null ? other : one;
      if (rest instanceof Unknown(_, Refinement refinement)) {
        return refinement.notNull() ? Bool.FALSE : OPEN;
      }
      return Bool.of(rest instanceof Null);
    }
    if (one instanceof Unknown || other instanceof Unknown) {
      return compareUnknown(one, other);
    }
    return switch (one) {
      case ListValue(_, List<Value> elements)
          when other instanceof ListValue(_, List<Value> others) ->
          sameType(one, other) ? sequences(elements, others) : Bool.FALSE;
      case TupleValue(List<Value> elements) when other instanceof TupleValue(List<Value> others) ->
          sequences(elements, others);
      case MapValue map when other instanceof MapValue others ->
          sameType(one, other) ? mappings(map.elements(), others.elements()) : Bool.FALSE;
      case ObjectValue object when other instanceof ObjectValue others ->
          sameType(one, other) ? mappings(object.attributes(), others.attributes()) : Bool.FALSE;
      case SetValue set when other instanceof SetValue others ->
          sameType(one, other) ? sets(set, others) : Bool.FALSE;
      default -> Bool.of(one.equals(other));
    };
  }

  private static Value compareParts(Value one, Value other) {
    return one instanceof Null && other instanceof Null
        ? Bool.of(one.type().equals(other.type()))
        : compare(one, other);
  }

  private static boolean sameType(Value one, Value other) {
    return compatible(one.type(), other.type());
  }

  /** Whether a value of either type could be of the other: dynamic parts may be anything. */
  private static boolean compatible(Type one, Type other) {
    return one.equals(other) || one.hasDynamic() || other.hasDynamic();
  }

  private static Value compareUnknown(Value one, Value other) {
    if (!compatible(one.type(), other.type())) {
      return Bool.FALSE;
    }
    if (one instanceof Str(String text) && other instanceof Unknown unknown) {
      return mayBe(text, unknown) ? OPEN : Bool.FALSE;
    }
    if (other instanceof Str(String text) && one instanceof Unknown unknown) {
      return mayBe(text, unknown) ? OPEN : Bool.FALSE;
    }
    if (mayBeNull(one) && mayBeNull(other)) {
      return OPEN;
    }
    Bounds left = Bounds.of(one);
    Bounds right = Bounds.of(other);
    return left.isBelow(right) || right.isBelow(left) ? Bool.FALSE : OPEN;
  }

  private static boolean mayBeNull(Value value) {
    return value instanceof Unknown unknown && !unknown.refinement().notNull();
  }

  private static boolean mayBe(String text, Unknown unknown) {
    return text.startsWith(unknown.refinement().prefix());
  }

  private static Value sequences(List<Value> elements, List<Value> others) {
    if (elements.size() != others.size()) {
      return Bool.FALSE;
    }
    Value result = Bool.TRUE;
    for (int i = 0; i < elements.size(); i++) {
      result = and(result, compareParts(elements.get(i), others.get(i)));
    }
    return result;
  }

  private static Value mappings(Map<String, Value> elements, Map<String, Value> others) {
    if (!elements.keySet().equals(others.keySet())) {
      return Bool.FALSE;
    }
    Value result = Bool.TRUE;
    for (Map.Entry<String, Value> entry : elements.entrySet()) {
      Value other = others.get(entry.getKey());
      result = and(result, other == null ? Bool.FALSE : compareParts(entry.getValue(), other));
    }
    return result;
  }

  private static Value sets(SetValue set, SetValue other) {
    if (!Unknowns.isWhollyKnown(set) || !Unknowns.isWhollyKnown(other)) {
      Bounds left = Bounds.of(set);
      Bounds right = Bounds.of(other);
      return left.isBelow(right) || right.isBelow(left) ? Bool.FALSE : OPEN;
    }
    return Bool.of(set.elements().equals(other.elements()));
  }

  private static Value and(Value one, Value other) {
    if (one == Bool.FALSE || other == Bool.FALSE) {
      return Bool.FALSE;
    }
    return one == Bool.TRUE ? other : one;
  }

  /** Whether the collection holds the value: a {@link Bool} or an unknown bool, marks as above. */
  public static Value contains(Collection<Value> elements, Value wanted) {
    Value result = Bool.FALSE;
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    for (Value element : elements) {
      Value equal = of(element, wanted);
      marks.addAll(equal.marks());
      if (equal.unmarked() == Bool.TRUE) {
        return Bool.TRUE.withMarks(marks);
      }
      if (!equal.isKnown()) {
        result = OPEN;
      }
    }
    return result.withMarks(marks);
  }
}
