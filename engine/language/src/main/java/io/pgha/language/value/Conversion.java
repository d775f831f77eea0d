package io.pgha.language.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Conversion of values from type to type, as HCL has it: between strings, numbers and bools where
 * the text allows, between sequences, between objects and maps. Marks stay where they are (those
 * inside a set go to the set).
 */
public final class Conversion {
  private Conversion() {}

  /**
   * The value as one of the given type. Attributes of an object that the type doesn't have are
   * dropped, missing optional ones become null.
   *
   * @throws ConversionException where it can't become one
   */
  public static Value convert(Value value, Type type) throws ConversionException {
    return convert(value, type, AttributePath.ROOT);
  }

  /** The one type that values of all these types convert to, if there is one. */
  public static Optional<Type> unify(List<Type> types) {
    return Unification.unify(types);
  }

  static Value convert(Value value, Type type, AttributePath path) throws ConversionException {
    if (value instanceof Marked(Value inner, var marks)) {
      return convert(inner, type, path).withMarks(marks);
    }
    if (type.equals(Type.DYNAMIC) || value.type().equals(type)) {
      return value;
    }
    return switch (value) {
      case Null(Type from) -> {
        require(from, type, path);
        yield new Null(resolve(type, from));
      }
      case Unknown(Type from, Refinement refinement) -> {
        require(from, type, path);
        yield Unknown.of(resolve(type, from), converted(refinement, from, type));
      }
      case Str _, Num _, Bool _ -> primitive(value, type, path);
      case ListValue(_, List<Value> elements) -> sequence(value, elements, type, path);
      case SetValue(_, List<Value> elements) -> sequence(value, elements, type, path);
      case TupleValue(List<Value> elements) -> sequence(value, elements, type, path);
      case MapValue map -> mapping(value, map.elements(), type, path);
      case ObjectValue object -> mapping(value, object.attributes(), type, path);
      case Marked _ -> throw new IllegalStateException("marks don't nest");
    };
  }

  /** What is known of an unknown value when it has become one of another type. */
  private static Refinement converted(Refinement refinement, Type from, Type to) {
    boolean text = from.equals(Type.STRING) && to.equals(Type.STRING);
    Bounds bounds =
        switch (to) {
          case Type.ListType _, Type.MapType _ -> length(refinement, from);
          case Type.SetType _ -> length(refinement, from).distinct();
          case Type.Primitive _, Type.TupleType _, Type.ObjectType _ -> Bounds.NONE;
        };
    return new Refinement(refinement.notNull(), text ? refinement.prefix() : "", bounds);
  }

  private static Bounds length(Refinement refinement, Type from) {
    return switch (from) {
      case Type.TupleType(List<Type> types) -> Bounds.exactly(Num.of(types.size()));
      case Type.ObjectType object -> Bounds.exactly(Num.of(object.attributes().size()));
      case Type.ListType _, Type.SetType _, Type.MapType _ -> refinement.bounds();
      case Type.Primitive _ -> Bounds.NONE;
    };
  }

  private static Value primitive(Value value, Type type, AttributePath path)
      throws ConversionException {
    if (type.equals(Type.STRING) && value instanceof Num number) {
      return new Str(number.text());
    }
    if (type.equals(Type.STRING) && value instanceof Bool bool) {
      return new Str(Boolean.toString(bool.value()));
    }
    if (type.equals(Type.NUMBER) && value instanceof Str(String text)) {
      Optional<Num> number = Num.parse(text);
      if (number.isPresent()) {
        return number.get();
      }
      throw new ConversionException(path, "a number is required");
    }
    if (type.equals(Type.BOOL) && value instanceof Str(String text)) {
      return bool(text, path);
    }
    throw mismatch(value.type(), type, path);
  }

  private static Value bool(String text, AttributePath path) throws ConversionException {
    return switch (text) {
      case "true", "1" -> Bool.TRUE;
      case "false", "0" -> Bool.FALSE;
      default -> {
        String lower = text.toLowerCase(Locale.ROOT);
        throw new ConversionException(
            path,
            lower.equals("true") || lower.equals("false")
                ? "a bool is required; to convert from string, use lowercase \"" + lower + "\""
                : "a bool is required");
      }
    };
  }

