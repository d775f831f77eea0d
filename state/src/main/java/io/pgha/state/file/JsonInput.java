package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads JSON strictly, token by token; every method starts at the current token of its value. */
final class JsonInput implements AutoCloseable {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(100_000)
                  .maxNameLength(1_000_000)
                  .build())
          .build();

  private final JsonParser parser;

  private JsonInput(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads a whole document, whose first token becomes the current one. */
  static JsonInput of(InputStream in) throws IOException {
    return started(FACTORY.createParser(in));
  }

  /** Reads a whole document from a part of an array. */
  static JsonInput of(byte[] bytes, int offset, int length) throws IOException {
    return started(FACTORY.createParser(bytes, offset, length));
  }

  private static JsonInput started(JsonParser parser) throws IOException {
    JsonInput input = new JsonInput(parser);
    input.next();
    return input;
  }

  /** Takes a field whose value's first token is the current one. */
  interface Field {
    void read(String name) throws IOException;
  }

  /** Takes an element whose first token is the current one. */
  interface Element {
    void read() throws IOException;
  }

  JsonParser parser() {
    return parser;
  }

  /** Moves on to the next token. */
  @Nullable JsonToken next() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw new FormatException(e.getOriginalMessage(), e.getLocation());
    }
  }

  /** An error at the current token. */
  FormatException error(String message) {
    return new FormatException(message, parser.currentTokenLocation());
  }

  /** The error for a field that the format doesn't have. */
  FormatException unknown(String field) {
    return error("unknown field \"" + field + "\"");
  }

  void object(Field field) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    while (next() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      next();
      field.read(name);
    }
  }

  void array(Element element) throws IOException {
    expect(JsonToken.START_ARRAY, "an array");
    while (next() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  long integer() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      return parser.getLongValue();
    } catch (JsonProcessingException e) {
      throw error("the number is too large");
    }
  }

  int smallInteger() throws IOException {
    long number = integer();
    if (number != (int) number) {
      throw error("the number is too large");
    }
    return (int) number;
  }

  boolean truth() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> throw error("true or false is expected here");
    };
  }

  SortedMap<String, String> texts() throws IOException {
    SortedMap<String, String> map = new TreeMap<>();
    object(name -> map.put(name, text()));
    return map;
  }

  List<String> textList() throws IOException {
    List<String> list = new ArrayList<>();
    array(() -> list.add(text()));
    return list;
  }

  /** Makes sure that nothing follows. */
  void end() throws IOException {
    if (next() != null) {
      throw error("something follows the end of the document");
    }
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      throw error(
          parser.currentToken() == null ? "the text ends too early" : what + " is expected here");
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
