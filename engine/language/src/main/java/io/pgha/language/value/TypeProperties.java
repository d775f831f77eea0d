package io.pgha.language.value;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What can be asked of a type. Apart from {@link Type}, whose constants are its own subtypes: an
 * interface with default methods and such constants could deadlock when both are first used.
 */
public sealed interface TypeProperties permits Type {
  private Type type() {
    return (Type) this;
  }

  /** Whether this type or a part of it is {@link Type#DYNAMIC}. */
  default boolean hasDynamic() {
    return switch (type()) {
      case Type.Primitive primitive -> primitive == Type.Primitive.DYNAMIC;
      case Type.ListType(Type element) -> element.hasDynamic();
      case Type.SetType(Type element) -> element.hasDynamic();
      case Type.MapType(Type element) -> element.hasDynamic();
      case Type.TupleType(List<Type> elements) -> elements.stream().anyMatch(Type::hasDynamic);
      case Type.ObjectType object ->
          object.attributes().values().stream().anyMatch(Type::hasDynamic);
    };
  }

  /** This type with every attribute of every object required: the type that a value can have. */
  default Type withoutOptional() {
    return switch (type()) {
      case Type.Primitive primitive -> primitive;
      case Type.ListType(Type element) -> Type.list(element.withoutOptional());
      case Type.SetType(Type element) -> Type.set(element.withoutOptional());
      case Type.MapType(Type element) -> Type.map(element.withoutOptional());
      case Type.TupleType(List<Type> elements) ->
          new Type.TupleType(elements.stream().map(Type::withoutOptional).toList());
      case Type.ObjectType object -> {
        TreeMap<String, Type> attributes = new TreeMap<>();
        object.attributes().forEach((name, type) -> attributes.put(name, type.withoutOptional()));
        yield new Type.ObjectType(attributes, Set.of());
      }
    };
  }

  /** How messages name this type: {@code list of string}, {@code object}. */
  default String friendlyName() {
    return switch (type()) {
      case Type.Primitive primitive ->
          primitive == Type.Primitive.DYNAMIC
              ? "dynamic"
              : primitive.name().toLowerCase(Locale.ROOT);
      case Type.ListType(Type element) -> "list of " + element.friendlyName();
      case Type.SetType(Type element) -> "set of " + element.friendlyName();
      case Type.MapType(Type element) -> "map of " + element.friendlyName();
      case Type.TupleType _ -> "tuple";
      case Type.ObjectType _ -> "object";
    };
  }

  /** How messages name what is wanted where this type is the constraint. */
  default String friendlyNameOfConstraint() {
    return switch (type()) {
      case Type.ListType(Type element) -> "list of " + ofElement(element);
      case Type.SetType(Type element) -> "set of " + ofElement(element);
      case Type.MapType(Type element) -> "map of " + ofElement(element);
      case Type.Primitive _, Type.TupleType _, Type.ObjectType _ ->
          equals(Type.DYNAMIC) ? "any type" : friendlyName();
    };
  }

  private static String ofElement(Type type) {
    return type.equals(Type.DYNAMIC) ? "any single type" : type.friendlyNameOfConstraint();
  }

  /** This type as it is written in HCL: {@code list(string)}, {@code object({ a = number })}. */
  default String text() {
    return switch (type()) {
      case Type.Primitive primitive ->
          primitive == Type.Primitive.DYNAMIC ? "any" : primitive.name().toLowerCase(Locale.ROOT);
      case Type.ListType(Type element) -> "list(" + element.text() + ")";
      case Type.SetType(Type element) -> "set(" + element.text() + ")";
      case Type.MapType(Type element) -> "map(" + element.text() + ")";
      case Type.TupleType(List<Type> elements) ->
          elements.stream().map(Type::text).collect(Collectors.joining(", ", "tuple([", "])"));
      case Type.ObjectType object ->
          object.attributes().entrySet().stream()
              .map(attribute ->
                  attribute.getKey()
                      + " = "
                      + (object.optional().contains(attribute.getKey())
                          ? "optional(" + attribute.getValue().text() + ")"
                          : attribute.getValue().text()))
              .collect(Collectors.joining(", ", "object({ ", " })"))
              .replace("{  }", "{}");
    };
  }
}
