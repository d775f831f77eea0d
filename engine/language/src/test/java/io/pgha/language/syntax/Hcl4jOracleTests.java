package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * hcl4j, an independent parser, reads files of literal values as ours does. It is no judge of
 * anything else: docs/decisions/0001-own-parser.md says why.
 */
class Hcl4jOracleTests {
  @Test
  void random_files_of_values_mean_the_same_to_both() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      StringBuilder source = new StringBuilder();
      int arguments = 1 + random.nextInt(8);
      for (int n = 0; n < arguments; n++) {
        source.append("name_").append(n).append(" = ");
        literal(random, 0, source);
        source.append(random.nextInt(4) == 0 ? " # a comment\n" : "\n");
      }
      compare(source.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwords = {\n  postgres = \"a b\"\n  admin = \"c\\nd\"\n}\n",
        "list = [\n  1,\n  2.5,\n  [\"x\", true],\n]\n",
        "a = true\n/* between */\nb = false // end\n",
      })
  void files_of_values_mean_the_same_to_both(String source) throws Exception {
    compare(source);
  }

  private static void compare(String source) throws Exception {
    Diagnostics diagnostics = new Diagnostics();
    NativeBody body = Parser.parseFile(SourceFile.of("test", source), diagnostics);
    Map<String, Object> ours = new LinkedHashMap<>();
    body.attributes().forEach((name, attribute) -> ours.put(name, plain(attribute.expression())));

    assertThat(diagnostics.all()).isEmpty();
    assertThat(ours).as(source).isEqualTo(plain(new HCLParser().parse(source)));
  }

  private static void literal(Random random, int depth, StringBuilder out) {
    switch (random.nextInt(depth < 3 ? 6 : 4)) {
      case 0 -> out.append(random.nextInt(100_000));
      case 1 -> out.append(random.nextInt(1000)).append('.').append(1 + random.nextInt(9));
      case 2 -> out.append(random.nextBoolean());
      case 3 ->
          out.append('"')
              .append("abc XYZ 0.9:/-_é".repeat(1 + random.nextInt(2)), random.nextInt(8), 14)
              .append(random.nextBoolean() ? "\\n\\\"" : "")
              .append('"');
      case 4 -> {
        out.append('[');
        for (int i = random.nextInt(4); i >= 0; i--) {
          literal(random, depth + 1, out);
          out.append(i > 0 ? ", " : "");
        }
        out.append(']');
      }
      default -> {
        out.append("{\n");
        for (int i = random.nextInt(4); i >= 0; i--) {
          out.append("  key").append(i).append(" = ");
          literal(random, depth + 1, out);
          out.append('\n');
        }
        out.append('}');
      }
    }
  }

  private static Object plain(Expression expression) {
    return switch (expression) {
      case Expression.Literal(Value value, _) -> plain(value);
      case Expression.TupleConstructor tuple ->
          tuple.elements().stream().map(Hcl4jOracleTests::plain).toList();
      case Expression.ObjectConstructor object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.items().forEach(item -> map.put((String) plain(item.key()), plain(item.value())));
        yield map;
      }
      default -> throw new AssertionError("no literal: " + Outline.of(expression));
    };
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Str(String text) -> text;
      case Num number -> number.value();
      case Bool truth -> truth.value();
      default -> throw new AssertionError("no literal: " + value);
    };
  }

  private static Object plain(Object theirs) {
    return switch (theirs) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, plain(value)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(plain(element)));
        yield copy;
      }
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      default -> theirs;
    };
  }
}
