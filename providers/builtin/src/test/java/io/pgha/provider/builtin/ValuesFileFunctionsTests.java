package io.pgha.provider.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Variables;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FileSource;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code terraform console} 1.11.4 says of the same calls. */
class ValuesFileFunctionsTests {
  private static final Evaluator EVALUATOR =
      new Evaluator(
          FunctionTable.standard().with(Map.of("p", new BuiltinProvider()::functions)),
          new Environment(FileSource.NONE, Optional.empty(), Optional.empty()));

  private static final Map<String, Value> VARIABLES =
      Map.of(
          "secret", new Str("s3cret").withMarks(Set.of(Mark.SENSITIVE)),
          "text", Unknown.of(Type.STRING),
          "any", Unknown.ANY);

  private final Diagnostics diagnostics = new Diagnostics();

  private Value evaluate(String call) {
    String text = "provider::p::" + call;
    return EVALUATOR.evaluate(
        Parser.parseExpression(SourceFile.of("test", text), diagnostics),
        Variables.of(VARIABLES),
        diagnostics);
  }

  private String text(String call) {
    Value value = evaluate(call);
    assertThat(diagnostics.all()).isEmpty();
    return ((Str) value).value();
  }

  private String error(String call) {
    evaluate(call);
    List<Diagnostic> all = diagnostics.all();
    assertThat(all).hasSize(1);
    return all.getFirst().summary() + ": " + all.getFirst().detail();
  }

  @Nested
  class EncodeTfvars {
    @Test
    void writesVariablesInTheOrderOfTheirNames() {
      assertThat(text("encode_tfvars({ b = \"x\", a-long = 1.5, Z = null, ä = true, for = 1 })"))
          .isEqualTo(
              """
              Z      = null
              a-long = 1.5
              b      = "x"
              for    = 1
              ä      = true
              """);
    }

    @Test
    void writesCollectionsAsTuplesAndObjects() {
      assertThat(
              text(
                  """
                  encode_tfvars({
                    a = [], b = {}, c = toset(["y", "x"]), d = [[1], [{ a = -1 }]],
                    m = tomap({ "a b" = 1, b = 2, "1" = 3, "x.y" = 4, null = 5, if = 6, a- = 7 })
                  })
                  """
                      .strip()))
          .isEqualTo(
              """
              a = []
              b = {}
              c = ["x", "y"]
              d = [[1], [{
                a = -1
              }]]
              m = {
                "1"   = 3
                "a b" = 1
                a-    = 7
                b     = 2
                if    = 6
                null  = 5
                "x.y" = 4
              }
              """);
    }

    @Test
    void takesAMapToo() {
      assertThat(text("encode_tfvars(tomap({ a = 1 }))")).isEqualTo("a = 1\n");
      assertThat(text("encode_tfvars({})")).isEmpty();
    }

    @Test
    void keepsMarks() {
      assertThat(evaluate("encode_tfvars({ a = [secret] })"))
          .isEqualTo(new Str("a = [\"s3cret\"]\n").withMarks(Set.of(Mark.SENSITIVE)));
      assertThat(evaluate("encode_tfvars({ (secret) = 1 })"))
          .isEqualTo(new Str("s3cret = 1\n").withMarks(Set.of(Mark.SENSITIVE)));
    }

