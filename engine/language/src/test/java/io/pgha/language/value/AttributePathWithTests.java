package io.pgha.language.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Another value where a path leads. */
class AttributePathWithTests {
  private static final Value LIST =
      new ListValue(Type.STRING, List.of(new Str("a"), new Str("b"), new Str("c")));
  private static final Value ROOT =
      ObjectValue.of(
          Map.of(
              "map",
              new MapValue(Type.STRING, new TreeMap<>(Map.of("k", new Str("v")))),
              "list",
              LIST,
              "deep",
              ObjectValue.of(Map.of("list", new TupleValue(List.of(Num.of(1), Num.of(2)))))));

  private static Value with(String path, Value value) {
    return AttributePath.parse(path).with(ROOT, Optional.of(value));
  }

  private static Optional<Value> at(String path, Value root) {
    return AttributePath.parse(path).in(root);
  }

  @Test
  void isThereAndAllElseAsBefore() {
    Value changed = with("map[\"k\"]", new Str("w"));
    assertThat(at("map[\"k\"]", changed)).contains(new Str("w"));
    assertThat(at("list", changed)).contains(LIST);
    assertThat(at("deep.list[1]", with("deep.list[1]", Num.of(5)))).contains(Num.of(5));
    assertThat(at("list[0]", with("list[0]", new Str("x")))).contains(new Str("x"));
    assertThat(with("new", Num.of(1))).isInstanceOf(ObjectValue.class);
    assertThat(at("new", with("new", Num.of(1)))).contains(Num.of(1));
  }

  @Test
  void aMemberGoesAndAnElementStays() {
    Value gone = AttributePath.parse("map[\"k\"]").with(ROOT, Optional.empty());
    assertThat(at("map[\"k\"]", gone)).isEmpty();
    assertThat(AttributePath.parse("list[1]").with(ROOT, Optional.empty())).isEqualTo(ROOT);
  }

  @Test
  void whereThePathLeadsNowhereNothingChanges() {
    assertThat(with("none.below", Num.of(1))).isEqualTo(ROOT);
    assertThat(with("list[7]", Num.of(1))).isEqualTo(ROOT);
    assertThat(with("list.name", Num.of(1))).isEqualTo(ROOT);
    assertThat(AttributePath.ROOT.with(ROOT, Optional.of(Num.of(1)))).isEqualTo(Num.of(1));
  }

  @Test
  void marksStayWhereTheyAre() {
    Value marked = LIST.withMarks(EnumSet.of(Mark.SENSITIVE));
    Value changed = AttributePath.parse("[0]").with(marked, Optional.of(new Str("x")));
    assertThat(changed.marks()).containsExactly(Mark.SENSITIVE);
    assertThat(at("[0]", changed)).contains(new Str("x"));
  }
}
