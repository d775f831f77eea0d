package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as plain JSON, with their type beside them where the JSON alone doesn't say it: strings,
 * numbers, truth values, tuples and objects of such come back as they were without one.
 */
final class ValueCodec {
  private ValueCodec() {}

  /** Whether the JSON alone says what the value is. */
  static boolean isPlain(Value value) {
    return switch (value) {
      case Str _, Num _, Bool _ -> true;
      case Null(Type type) -> type.equals(Type.DYNAMIC);
      case Unknown unknown -> unknown.type().equals(Type.DYNAMIC);
      case Marked marked -> isPlain(marked.value());
      case TupleValue(List<Value> elements) -> elements.stream().allMatch(ValueCodec::isPlain);
      case ObjectValue object ->
          object.attributes().values().stream().allMatch(ValueCodec::isPlain);
      case ListValue _, SetValue _, MapValue _ -> false;
    };
  }

  /** Writes the content; marks are left out, what is unknown becomes null. */
  static void write(JsonGenerator out, Value value) throws IOException {
    switch (value) {
      case Null _, Unknown _ -> out.writeNull();
      case Str(String text) -> out.writeString(text);
      case Num number -> out.writeNumber(number.value());
      case Bool bool -> out.writeBoolean(bool.value());
      case Marked marked -> write(out, marked.value());
      case ListValue(_, List<Value> elements) -> writeAll(out, elements);
      case SetValue(_, List<Value> elements) -> writeAll(out, elements);
      case TupleValue(List<Value> elements) -> writeAll(out, elements);
      case MapValue map -> writeAll(out, map.elements());
      case ObjectValue object -> writeAll(out, object.attributes());
    }
  }

  private static void writeAll(JsonGenerator out, List<Value> elements) throws IOException {
    out.writeStartArray();
    for (Value element : elements) {
      write(out, element);
    }
    out.writeEndArray();
  }

