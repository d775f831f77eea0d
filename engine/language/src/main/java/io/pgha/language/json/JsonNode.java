package io.pgha.language.json;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.SourceText;
import java.math.BigDecimal;
import java.util.List;

/** A JSON value with its place in the file. */
sealed interface JsonNode {
  SourceRange range();

  /** What the value is, in a sentence. */
  String kind();

  /** An object; members keep their order, and duplicates. */
  record Obj(List<Member> members, SourceRange range) implements JsonNode {
    public Obj {
      members = List.copyOf(members);
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A member of an object. */
  record Member(SourceText nameText, SourceRange nameRange, JsonNode value) {
    String name() {
      return nameText.text();
    }
  }

  /** An array. */
  record Array(List<JsonNode> elements, SourceRange range) implements JsonNode {
    public Array {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "an array";
    }
  }

  /** A string, its escapes resolved. */
  record Text(SourceText text, SourceRange range) implements JsonNode {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number. */
  record Num(BigDecimal value, SourceRange range) implements JsonNode {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A truth value. */
  record Bool(boolean value, SourceRange range) implements JsonNode {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** Null. */
  record Null(SourceRange range) implements JsonNode {
    @Override
    public String kind() {
      return "null";
    }
  }
}
