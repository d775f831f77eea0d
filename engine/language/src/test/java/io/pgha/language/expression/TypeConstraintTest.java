package io.pgha.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeConstraintTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private Optional<TypeConstraint> parse(String text) {
    var expression = Parser.parseExpression(SourceFile.of("type", text), diagnostics);
    return TypeConstraint.parse(expression, diagnostics);
  }

  private String convert(String type, String value) throws ConversionException {
    Value given = Evaluated.of(value).value();
    return ValueText.of(parse(type).orElseThrow().convert(given)).replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string               | string
          list(any)            | list(any)
          map(set(number))     | map(set(number))
          tuple([bool, string])| tuple([bool, string])
          object({a = string, b = optional(number)}) | object({ a = string, b = optional(number) })
          """)
  void is_what_was_written(String written, String type) {
    assertThat(parse(written).orElseThrow().type().text()).isEqualTo(type);
  }

  @Test
  void fills_in_defaults_at_every_depth() throws ConversionException {
    assertThat(
            convert(
                "map(object({ port = optional(number, 5432), tls = optional(object({ on ="
                    + " optional(bool, true) }), {}) }))",
                "{ a = { port = null }, b = { port = 1, tls = { on = false } } }"))
        .isEqualTo(
            "tomap({ \"a\" = { \"port\" = 5432 \"tls\" = { \"on\" = true } } \"b\" = { \"port\" ="
                + " 1 \"tls\" = { \"on\" = false } } })");
  }

  @Test
  void leaves_an_optional_attribute_without_default_null() throws ConversionException {
    assertThat(convert("object({ a = optional(string) })", "{}"))
        .isEqualTo("{ \"a\" = tostring(null) }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          strin      | The keyword "strin" is not a valid type specification. Did you mean "string"?
          strnig     | The keyword "strnig" is not a valid type specification. Did you mean "string"?
          integer    | The keyword "integer" is not a valid type specification. Did you mean "number"?
          boolean    | The keyword "boolean" is not a valid type specification. Did you mean "bool"?
          nothing    | The keyword "nothing" is not a valid type specification.
          lst(string) | Keyword "lst" is not a valid type constructor. Did you mean "list"?
          map(lst(string)) | Keyword "lst" is not a valid type constructor. Did you mean "list"?
          dict(string) | Keyword "dict" is not a valid type constructor. Did you mean "map"?
          int(string) | Keyword "int" is not a valid type constructor.
          object({ a = optonal(string) }) | Keyword "optonal" is not a valid type constructor. Did you mean "optional"?
          list()     | The list type constructor requires one argument specifying the element type.
          "string"   | A type is written without quotes: string.
          "list"     | A type is written without quotes: list(string).
          list("string") | A type is written without quotes: string.
          string(a)  | Primitive type keyword "string" does not expect arguments.
          optional(string) | Keyword "optional" is valid only as a modifier for object type attributes.
          object({ a = string, a = number }) | An object type has the attribute "a" twice.
          object({ a = optional(string), a = string }) | An object type has the attribute "a" twice.
          object({ a = optional(number, max(1)) }) | Functions may not be called here.
          object({ a = optional(number, core::try(1)) }) | Functions may not be called here.
          object({ a = optional(number, "x") }) | This default value is not compatible with the attribute's type constraint: a number is required.
          """)
  void says_what_is_wrong(String written, String detail) {
    assertThat(parse(written)).isEmpty();
    assertThat(diagnostics.all()).singleElement().extracting(d -> d.detail()).isEqualTo(detail);
  }
}
