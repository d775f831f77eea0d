package io.pgha.language.value;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A type of the configuration language. */
public sealed interface Type extends TypeProperties {
  /** Text. */
  Type STRING = Primitive.STRING;

  /** Numbers. */
  Type NUMBER = Primitive.NUMBER;

  /** Truth values. */
  Type BOOL = Primitive.BOOL;

  /** Any type: the type of a null or unknown of which no type is known, and of an {@code any}. */
  Type DYNAMIC = Primitive.DYNAMIC;

  /** A list of the given element type. */
  static Type list(Type element) {
    return new ListType(element);
  }

  /** A set of the given element type. */
  static Type set(Type element) {
    return new SetType(element);
  }

  /** A map of the given element type. */
  static Type map(Type element) {
    return new MapType(element);
  }

  /** An object of the given attributes, all of them required. */
  static Type object(Map<String, Type> attributes) {
    return new ObjectType(new TreeMap<>(attributes), Set.of());
  }

  /** The types without parts. */
  enum Primitive implements Type {
    STRING,
    NUMBER,
    BOOL,
    DYNAMIC
  }

  /** Lists of one element type. */
  record ListType(Type element) implements Type {}

  /** Sets of one element type. */
  record SetType(Type element) implements Type {}

  /** Maps of one element type. */
  record MapType(Type element) implements Type {}

  /** Tuples of the given element types. */
  record TupleType(List<Type> elements) implements Type {
    public TupleType {
      elements = List.copyOf(elements);
    }
  }

  /**
   * Objects of the given attributes.
   *
   * @param attributes the attributes' types by name
   * @param optional the names that a conversion to this type may find missing
   */
  record ObjectType(SortedMap<String, Type> attributes, Set<String> optional) implements Type {
    public ObjectType {
      attributes = ValueOrder.byName(attributes);
      optional = Collections.unmodifiableSet(new TreeSet<>(optional));
    }
  }
}
