package io.pgha.language.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Values as JSON, in two forms.
 *
 * <p>By content ({@link #encode}, {@link #decode}): what {@code jsonencode} and {@code jsondecode}
 * do; collections come back as tuples and objects. With a type ({@link #write}, {@link #read}):
 * what state does; the reader is given the type, and where the type is dynamic the JSON holds
 * {@code {"value": …, "type": …}}, so that nothing is lost. Marks are never written: whoever writes
 * keeps {@link Marks#paths} beside. Unknown values can't be written.
 */
public final class ValueJson {
  private static final int LONGEST_NUMBER = 100_000;

  private static final int LONGEST_NAME = 1_000_000;

  private static final int DEEPEST = 1000;

  /** What a parser must let pass to read any value: its own limits are narrower. */
  public static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNumberLength(LONGEST_NUMBER)
          .maxNameLength(LONGEST_NAME)
          .maxNestingDepth(2 * DEEPEST)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .configure(JsonWriteFeature.WRITE_HEX_UPPER_CASE, false)
          .build()
          .setCharacterEscapes(new HtmlSafeEscapes());

  private ValueJson() {}

  /**
   * The value's content as JSON on one line.
   *
   * @throws IllegalArgumentException where the value or a part of it is unknown
   */
  public static String encode(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The value that a JSON text means.
   *
   * @throws IOException with a message for the user where it isn't one JSON value
   */
  public static Value decode(String json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("EOF");
      }
      Value value = read(parser);
      if (parser.nextToken() != null) {
        throw new IOException("extraneous data after JSON " + kind(value));
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new IOException(
          "a number is longer than "
              + LONGEST_NUMBER
              + " or a name longer than "
              + LONGEST_NAME
              + " characters",
          e);
    } catch (JsonProcessingException e) {
      throw new IOException(message(e), e);
    }
  }

  private static String message(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null ? "" : "on line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    // What follows in parentheses names places a second time, in words of the parser's own.
    return place
        + e.getOriginalMessage()
            .replaceFirst(" \\((start|for) .*", "")
            .replaceFirst(" \\(code \\d+\\)", "");
  }

  private static String kind(Value value) {
    return value instanceof ObjectValue ? "object" : "value";
  }

  /** Writes the value's content. */
  public static void write(JsonGenerator out, Value value) throws IOException {
    switch (value) {
      case Marked(Value inner, _) -> write(out, inner);
      case Null _ -> out.writeNull();
      case Unknown _ -> throw new IllegalArgumentException("value is not known");
      case Str(String text) -> out.writeString(text);
      case Num number -> out.writeNumber(number.text());
      case Bool bool -> out.writeBoolean(bool.value());
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

  /** Writes a value that conforms to a type; its dynamic parts with their own types. */
  public static void write(JsonGenerator out, Value value, Type type) throws IOException {
    if (value instanceof Marked(Value inner, _)) {
      write(out, inner, type);
    } else if (type.equals(Type.DYNAMIC)) {
      out.writeStartObject();
      out.writeFieldName("value");
      write(out, value);
      out.writeFieldName("type");
      writeType(out, value.type());
      out.writeEndObject();
    } else if (value instanceof Null || !type.hasDynamic()) {
      write(out, value);
    } else {
      writeParts(out, value, type);
    }
  }

  private static void writeParts(JsonGenerator out, Value value, Type type) throws IOException {
    switch (value) {
      case ListValue(_, List<Value> elements) -> writeSequence(out, elements, type);
      case SetValue(_, List<Value> elements) -> writeSequence(out, elements, type);
      case TupleValue(List<Value> elements) -> writeSequence(out, elements, type);
      case MapValue map -> writeMapping(out, map.elements(), type);
      case ObjectValue object -> writeMapping(out, object.attributes(), type);
      case Str _, Num _, Bool _, Null _, Unknown _, Marked _ -> write(out, value);
    }
  }

  private static void writeSequence(JsonGenerator out, List<Value> elements, Type type)
      throws IOException {
    out.writeStartArray();
    for (int i = 0; i < elements.size(); i++) {
      write(out, elements.get(i), partType(type, i));
    }
    out.writeEndArray();
  }

  private static void writeMapping(JsonGenerator out, Map<String, Value> elements, Type type)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Value> element : elements.entrySet()) {
      out.writeFieldName(element.getKey());
      write(out, element.getValue(), partType(type, element.getKey()));
    }
    out.writeEndObject();
  }

  /** Writes a type: {@code "string"}, {@code ["list","string"]}, {@code ["object",{…}]}. */
  public static void writeType(JsonGenerator out, Type type) throws IOException {
    TypeJson.write(out, type);
  }

  /** Reads the type at the parser's current token, as {@link #writeType} wrote it. */
  public static Type readType(JsonParser in) throws IOException {
    return TypeJson.read(in);
  }

  /** Reads the value at the parser's current token by its content. */
  public static Value read(JsonParser in) throws IOException {
    return read(in, 0);
  }

  private static Value read(JsonParser in, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("values are nested more than " + DEEPEST + " deep");
    }
    return switch (in.currentToken()) {
      case VALUE_NULL -> Null.ANY;
      case VALUE_TRUE -> Bool.TRUE;
      case VALUE_FALSE -> Bool.FALSE;
      case VALUE_STRING -> new Str(wellFormed(in.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
      case START_ARRAY -> {
        List<Value> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(in, depth + 1));
        }
        yield new TupleValue(elements);
      }
      case START_OBJECT -> {
        TreeMap<String, Value> attributes = new TreeMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = new Str(wellFormed(in.currentName())).value();
          in.nextToken();
          attributes.put(name, read(in, depth + 1));
        }
        yield new ObjectValue(attributes);
      }
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + in.currentToken());
      case null -> throw new IOException("unexpected end of JSON input");
    };
  }

  /** A half of a character that has no other half is no text, so something stands in for it. */
  private static String wellFormed(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Value number(JsonParser in) throws IOException {
    String text = in.getText();
    return Num.parse(text).orElseThrow(() -> new IOException("unusable number " + text));
  }

  /** Reads the value at the parser's current token, which conforms to the type. */
  public static Value read(JsonParser in, Type type) throws IOException {
    if (type.equals(Type.DYNAMIC)) {
      return dynamic(in);
    }
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return new Null(type.withoutOptional());
    }
    if (in.currentToken() == JsonToken.START_ARRAY) {
      List<Value> elements = new ArrayList<>();
      for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
        elements.add(read(in, partType(type, i)));
      }
      return switch (type) {
        case Type.ListType(Type element) -> new ListValue(element, elements);
        case Type.SetType(Type element) -> SetValue.of(element, elements);
        case Type.TupleType _ -> new TupleValue(elements);
        case Type.Primitive _, Type.MapType _, Type.ObjectType _ -> throw unfit("an array", type);
      };
    }
    if (in.currentToken() == JsonToken.START_OBJECT) {
      TreeMap<String, Value> elements = new TreeMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        elements.put(name, read(in, partType(type, name)));
      }
      return switch (type) {
        case Type.MapType(Type element) -> new MapValue(element, elements);
        case Type.ObjectType _ -> new ObjectValue(elements);
        case Type.Primitive _, Type.ListType _, Type.SetType _, Type.TupleType _ ->
            throw unfit("an object", type);
      };
    }
    try {
      return Conversion.convert(read(in), type);
    } catch (ConversionException e) {
      throw new IOException(e.messageWithPath(), e);
    }
  }

  private static IOException unfit(String found, Type type) {
    return new IOException(found + " where " + type.text() + " is expected");
  }

  private static Value dynamic(JsonParser in) throws IOException {
    // The type may follow the value, so the value is read by content first and converted after.
    Value content = Null.ANY;
    Type type = Type.DYNAMIC;
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("a value of any type must come with its type");
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = Objects.requireNonNull(in.currentName());
      in.nextToken();
      switch (name) {
        case "value" -> content = read(in);
        case "type" -> type = readType(in);
        default -> in.skipChildren();
      }
    }
    if (content instanceof Null) {
      return new Null(type);
    }
    try {
      return Conversion.convert(content, type);
    } catch (ConversionException e) {
      throw new IOException(e.messageWithPath(), e);
    }
  }

  private static Type partType(Type type, int index) throws IOException {
    return switch (type) {
      case Type.ListType(Type element) -> element;
      case Type.SetType(Type element) -> element;
      case Type.TupleType(List<Type> elements) when index < elements.size() -> elements.get(index);
      case Type.TupleType _, Type.Primitive _, Type.MapType _, Type.ObjectType _ ->
          throw unfit("element " + index, type);
    };
  }

  private static Type partType(Type type, String name) throws IOException {
    if (type instanceof Type.MapType(Type element)) {
      return element;
    }
    Type attribute = type instanceof Type.ObjectType object ? object.attributes().get(name) : null;
    if (attribute == null) {
      throw unfit("attribute " + ValueText.quote(name), type);
    }
    return attribute;
  }
}
