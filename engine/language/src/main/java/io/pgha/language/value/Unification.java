package io.pgha.language.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the type that values of several types can all become. */
final class Unification {
  private Unification() {}

  static Optional<Type> unify(List<Type> given) {
    List<Type> types = List.copyOf(new LinkedHashSet<>(given));
    if (types.isEmpty()) {
      return Optional.of(Type.DYNAMIC);
    }
    if (types.size() == 1) {
      return Optional.of(types.getFirst());
    }
    List<Type> known = types.stream().filter(type -> !type.equals(Type.DYNAMIC)).toList();
    if (known.size() < types.size()) {
      boolean primitive = known.stream().allMatch(type -> type instanceof Type.Primitive);
      return primitive ? unify(known) : Optional.of(Type.DYNAMIC);
    }
    if (areAll(types, Type.ObjectType.class)) {
      return objects(types);
    }
    if (areAll(types, Type.TupleType.class)) {
      return tuples(types);
    }
    Optional<Type> collection = Optional.empty();
    if (areAll(types, Type.MapType.class, Type.ObjectType.class)) {
      collection = element(types).map(Type::map);
    } else if (areAll(types, Type.ListType.class, Type.TupleType.class)) {
      collection = element(types).map(Type::list);
    } else if (areAll(types, Type.SetType.class, Type.TupleType.class)) {
      collection = element(types).map(Type::set);
    }
    return collection
        .filter(to -> types.stream().allMatch(from -> convertible(from, to, true)))
        .or(() -> candidate(types, false))
        .or(() -> candidate(types, true));
  }

  /** The type of the elements of a collection that all of these types can become. */
  private static Optional<Type> element(List<Type> types) {
    List<Type> parts = parts(types);
    List<Type> known = parts.stream().filter(type -> !type.equals(Type.DYNAMIC)).toList();
    Optional<Type> unified = unify(known);
    // What is not known yet does not make others agree.
    return known.size() == parts.size() ? unified : unified.flatMap(_ -> unify(parts));
  }

  private static boolean areAll(List<Type> types, Class<? extends Type> kind) {
    return types.stream().allMatch(kind::isInstance);
  }

  private static boolean areAll(
      List<Type> types, Class<? extends Type> kind, Class<? extends Type> otherKind) {
    return types.stream().allMatch(type -> kind.isInstance(type) || otherKind.isInstance(type));
  }

  private static Optional<Type> candidate(List<Type> types, boolean unsafe) {
    return types.stream()
        .sorted(Comparator.comparing(Unification::isSecondChoice))
        .filter(to -> types.stream().allMatch(from -> convertible(from, to, unsafe)))
        .findFirst();
  }

  /** Whether a type is taken only where no other will do: a set loses what a list has. */
  private static boolean isSecondChoice(Type type) {
    return type instanceof Type.SetType;
  }

  private static Optional<Type> objects(List<Type> types) {
    List<Type.ObjectType> objects = types.stream().map(Type.ObjectType.class::cast).toList();
    var names = objects.getFirst().attributes().keySet();
    if (!objects.stream().allMatch(object -> object.attributes().keySet().equals(names))) {
      return element(types).map(Type::map);
    }
    TreeMap<String, Type> unified = new TreeMap<>();
    for (String name : names) {
      List<Type> column = new ArrayList<>();
      for (Type.ObjectType object : objects) {
        column.add(object.attributes().getOrDefault(name, Type.DYNAMIC));
      }
      Optional<Type> type = unify(column);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      unified.put(name, type.get());
    }
    return Optional.of(Type.object(unified));
  }

  private static Optional<Type> tuples(List<Type> types) {
    List<Type.TupleType> tuples = types.stream().map(Type.TupleType.class::cast).toList();
    int size = tuples.getFirst().elements().size();
    if (!tuples.stream().allMatch(tuple -> tuple.elements().size() == size)) {
      return element(types).map(Type::list);
    }
    List<Type> unified = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int column = i;
      Optional<Type> type =
          unify(tuples.stream().map(tuple -> tuple.elements().get(column)).toList());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      unified.add(type.get());
    }
    return Optional.of(new Type.TupleType(unified));
  }

  private static List<Type> parts(List<Type> types) {
    List<Type> parts = new ArrayList<>();
    for (Type type : types) {
      switch (type) {
        case Type.Primitive primitive -> parts.add(primitive);
        case Type.ListType(Type element) -> parts.add(element);
        case Type.SetType(Type element) -> parts.add(element);
        case Type.MapType(Type element) -> parts.add(element);
        case Type.TupleType(List<Type> elements) -> parts.addAll(elements);
        case Type.ObjectType object -> parts.addAll(object.attributes().values());
      }
    }
    return parts;
  }

  /**
   * Whether values of one type can be converted to another.
   *
   * @param unsafe whether it is enough that some values can
   */
  static boolean convertible(Type from, Type to, boolean unsafe) {
    if (to.equals(Type.DYNAMIC) || from.equals(to)) {
      return true;
    }
    if (from.equals(Type.DYNAMIC)) {
      return unsafe;
    }
    return switch (to) {
      case Type.Primitive primitive ->
          from instanceof Type.Primitive
              && (primitive.equals(Type.STRING) || (unsafe && from.equals(Type.STRING)));
      case Type.ListType(Type element) -> sequence(from, element, unsafe, true);
      case Type.SetType(Type element) -> sequence(from, element, unsafe, unsafe);
      case Type.MapType(Type element) ->
          switch (from) {
            case Type.MapType(Type part) -> convertible(part, element, unsafe);
            case Type.ObjectType object ->
                areConvertible(List.copyOf(object.attributes().values()), element, unsafe);
            case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ -> false;
          };
      case Type.TupleType(List<Type> elements) ->
          from instanceof Type.TupleType(List<Type> parts) && tuple(parts, elements, unsafe);
      case Type.ObjectType object ->
          switch (from) {
            case Type.ObjectType has -> object(has, object, unsafe);
            case Type.MapType(Type part) ->
                unsafe
                    && object.attributes().values().stream()
                        .allMatch(type -> convertible(part, type, true));
            case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ -> false;
          };
    };
  }

  private static boolean sequence(Type from, Type element, boolean unsafe, boolean ofList) {
    return switch (from) {
      case Type.ListType(Type part) -> ofList && convertible(part, element, unsafe);
      case Type.SetType(Type part) -> convertible(part, element, unsafe);
      case Type.TupleType(List<Type> parts) -> areConvertible(parts, element, unsafe);
      case Type.Primitive _, Type.MapType _, Type.ObjectType _ -> false;
    };
  }

  private static boolean areConvertible(List<Type> parts, Type element, boolean unsafe) {
    return element.equals(Type.DYNAMIC)
        ? unify(parts).isPresent()
        : parts.stream().allMatch(part -> convertible(part, element, unsafe));
  }

  private static boolean tuple(List<Type> parts, List<Type> elements, boolean unsafe) {
    if (parts.size() != elements.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!convertible(parts.get(i), elements.get(i), unsafe)) {
        return false;
      }
    }
    return true;
  }

  private static boolean object(Type.ObjectType from, Type.ObjectType to, boolean unsafe) {
    for (Map.Entry<String, Type> attribute : to.attributes().entrySet()) {
      Type has = from.attributes().get(attribute.getKey());
      if (has == null
          ? !to.optional().contains(attribute.getKey())
          : !convertible(has, attribute.getValue(), unsafe)) {
        return false;
      }
    }
    return true;
  }
}
