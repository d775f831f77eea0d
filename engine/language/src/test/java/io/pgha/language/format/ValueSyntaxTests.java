package io.pgha.language.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Mark;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueSyntaxTests {
  @Test
  void escapesWhatWouldBeATemplate() {
    assertThat(ValueSyntax.quoted("${x} %{if} $x %x $${y} \"\\\t\u0007"))
        .isEqualTo("\"$${x} %%{if} $x %x $$${y} \\\"\\\\\\t\\u0007\"");
  }

  @Test
  void writesLinesAsAHeredoc() {
    assertThat(ValueSyntax.of(new Str("a ${b}\nEOT\n"))).isEqualTo("<<EOT_\na $${b}\nEOT\nEOT_\n");
  }

  @Test
  void writesASingleLineAndLinesWithoutAnEndInQuotes() {
    assertThat(ValueSyntax.of(new Str("a\n"))).isEqualTo("\"a\\n\"");
    assertThat(ValueSyntax.of(new Str("a\nb"))).isEqualTo("\"a\\nb\"");
  }

  @Test
  void writesObjectsWithTheirNamesInOrder() {
    assertThat(
            ValueSyntax.of(
                ObjectValue.of(
                    Map.of(
                        "b", new TupleValue(List.of(new Str("x\ny\n"))),
                        "a b", new Str("x"),
                        "for", new Str("y")))))
        .isEqualTo("{\n\"a b\" = \"x\"\nb = [\"x\\ny\\n\"]\nfor = \"y\"\n}");
  }

  @Test
  void writesNoNameThatBeginsAnotherExpression() {
    assertThat(
            ValueSyntax.of(
                ObjectValue.of(Map.of("for", new Str("x"), "null", Bool.TRUE, "é", Bool.TRUE))))
        .isEqualTo("{\n\"for\" = \"x\"\nnull = true\né = true\n}");
  }

  @Test
  void writesLinesInQuotesWhereNoHeredocIsWanted() {
    assertThat(
            ValueSyntax.quotedOf(
                ObjectValue.of(Map.of("a", new TupleValue(List.of()), "b", new Str("x\ny\n")))))
        .isEqualTo("{\na = []\nb = \"x\\ny\\n\"\n}");
  }

  @Test
  void writesOutSpacesThatLookLikeOthers() {
    assertThat(ValueSyntax.quoted("a \u00a0\u2003b")).isEqualTo("\"a \\u00a0\\u2003b\"");
  }

  @Test
  void writesNothingThatIsSensitive() {
    assertThatThrownBy(() -> ValueSyntax.of(new Str("x").withMarks(Set.of(Mark.SENSITIVE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it may not be written down");
  }
}
