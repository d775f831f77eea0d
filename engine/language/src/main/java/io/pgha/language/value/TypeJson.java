package io.pgha.language.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Types as JSON, in the form that Terraform's state has. */
final class TypeJson {
  private TypeJson() {}

  static void write(JsonGenerator out, Type type) throws IOException {
    switch (type) {
      case Type.Primitive primitive -> out.writeString(primitive.name().toLowerCase(Locale.ROOT));
      case Type.ListType(Type element) -> write(out, "list", element);
      case Type.SetType(Type element) -> write(out, "set", element);
      case Type.MapType(Type element) -> write(out, "map", element);
      case Type.TupleType(List<Type> elements) -> {
        out.writeStartArray();
        out.writeString("tuple");
        out.writeStartArray();
        for (Type element : elements) {
          write(out, element);
        }
        out.writeEndArray();
        out.writeEndArray();
      }
      case Type.ObjectType object -> write(out, object);
    }
  }

  private static void write(JsonGenerator out, String kind, Type element) throws IOException {
    out.writeStartArray();
    out.writeString(kind);
    write(out, element);
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, Type.ObjectType object) throws IOException {
    out.writeStartArray();
    out.writeString("object");
    out.writeStartObject();
    for (Map.Entry<String, Type> attribute : object.attributes().entrySet()) {
      out.writeFieldName(attribute.getKey());
      write(out, attribute.getValue());
    }
    out.writeEndObject();
    if (!object.optional().isEmpty()) {
      out.writeStartArray();
      for (String name : object.optional()) {
        out.writeString(name);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  static Type read(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return primitive(in.getText());
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("a type is a string or an array");
    }
    in.nextToken();
    String kind = in.getText();
    in.nextToken();
    Type type =
        switch (kind) {
          case "list" -> Type.list(read(in));
          case "set" -> Type.set(read(in));
          case "map" -> Type.map(read(in));
          case "tuple" -> tuple(in);
          case "object" -> {
            TreeMap<String, Type> attributes = new TreeMap<>(attributes(in));
            if (in.nextToken() == JsonToken.END_ARRAY) {
              yield new Type.ObjectType(attributes, Set.of());
            }
            TreeSet<String> optional = new TreeSet<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
              optional.add(in.getText());
            }
            in.nextToken();
            yield new Type.ObjectType(attributes, optional);
          }
          default -> throw new IOException("unknown kind of type \"" + kind + "\"");
        };
    if (!(type instanceof Type.ObjectType)) {
      in.nextToken();
    }
    return type;
  }

  private static Type primitive(String name) throws IOException {
    for (Type.Primitive primitive : Type.Primitive.values()) {
      if (primitive.name().toLowerCase(Locale.ROOT).equals(name)) {
        return primitive;
      }
    }
    throw new IOException("unknown type \"" + name + "\"");
  }

  private static Type tuple(JsonParser in) throws IOException {
    List<Type> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(in));
    }
    return new Type.TupleType(elements);
  }

  private static Map<String, Type> attributes(JsonParser in) throws IOException {
    TreeMap<String, Type> attributes = new TreeMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      attributes.put(name, read(in));
    }
    return attributes;
  }
}
