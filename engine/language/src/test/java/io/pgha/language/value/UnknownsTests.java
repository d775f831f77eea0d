package io.pgha.language.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UnknownsTests {
  private static final Value STRING = Unknown.of(Type.STRING);
  private static final Value A = new Str("a");
  private static final Value B = new Str("b");

  private static Value marked(Value value) {
    return Marks.apply(value, Map.of(AttributePath.ROOT, Set.of(Mark.SENSITIVE)));
  }

  @Test
  void whatWasKnownIsTheSame() {
    assertThat(Unknowns.admits(A, A)).isTrue();
    assertThat(Unknowns.admits(A, B)).isFalse();
    assertThat(Unknowns.admits(marked(A), A)).isTrue();
    assertThat(Unknowns.admits(A, marked(B))).isFalse();
    assertThat(Unknowns.admits(Null.ANY, new Null(Type.STRING))).isTrue();
    assertThat(Unknowns.admits(Null.ANY, A)).isFalse();
    assertThat(Unknowns.admits(A, new Null(Type.STRING))).isFalse();
    assertThat(Unknowns.admits(new TupleValue(List.of(A)), A)).isFalse();
  }

  @Test
  void whatIsNotKnownYetMayBeAnything() {
    assertThat(Unknowns.admits(STRING, A)).isTrue();
    assertThat(Unknowns.admits(STRING, new Null(Type.STRING))).isTrue();
    assertThat(Unknowns.admits(A, STRING)).isTrue();
  }

  @Test
  void whatWasKnownOfAnUnknownHolds() {
    Value text = new Unknown(Type.STRING, new Refinement(true, "a-"));
    assertThat(Unknowns.admits(text, new Str("a-1"))).isTrue();
    assertThat(Unknowns.admits(text, new Str("b-1"))).isFalse();
    assertThat(Unknowns.admits(text, new Null(Type.STRING))).isFalse();
    Value number = new Unknown(Type.NUMBER, Refinement.within(new Bounds(Num.of(2), Num.of(3))));
    assertThat(Unknowns.admits(number, Num.of(3))).isTrue();
    assertThat(Unknowns.admits(number, Num.of(4))).isFalse();
    Value list =
        new Unknown(Type.list(Type.STRING), Refinement.within(new Bounds(Num.of(1), null)));
    assertThat(Unknowns.admits(list, new ListValue(Type.STRING, List.of(A)))).isTrue();
    assertThat(Unknowns.admits(list, new ListValue(Type.STRING, List.of()))).isFalse();
  }

  @Test
  void elementsAreLookedAtOneByOne() {
    assertThat(Unknowns.admits(new TupleValue(List.of(A, STRING)), new TupleValue(List.of(A, B))))
        .isTrue();
    assertThat(Unknowns.admits(new TupleValue(List.of(A, STRING)), new TupleValue(List.of(B, B))))
        .isFalse();
    assertThat(Unknowns.admits(new TupleValue(List.of(A)), new TupleValue(List.of(A, B))))
        .isFalse();
    assertThat(
            Unknowns.admits(
                MapValue.of(Type.STRING, Map.of("x", A, "y", STRING)),
                MapValue.of(Type.STRING, Map.of("x", A, "y", B))))
        .isTrue();
    assertThat(
            Unknowns.admits(
                MapValue.of(Type.STRING, Map.of("x", A)), MapValue.of(Type.STRING, Map.of("y", A))))
        .isFalse();
    assertThat(
            Unknowns.admits(
                ObjectValue.of(Map.of("x", STRING)), ObjectValue.of(Map.of("x", Null.ANY))))
        .isTrue();
  }

  @Test
  void elementsOfSetsMayTurnOutToBeEqual() {
    Value two = SetValue.of(Type.STRING, List.of(A, STRING));
    assertThat(Unknowns.admits(two, SetValue.of(Type.STRING, List.of(A)))).isTrue();
    assertThat(Unknowns.admits(two, SetValue.of(Type.STRING, List.of(A, B)))).isTrue();
    assertThat(Unknowns.admits(two, SetValue.of(Type.STRING, List.of(A, B, new Str("c")))))
        .isFalse();
    assertThat(
            Unknowns.admits(
                SetValue.of(Type.STRING, List.of(A)), SetValue.of(Type.STRING, List.of(B))))
        .isFalse();
  }
}