  private static Value sequence(Value value, List<Value> elements, Type type, AttributePath path)
      throws ConversionException {
    return switch (type) {
      case Type.ListType(Type element) -> {
        Uniform uniform =
            uniform(
                elements, elementPaths(value, elements, path), element, type, value.type(), path);
        if (value instanceof SetValue && !Unknowns.isWhollyKnown(value)) {
          // How many different elements there are, and in which order, is open.
          yield Unknown.of(Type.list(uniform.type()), Refinement.within(Bounds.of(value)))
              .withMarks(Marks.all(value));
        }
        yield new ListValue(uniform.type(), uniform.values());
      }
      case Type.SetType(Type element) -> {
        Uniform uniform =
            uniform(
                elements, elementPaths(value, elements, path), element, type, value.type(), path);
        yield SetValue.of(uniform.type(), uniform.values());
      }
      case Type.TupleType(List<Type> types)
          when value instanceof TupleValue && types.size() == elements.size() -> {
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
          converted.add(convert(elements.get(i), types.get(i), path.index(i)));
        }
        yield new TupleValue(converted);
      }
      case Type.TupleType _, Type.Primitive _, Type.MapType _, Type.ObjectType _ ->
          throw mismatch(value.type(), type, path);
    };
  }

  private static List<AttributePath> elementPaths(
      Value value, List<Value> elements, AttributePath path) {
    List<AttributePath> paths = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      paths.add(
          value instanceof SetValue
              ? path.then(new AttributePath.Element(elements.get(i)))
              : path.index(i));
    }
    return paths;
  }

  private static Value mapping(
      Value value, SortedMap<String, Value> elements, Type type, AttributePath path)
      throws ConversionException {
    boolean map = value instanceof MapValue;
    return switch (type) {
      case Type.MapType(Type element) -> {
        List<String> names = List.copyOf(elements.keySet());
        List<AttributePath> paths =
            names.stream().map(name -> map ? path.key(name) : path.name(name)).toList();
        Uniform uniform =
            uniform(List.copyOf(elements.values()), paths, element, type, value.type(), path);
        TreeMap<String, Value> converted = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
          converted.put(names.get(i), uniform.values().get(i));
        }
        yield new MapValue(uniform.type(), converted);
      }
      case Type.ObjectType object -> object(elements, object, map, path);
      case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ ->
          throw mismatch(value.type(), type, path);
    };
  }

  private static Value object(
      SortedMap<String, Value> elements, Type.ObjectType type, boolean map, AttributePath path)
      throws ConversionException {
    TreeMap<String, Value> converted = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Type> attribute : type.attributes().entrySet()) {
      String name = attribute.getKey();
      Value element = elements.get(name);
      if (element != null) {
        converted.put(
            name, convert(element, attribute.getValue(), map ? path.key(name) : path.name(name)));
      } else if (type.optional().contains(name)) {
        converted.put(name, new Null(attribute.getValue().withoutOptional()));
      } else {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new ConversionException(path, missingAttributes(missing, map));
    }
    return new ObjectValue(converted);
  }

  private static String missingAttributes(List<String> names, boolean map) {
    if (map) {
      return "map has no element for required attribute " + ValueText.quote(names.getFirst());
    }
    if (names.size() == 1) {
      return "attribute " + ValueText.quote(names.getFirst()) + " is required";
    }
    StringBuilder text = new StringBuilder("attributes ");
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      text.append(i == 0 ? "" : last ? (names.size() > 2 ? ", and " : " and ") : ", ");
      text.append(ValueText.quote(names.get(i)));
    }
    return text.append(" are required").toString();
  }

  /** Elements of one type. */
  private record Uniform(Type type, List<Value> values) {}

  private static Uniform uniform(
      Collection<Value> elements,
      List<AttributePath> paths,
      Type wanted,
      Type collection,
      Type from,
      AttributePath path)
      throws ConversionException {
    List<Value> converted = new ArrayList<>();
    int next = 0;
    for (Value element : elements) {
      converted.add(convert(element, wanted, paths.get(next++)));
    }
    if (!wanted.hasDynamic() || converted.isEmpty()) {
      return new Uniform(elementType(resolve(collection, from)), converted);
    }
    Type unified =
        unify(converted.stream().map(Value::type).toList())
            .filter(type ->
                !wanted.equals(Type.DYNAMIC) || !type.equals(Type.DYNAMIC) || allDynamic(converted))
            .or(() ->
                collection instanceof Type.MapType ? besideNulls(converted) : Optional.empty())
            .orElseThrow(() -> new ConversionException(path, sameType(collection)));
    List<Value> same = new ArrayList<>();
    for (int i = 0; i < converted.size(); i++) {
      same.add(convert(converted.get(i), unified, paths.get(i)));
    }
    return new Uniform(unified, same);
  }

  /** In maps, and only there, nulls without a type are of the one that all others have. */
  private static Optional<Type> besideNulls(List<Value> values) {
    Set<Type> others = new LinkedHashSet<>();
    values.stream()
        .filter(value -> !value.isNull() || !value.type().equals(Type.DYNAMIC))
        .forEach(value -> others.add(value.type()));
    return others.size() == 1 ? Optional.of(others.iterator().next()) : Optional.empty();
  }

  private static boolean allDynamic(List<Value> values) {
    return values.stream().anyMatch(value -> value.type().equals(Type.DYNAMIC) && !value.isNull())
        || values.stream().allMatch(value -> value.type().equals(Type.DYNAMIC));
  }

  private static String sameType(Type collection) {
    return switch (collection) {
      case Type.MapType _ -> "all map elements must have the same type";
      case Type.SetType _ -> "all set elements must have the same type";
      case Type.ListType _, Type.TupleType _, Type.ObjectType _, Type.Primitive _ ->
          "all list elements must have the same type";
    };
  }

  private static void require(Type from, Type to, AttributePath path) throws ConversionException {
    if (!Unification.convertible(from, to, true)) {
      throw mismatch(from, to, path);
    }
  }

  private static ConversionException mismatch(Type from, Type to, AttributePath path) {
    String wanted = to.friendlyNameOfConstraint() + " required";
    if (from instanceof Type.ObjectType has && to instanceof Type.ObjectType wants) {
      List<String> missing =
          wants.attributes().keySet().stream()
              .filter(name -> !has.attributes().containsKey(name))
              .filter(name -> !wants.optional().contains(name))
              .toList();
      return new ConversionException(
          path, missing.isEmpty() ? wanted : missingAttributes(missing, false));
    }
    if (from instanceof Type.TupleType(var has) && to instanceof Type.TupleType(var wants)) {
      return new ConversionException(
          path, "tuple of " + wants.size() + " elements required, but have " + has.size());
    }
    return new ConversionException(path, wanted);
  }

  /** The wanted type with its dynamic parts filled from the type at hand, where that tells. */
  private static Type resolve(Type wanted, Type from) {
    if (!wanted.hasDynamic() || from.equals(Type.DYNAMIC)) {
      return wanted.withoutOptional();
    }
    return switch (wanted) {
      case Type.Primitive _ -> from;
      case Type.ListType(Type element) -> Type.list(resolve(element, elementType(from)));
      case Type.SetType(Type element) -> Type.set(resolve(element, elementType(from)));
      case Type.MapType(Type element) -> Type.map(resolve(element, elementType(from)));
      case Type.TupleType(List<Type> elements) -> {
        List<Type> resolved = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
          Type part =
              from instanceof Type.TupleType(List<Type> parts) && i < parts.size()
                  ? parts.get(i)
                  : Type.DYNAMIC;
          resolved.add(resolve(elements.get(i), part));
        }
        yield new Type.TupleType(resolved);
      }
      case Type.ObjectType object -> {
        TreeMap<String, Type> resolved = new TreeMap<>();
        object
            .attributes()
            .forEach((name, type) -> {
              Type part =
                  from instanceof Type.ObjectType has
                      ? has.attributes().getOrDefault(name, Type.DYNAMIC)
                      : elementType(from);
              resolved.put(name, resolve(type, part));
            });
        yield Type.object(resolved);
      }
    };
  }

  private static Type elementType(Type collection) {
    return switch (collection) {
      case Type.ListType(Type element) -> element;
      case Type.SetType(Type element) -> element;
      case Type.MapType(Type element) -> element;
      case Type.TupleType(List<Type> elements) -> unify(elements).orElse(Type.DYNAMIC);
      case Type.ObjectType object ->
          unify(List.copyOf(object.attributes().values())).orElse(Type.DYNAMIC);
      case Type.Primitive _ -> Type.DYNAMIC;
    };
  }
}