    @Test
    void isUnknownWhereAnythingIs() {
      Unknown unknown = new Unknown(Type.STRING, Refinement.NOT_NULL);
      assertThat(evaluate("encode_tfvars({ a = [text], \"b c\" = 1 })")).isEqualTo(unknown);
      assertThat(evaluate("encode_tfvars(any)")).isEqualTo(unknown);
      assertThat(diagnostics.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            [1]         | Error in function call: Call to function "provider::p::encode_tfvars" failed: invalid value to encode: must be an object whose attribute names will become the encoded variable names.
            null        | Invalid function argument: Invalid value for "value" parameter: argument must not be null.
            {"b c" = 1} | Error in function call: Call to function "provider::p::encode_tfvars" failed: invalid variable name "b c": must be a valid identifier, per the rules for the declarations of variables.
            {"" = 1}    | Error in function call: Call to function "provider::p::encode_tfvars" failed: invalid variable name "": must be a valid identifier, per the rules for the declarations of variables.
            """)
    void saysWhatItDoesNotTake(String argument, String error) {
      assertThat(error("encode_tfvars(" + argument + ")")).isEqualTo(error);
    }

    @Test
    void tellsNoSecretInAnError() {
      assertThat(error("encode_tfvars({ \"${secret} \" = 1 })")).doesNotContain("s3cret");
    }
  }

  @Nested
  class EncodeExpr {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            1e21                 | 1000000000000000000000
            -1.50                | -1.5
            1e-7                 | 0.0000001
            true                 | true
            "a\\nb\\n"           | "a\\nb\\n"
            "\\"\\\\\\t\\r"      | "\\"\\\\\\t\\r"
            "$${a} %%{b} $ % $$" | "$${a} %%{b} $ % $$"
            "\\u0001\\u007f\\u00a0\\u200b\\ufeff\\ue000" | "\\u0001\\u007f\\u00a0\\u200b\\ufeff\\ue000"
            "ä\\U0001f600"       | "ä😀"
            []                   | []
            {}                   | {}
            [1, [2, "x"], null]  | [1, [2, "x"], null]
            toset([3, 1])        | [1, 3]
            """)
    void writesAValue(String argument, String expression) {
      assertThat(text("encode_expr(" + argument + ")")).isEqualTo(expression);
    }

    @Test
    void laysOutObjects() {
      assertThat(
              text(
                  "encode_expr({ bbb = { c = [{ d = 1, eeeee = 2 }] }, \"b c\" = \"x\\n\", \"$${x}\""
                      + " = 1, a = [] })"))
          .isEqualTo(
              """
              {
                "$${x}" = 1
                a       = []
                "b c"   = "x\\n"
                bbb = {
                  c = [{
                    d     = 1
                    eeeee = 2
                  }]
                }
              }\
              """);
    }

    @Test
    void keepsMarks() {
      assertThat(evaluate("encode_expr([secret])"))
          .isEqualTo(new Str("[\"s3cret\"]").withMarks(Set.of(Mark.SENSITIVE)));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            [text]         | [
            tolist([text]) | [
            { a = text }   | {
            text           | "
            any            | ``
            """)
    void knowsHowAnUnknownBegins(String argument, String prefix) {
      assertThat(evaluate("encode_expr(" + argument + ")"))
          .isEqualTo(new Unknown(Type.STRING, new Refinement(true, prefix)));
    }

    @Test
    void takesNoNull() {
      assertThat(error("encode_expr(null)"))
          .isEqualTo(
              "Invalid function argument: Invalid value for \"value\" parameter: argument must not"
                  + " be null.");
    }
  }

  @Nested
  class DecodeTfvars {
    @Test
    void readsWhatWasEncoded() {
      String object =
          "{ a = [1, \"x\\n\"], b = { \"for\" = null, c = \"$${d}\", \"e f\" = true }, null = -1.5 }";
      assertThat(evaluate("decode_tfvars(provider::p::encode_tfvars(" + object + "))"))
          .isEqualTo(
              EVALUATOR.evaluate(
                  Parser.parseExpression(SourceFile.of("test", object), diagnostics),
                  Variables.NONE,
                  diagnostics));
      assertThat(diagnostics.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            ``                                 | {}
            # c\\na=null // x                  | { "a" = null }
            a = 1 + 2\\r\\nb = "x${1 + 1}"     | { "a" = 3, "b" = "x2" }
            a = [for x in [1, 2]: x * 2]       | { "a" = [2, 4] }
            a = <<EOT\\nx\\nEOT\\n             | { "a" = "x\\n" }
            """)
    void evaluatesConstants(String source, String object) {
      String quoted = source.replace("\"", "\\\"").replace("${", "$${");
      assertThat(evaluate("decode_tfvars(\"" + quoted + "\")"))
          .isEqualTo(
              EVALUATOR.evaluate(
                  Parser.parseExpression(SourceFile.of("test", object), diagnostics),
                  Variables.NONE,
                  diagnostics));
      assertThat(diagnostics.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            a = 1\\nb = var.x | invalid expression for variable "b": <decode_tfvars argument>:2,5: Variables not allowed; Variables may not be used here
            a = max(1, 2)     | invalid expression for variable "a": <decode_tfvars argument>:1,5: Function calls not allowed; Functions may not be called here
            a = [try(1)]      | invalid expression for variable "a": <decode_tfvars argument>:1,6: Function calls not allowed; Functions may not be called here
            a = provider::p::encode_expr(1) | invalid expression for variable "a": <decode_tfvars argument>:1,5: Function calls not allowed; Functions may not be called here
            a {}              | invalid tfvars content: <decode_tfvars argument>:1,1: Unexpected "a" block; Blocks are not allowed here, only arguments. To set an argument, use the equals sign: "a = ..."
            a =               | invalid tfvars syntax: <decode_tfvars argument>:1,4: Missing expression; A value is expected here, but there is the end of the file
            """)
    void saysWhatItDoesNotTake(String source, String error) {
      assertThat(error("decode_tfvars(\"" + source + "\")"))
          .isEqualTo(
              "Error in function call: Call to function \"provider::p::decode_tfvars\" failed: "
                  + error
                  + ".");
    }

    @Test
    void keepsMarksAndWhatIsUnknown() {
      assertThat(evaluate("decode_tfvars(\"a = \\\"${secret}\\\"\")").marks())
          .containsExactly(Mark.SENSITIVE);
      assertThat(evaluate("decode_tfvars(text)")).isEqualTo(Unknown.ANY);
      assertThat(diagnostics.all()).isEmpty();
    }

    @Test
    void tellsNoSecretInAnError() {
      assertThat(error("decode_tfvars(\"${secret} {}\")")).doesNotContain("s3cret");
    }
  }
}
