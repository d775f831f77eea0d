package io.pgha.language.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Outline;
import io.pgha.language.syntax.StaticSyntax;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSyntaxTests {
  private final Diagnostics diagnostics = new Diagnostics();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          1.5e2 -> 150
          true -> true
          null -> null
          "a" -> json("a")
          "a\\n\\"\\u00e9" -> json("a\\n"é")
          "${a.b}" -> json(wrap(a.b))
          "x ${a} $${b}" -> json(template["x ", ${a}, " ${b}"])
          [1, ["x"]] -> [1, [json("x")]]
          {"a": 1, "${b}": {}} -> {json("a") = 1, json(wrap(b)) = {}}
          """)
  void values_are_expressions_and_strings_are_templates(String source, String tree) {
    Expression expression = JsonSyntax.parseExpression(SourceFile.of("test", source), diagnostics);

    assertThat(diagnostics.all()).isEmpty();
    assertThat(Outline.of(expression)).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          {"a": 1,} -> 1,9 Invalid JSON property name
          {"a" = 1} -> 1,6 Missing property value colon
          {"a": 'x'} -> 1,7 Missing JSON value
          {"a": 1 "b": 2} -> 1,9 Missing comma
          {"a": [1, 2} -> 1,12 Missing comma
          {"a": 1 -> 1,1 Unclosed bracket
          {"a": yes} -> 1,7 Invalid JSON keyword
          {"a": 01} -> 1,7 Invalid JSON number
          {"a": "x -> 1,7 Unterminated JSON string
          {"a": "\\q"} -> 1,8 Invalid JSON escape
          {} {} -> 1,4 Extra characters after the JSON value
          [1] -> 1,1 Root value must be an object
          """)
  void what_is_no_json_is_one_error_with_its_place(String source, String error) {
    JsonSyntax.parseFile(SourceFile.of("test", source), diagnostics);

    assertThat(diagnostics.all())
        .singleElement()
        .extracting(d -> d.subject().orElseThrow().toString().substring(5) + " " + d.summary())
        .isEqualTo(error);
  }

  @Test
  void strings_of_values_are_text_as_it_is() {
    Body body =
        JsonSyntax.parseValues(
            SourceFile.of("test", "{\"//\": 1, \"a\": [\"x${b\", {\"%{if\": \"$${c}\"}]}"),
            diagnostics);
    Expression value = requireNonNull(body.justAttributes(diagnostics).get("a")).expression();

    assertThat(diagnostics.all()).isEmpty();
    assertThat(Outline.of(value)).isEqualTo("[\"x${b\", {\"%{if\" = \"$${c}\"}]");
  }

  @Test
  void values_are_one_object() {
    JsonSyntax.parseValues(SourceFile.of("test", "[{\"a\": 1}]"), diagnostics);

    assertThat(diagnostics.all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo("Root value must be an object");
          assertThat(found.detail())
              .isEqualTo("A file of values in JSON is an object, but this is an array.");
        });
  }

  @Test
  void literal_arguments_are_text_as_it_is_and_others_are_templates() {
    Body body =
        JsonSyntax.parseFile(
            SourceFile.of("test", "{\"a\": \"${b\", \"c\": \"${d}\"}"), diagnostics);
    BodyContent content = body.content(BodySchema.EMPTY.literal("a").optional("c"), diagnostics);

    assertThat(diagnostics.all()).isEmpty();
    assertThat(content.attribute("a").map(Attribute::expression).map(Outline::of))
        .contains("\"${b\"");
    assertThat(content.attribute("c").map(Attribute::expression).map(Outline::of))
        .contains("json(wrap(d))");
  }

  @Test
  void places_within_strings_are_those_of_the_file() {
    Body body =
        JsonSyntax.parseFile(
            SourceFile.of("test", "{\n  \"a\": \"\\u0041\\n${b.c} ${d}\"\n}"), diagnostics);
    Expression value = requireNonNull(body.justAttributes(diagnostics).get("a")).expression();

    assertThat(value.variables())
        .extracting(reference -> reference + " " + reference.range())
        .containsExactly("b.c test:2,19", "d test:2,26");
  }

  @Test
  void several_blocks_of_the_same_labels_stand_in_an_array() {
    Body body =
        JsonSyntax.parseFile(
            SourceFile.of(
                "test", "[{\"p\": [{\"x\": 1}, {\"x\": 2}]}, {\"p\": {\"x\": 3}, \"q\": null}]"),
            diagnostics);

    assertThat(body.content(BodySchema.EMPTY.block("p").block("q"), diagnostics).blocks())
        .extracting(block ->
            Outline.of(
                requireNonNull(block.body().justAttributes(diagnostics).get("x")).expression()))
        .containsExactly("1", "2", "3");
    assertThat(diagnostics.all()).isEmpty();
  }

  @Test
  void a_duplicate_property_of_a_value_is_an_error() {
    JsonSyntax.parseExpression(SourceFile.of("test", "{\"a\": 1, \"a\": 2}"), diagnostics);

    assertThat(diagnostics.all())
        .singleElement()
        .extracting(d -> d.subject().orElseThrow() + " " + d.detail())
        .isEqualTo("test:1,10 An attribute named \"a\" was already defined at test:1,2.");
  }

  @Test
  void references_are_strings_that_hold_them() {
    Expression list =
        JsonSyntax.parseExpression(SourceFile.of("test", "[\"host.db\", \"1 +\"]"), diagnostics);
    var elements = StaticSyntax.list(list).orElseThrow();

    assertThat(StaticSyntax.reference(elements.get(0), diagnostics).map(ScopeTraversal::toString))
        .contains("host.db");
    assertThat(diagnostics.all()).isEmpty();
    assertThat(StaticSyntax.reference(elements.get(1), diagnostics)).isEmpty();
    assertThat(diagnostics.all())
        .singleElement()
        .extracting(d -> d.subject().orElseThrow() + " " + d.summary())
        .isEqualTo("test:1,17 Missing expression");
  }

  @Test
  void deep_nesting_is_an_error() {
    JsonSyntax.parseFile(SourceFile.of("test", "[".repeat(100_000)), diagnostics);

    assertThat(diagnostics.all())
        .singleElement()
        .extracting(d -> d.summary())
        .isEqualTo("Nested too deeply");
  }

  @Test
  void a_file_changed_anywhere_never_breaks_the_reader() {
    String whole =
        "{\"a\": [1, -2.5e3, true, null, \"x${y}\\u0041\\n\"], \"b\": {\"c\": {\"d\": {}}}}";
    Random random = new Random(3);
    String characters = "{}[],:\"\\u0 1-.eEtfn/'$%";
    for (int i = 0; i < 5_000; i++) {
      int at = random.nextInt(whole.length());
      String changed =
          whole.substring(0, at)
              + characters.charAt(random.nextInt(characters.length()))
              + whole.substring(Math.min(whole.length(), at + random.nextInt(3)));
      Diagnostics found = new Diagnostics();
      Body body = JsonSyntax.parseFile(SourceFile.of("test", changed), found);
      body.content(BodySchema.EMPTY.optional("a").block("b", "l"), found);
      assertThat(found.all()).allSatisfy(d -> assertThat(d.subject()).isPresent());
    }
  }

  @Test
  void a_misspelt_property_is_one_error_though_the_right_one_is_required() {
    BodySchema schema = BodySchema.EMPTY.required("condition", "error_message").block("content");
    JsonSyntax.parseFile(
            SourceFile.of("test", "{\"conditon\": true, \"contnet\": {}}"), diagnostics)
        .content(schema, diagnostics);

    assertThat(diagnostics.all().stream().map(each -> each.summary() + ": " + each.detail()))
        .containsExactly(
            "Missing required argument: The argument \"error_message\" is required, but it is not"
                + " set.",
            "Extraneous JSON object property: No argument or block type is named \"conditon\". Did"
                + " you mean \"condition\"?",
            "Extraneous JSON object property: No argument or block type is named \"contnet\". Did"
                + " you mean \"content\"?");
  }
}