  private static void writeAll(JsonGenerator out, Map<String, Value> elements) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Value> element : elements.entrySet()) {
      out.writeFieldName(element.getKey());
      write(out, element.getValue());
    }
    out.writeEndObject();
  }

  /** Reads a value that is what its JSON says. */
  static Value read(JsonInput in) throws IOException {
    return read(in, Type.DYNAMIC);
  }

  /** Reads a value of a type. */
  static Value read(JsonInput in, Type type) throws IOException {
    return switch (in.parser().currentToken()) {
      case VALUE_NULL -> new Null(type);
      case VALUE_STRING -> fitting(in, type, Type.STRING, new Str(in.text()));
      case VALUE_TRUE, VALUE_FALSE -> fitting(in, type, Type.BOOL, Bool.of(in.truth()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          fitting(in, type, Type.NUMBER, new Num(in.parser().getDecimalValue()));
      case START_ARRAY -> sequence(in, type);
      case START_OBJECT -> mapping(in, type);
      case null, default -> throw in.error("a value is expected here");
    };
  }

  private static Value fitting(JsonInput in, Type expected, Type found, Value value)
      throws IOException {
    if (!expected.equals(Type.DYNAMIC) && !expected.equals(found)) {
      throw in.error("the value is not of the type that is noted for it");
    }
    return value;
  }

  private static Value sequence(JsonInput in, Type type) throws IOException {
    List<Value> elements = new ArrayList<>();
    in.array(() -> elements.add(read(in, elementType(in, type, elements.size()))));
    return switch (type) {
      case Type.ListType(Type element) -> new ListValue(element, elements);
      case Type.SetType(Type element) -> new SetValue(element, elements);
      case Type.TupleType(List<Type> types) when types.size() == elements.size() ->
          new TupleValue(elements);
      case Type.Primitive primitive when primitive == Type.DYNAMIC -> new TupleValue(elements);
      case Type.Primitive _, Type.TupleType _, Type.MapType _, Type.ObjectType _ ->
          throw in.error("the array is not of the type that is noted for it");
    };
  }

  private static Type elementType(JsonInput in, Type type, int index) throws IOException {
    return switch (type) {
      case Type.ListType(Type element) -> element;
      case Type.SetType(Type element) -> element;
      case Type.TupleType(List<Type> types) when index < types.size() -> types.get(index);
      case Type.Primitive primitive when primitive == Type.DYNAMIC -> Type.DYNAMIC;
      case Type.Primitive _, Type.TupleType _, Type.MapType _, Type.ObjectType _ ->
          throw in.error("the array is not of the type that is noted for it");
    };
  }

  private static Value mapping(JsonInput in, Type type) throws IOException {
    TreeMap<String, Value> elements = new TreeMap<>();
    in.object(name -> elements.put(name, read(in, attributeType(in, type, name))));
    return type instanceof Type.MapType(Type element)
        ? new MapValue(element, elements)
        : new ObjectValue(elements);
  }

  private static Type attributeType(JsonInput in, Type type, String name) throws IOException {
    if (type instanceof Type.MapType(Type element)) {
      return element;
    }
    if (type.equals(Type.DYNAMIC)) {
      return Type.DYNAMIC;
    }
    Type attribute = type instanceof Type.ObjectType object ? object.attributes().get(name) : null;
    if (attribute == null) {
      throw in.error("\"" + name + "\" is not in the type that is noted for this value");
    }
    return attribute;
  }

  /** Writes a type: {@code "string"}, {@code ["list","string"]}, {@code ["object",{…}]}. */
  static void writeType(JsonGenerator out, Type type) throws IOException {
    switch (type) {
      case Type.Primitive primitive -> out.writeString(name(primitive));
      case Type.ListType(Type element) -> writeType(out, "list", element);
      case Type.SetType(Type element) -> writeType(out, "set", element);
      case Type.MapType(Type element) -> writeType(out, "map", element);
      case Type.TupleType(List<Type> elements) -> {
        out.writeStartArray();
        out.writeString("tuple");
        out.writeStartArray();
        for (Type element : elements) {
          writeType(out, element);
        }
        out.writeEndArray();
        out.writeEndArray();
      }
      case Type.ObjectType object -> {
        out.writeStartArray();
        out.writeString("object");
        out.writeStartObject();
        for (Map.Entry<String, Type> attribute : object.attributes().entrySet()) {
          out.writeFieldName(attribute.getKey());
          writeType(out, attribute.getValue());
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
    }
  }

  private static void writeType(JsonGenerator out, String kind, Type element) throws IOException {
    out.writeStartArray();
    out.writeString(kind);
    writeType(out, element);
    out.writeEndArray();
  }

  private static String name(Type.Primitive primitive) {
    return switch (primitive) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOL -> "bool";
      case DYNAMIC -> "dynamic";
    };
  }

  /** Reads a type as it was written. */
  static Type readType(JsonInput in) throws IOException {
    if (in.parser().currentToken() == JsonToken.VALUE_STRING) {
      String name = in.text();
      for (Type.Primitive primitive : Type.Primitive.values()) {
        if (name(primitive).equals(name)) {
          return primitive;
        }
      }
      throw in.error("unknown type \"" + name + "\"");
    }
    if (in.parser().currentToken() != JsonToken.START_ARRAY) {
      throw in.error("a type is expected here");
    }
    in.next();
    String kind = in.text();
    in.next();
    Type type = composite(in, kind);
    if (in.parser().currentToken() != JsonToken.END_ARRAY) {
      throw in.error("the type is longer than it should be");
    }
    return type;
  }

  /** Reads what follows the kind, up to the type's closing bracket. */
  private static Type composite(JsonInput in, String kind) throws IOException {
    return switch (kind) {
      case "list" -> closed(in, new Type.ListType(readType(in)));
      case "set" -> closed(in, new Type.SetType(readType(in)));
      case "map" -> closed(in, new Type.MapType(readType(in)));
      case "tuple" -> {
        List<Type> elements = new ArrayList<>();
        in.array(() -> elements.add(readType(in)));
        yield closed(in, new Type.TupleType(elements));
      }
      case "object" -> {
        TreeMap<String, Type> attributes = new TreeMap<>();
        in.object(name -> attributes.put(name, readType(in)));
        java.util.Set<String> optional = java.util.Set.of();
        if (in.next() == JsonToken.START_ARRAY) {
          optional = java.util.Set.copyOf(in.textList());
          in.next();
        }
        yield new Type.ObjectType(attributes, optional);
      }
      default -> throw in.error("unknown kind of type \"" + kind + "\"");
    };
  }

  private static Type closed(JsonInput in, Type type) throws IOException {
    in.next();
    return type;
  }
}
