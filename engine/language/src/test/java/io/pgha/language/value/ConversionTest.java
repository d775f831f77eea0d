package io.pgha.language.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConversionTest {
  private static final Value TUPLE = new TupleValue(List.of(new Str("b"), Num.of(1)));

  private static Type.ObjectType object(Map<String, Type> attributes, Set<String> optional) {
    return new Type.ObjectType(new TreeMap<>(attributes), optional);
  }

  @Test
  void makes_the_elements_of_a_list_one_type() throws ConversionException {
    assertThat(Conversion.convert(TUPLE, Type.list(Type.DYNAMIC)))
        .isEqualTo(new ListValue(Type.STRING, List.of(new Str("b"), new Str("1"))));
  }

  @Test
  void orders_sets_and_drops_equal_elements() throws ConversionException {
    Value tuple = new TupleValue(List.of(new Str("b"), new Str("a"), new Str("b")));

    assertThat(Conversion.convert(tuple, Type.set(Type.STRING)))
        .isEqualTo(new SetValue(Type.STRING, List.of(new Str("a"), new Str("b"))));
  }

  @Test
  void fills_missing_optional_attributes_with_null_and_drops_unknown_ones()
      throws ConversionException {
    Type type = object(Map.of("a", Type.STRING, "b", Type.NUMBER), Set.of("b"));
    Value given = ObjectValue.of(Map.of("a", Num.of(1), "c", Bool.TRUE));

    assertThat(Conversion.convert(given, type))
        .isEqualTo(ObjectValue.of(Map.of("a", new Str("1"), "b", new Null(Type.NUMBER))));
  }

  @Test
  void says_which_part_does_not_fit() {
    Type type = Type.map(object(Map.of("port", Type.NUMBER), Set.of()));
    Value given = ObjectValue.of(Map.of("x", ObjectValue.of(Map.of("port", new Str("many")))));

    assertThatThrownBy(() -> Conversion.convert(given, type))
        .isInstanceOfSatisfying(
            ConversionException.class,
            e -> {
              assertThat(e.path()).isEqualTo(AttributePath.of("x").name("port"));
              assertThat(e.messageWithPath())
                  .isEqualTo("attribute \"x\": attribute \"port\": a number is required");
            });
  }

  @Test
  void names_missing_attributes() {
    Type type = object(Map.of("a", Type.STRING, "b", Type.STRING), Set.of());

    assertThatThrownBy(() -> Conversion.convert(ObjectValue.EMPTY, type))
        .hasMessage("attributes \"a\" and \"b\" are required");
  }

  @Test
  void refuses_a_null_of_another_kind() {
    assertThatThrownBy(() -> Conversion.convert(new Null(Type.STRING), Type.list(Type.STRING)))
        .hasMessage("list of string required");
  }

  @Test
  void keeps_marks_in_place_and_hoists_them_out_of_sets() throws ConversionException {
    Value secret = Num.of(1).withMarks(Set.of(Mark.SENSITIVE));
    Value given = new TupleValue(List.of(secret, Num.of(2)));

    assertThat(Conversion.convert(given, Type.list(Type.STRING)))
        .isEqualTo(
            new ListValue(
                Type.STRING,
                List.of(new Str("1").withMarks(Set.of(Mark.SENSITIVE)), new Str("2"))));
    assertThat(Conversion.convert(given, Type.set(Type.NUMBER)).marks())
        .containsExactly(Mark.SENSITIVE);
  }

  @Test
  void finds_the_type_that_all_can_become() {
    assertThat(Conversion.unify(List.of(Type.NUMBER, Type.STRING))).contains(Type.STRING);
    assertThat(Conversion.unify(List.of(Type.NUMBER, Type.BOOL))).isEqualTo(Optional.empty());
    assertThat(
            Conversion.unify(
                List.of(
                    Type.object(Map.of("a", Type.NUMBER)), Type.object(Map.of("b", Type.STRING)))))
        .contains(Type.map(Type.STRING));
  }

  @Test
  void equals_by_content_and_type() {
    assertThat(Equality.of(new Str("1"), Num.of(1))).isEqualTo(Bool.FALSE);
    assertThat(Equality.of(new Null(Type.STRING), Null.ANY)).isEqualTo(Bool.TRUE);
    assertThat(Equality.of(Unknown.of(Type.STRING), new Str("a")).isKnown()).isFalse();
  }
}
