package io.pgha.language.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values as JSON and as text, and their marks apart from them. */
class ValueFormsTest {
  private static final Value VALUE =
      ObjectValue.of(
          Map.of(
              "list", new ListValue(Type.NUMBER, List.of(Num.of(1), Num.of(2))),
              "map", MapValue.of(Type.STRING, Map.of("k", new Str("v"))),
              "set", new SetValue(Type.STRING, List.of(new Str("a"), new Str("b"))),
              "none", new Null(Type.STRING),
              "tuple", new TupleValue(List.of(Bool.TRUE, Num.of(3)))));

  private static String written(Value value, Type type) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      ValueJson.write(generator, value, type);
    }
    return text.toString();
  }

  private static Value read(String json, Type type) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return ValueJson.read(parser, type);
    }
  }

  @Test
  void come_back_from_JSON_by_their_type() throws IOException {
    assertThat(read(written(VALUE, VALUE.type()), VALUE.type())).isEqualTo(VALUE);
  }

  @Test
  void come_back_from_JSON_with_their_type_where_any_is_allowed() throws IOException {
    String json = written(VALUE, Type.DYNAMIC);

    assertThat(json).contains("\"type\":[\"object\",{\"list\":[\"list\",\"number\"]");
    assertThat(read(json, Type.DYNAMIC)).isEqualTo(VALUE);
  }

  @Test
  void that_are_long_numbers_lose_nothing() throws IOException {
    Num third = Num.of(1).dividedBy(Num.of(3));

    assertThat(read(written(third, Type.NUMBER), Type.NUMBER)).isEqualTo(third);
  }

  @Test
  void escape_what_could_close_a_script() {
    assertThat(ValueJson.encode(new Str("<a&b>\u2028")))
        .isEqualTo("\"\\u003ca\\u0026b\\u003e\\u2028\"");
  }

  @Test
  void that_are_unknown_are_never_written() {
    assertThatThrownBy(() -> ValueJson.encode(Unknown.ANY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_as_HCL() {
    assertThat(ValueText.of(VALUE))
        .isEqualTo(
            """
            {
              "list" = tolist([
                1,
                2,
              ])
              "map" = tomap({
                "k" = "v"
              })
              "none" = tostring(null)
              "set" = toset([
                "a",
                "b",
              ])
              "tuple" = [
                true,
                3,
              ]
            }\
            """);
  }

  @Test
  void of_several_lines_are_heredocs() {
    assertThat(ValueText.of(new Str("a\nb"))).isEqualTo("<<EOT\na\nb\nEOT");
  }

  @Test
  void part_from_their_marks_and_get_them_back() {
    Value secret = new Str("x").withMarks(Set.of(Mark.SENSITIVE));
    Value marked =
        ObjectValue.of(
            Map.of("a", secret, "b", new ListValue(Type.STRING, List.of(new Str("y"), secret))));

    Marks.Paths paths = Marks.paths(marked);

    assertThat(Marks.all(paths.value())).isEmpty();
    assertThat(paths.marks().keySet())
        .containsExactly(AttributePath.of("a"), AttributePath.of("b").index(1));
    assertThat(paths.restored()).isEqualTo(marked);
  }

  @Test
  void of_one_text_in_two_Unicode_forms_are_equal() {
    assertThat(new Str("e\u0301")).isEqualTo(new Str("\u00e9"));
  }
}
