package io.pgha.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Bounds;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private static final Value SECRET = new Str("s3cret").withMarks(Set.of(Mark.SENSITIVE));
  private static final Value SECRETS =
      new ListValue(Type.STRING, List.of(new Str("a"), new Str("b")))
          .withMarks(Set.of(Mark.SENSITIVE));

  @Nested
  class Numbers {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            1/3*3 == 1       | true
            0.1 + 0.2 == 0.3 | true
            0.1 + 0.2        | 0.3
            5.5 % 2          | 1.5
            -10 % 3          | -1
            2 * 3 + 4 * 5    | 26
            1.5e-7           | 0.00000015
            "1" + 1          | 2
            -"3"             | -3
            """)
    void are_binary_floats_shown_as_short_decimals(String text, String result) {
      assertThat(Evaluated.of(text).text()).isEqualTo(result);
    }

    @Test
    void have_512_bits() {
      assertThat(Evaluated.of("1/3").text()).isEqualTo("0." + "3".repeat(152) + "335");
    }

    @Test
    void cant_be_divided_by_zero() {
      assertThat(Evaluated.of("1/0").error())
          .isEqualTo("Operation failed: Error during operation: division by zero.");
    }
  }

  @Test
  void a_key_with_dots_is_a_reference_or_a_text() {
    assertThat(Evaluated.of("{ a.b = 1 }").error())
        .isEqualTo(
            "Ambiguous attribute key: If this is meant as a reference, put it in parentheses. If it"
                + " is meant as a name with dots in it, put it in quotes.");
    assertThat(Evaluated.of("{ \"a.b\" = 1 }[\"a.b\"]").text()).isEqualTo("1");
    assertThat(
            Evaluated.of("{ (a.b) = 1 }.c", Map.of("a", ObjectValue.of(Map.of("b", new Str("c")))))
                .text())
        .isEqualTo("1");
  }

  @Nested
  class A_mark {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "secret == \"x\"",
          "secret != null",
          "\"password: ${secret}\"",
          "\"%{ if secret == \"x\" }a%{ else }b%{ endif }\"",
          "\"%{ for s in secrets }${s}%{ endfor }\"",
          "secret == \"x\" ? 1 : 2",
          "true ? secret : \"x\"",
          "true ? \"x\" : secret",
          "false ? secret : \"x\"",
          "true ? \"x\" : (true ? \"y\" : secret)",
          "upper(secret)",
          "format(\"%s\", secret)",
          "jsonencode({ a = { b = secret } })",
          "join(\",\", [\"a\", secret])",
          "length(secrets)",
          "secrets[0]",
          "secrets[*]",
          "[for s in secrets : s]",
          "[for s in [1] : s if secret != \"x\"]",
          "{for s in [secret] : s => 1}",
          "{ (secret) = 1 }",
          "concat(secrets, [\"c\"])",
          "merge({ a = 1 }, sensitive({ b = 2 }))",
          "toset([secret])",
          "contains([secret], \"x\")",
          "max(sensitive(1), 2)",
          "-sensitive(1)",
          "!sensitive(true)",
          "sensitive(1) + 1",
          "sensitive(1) < 2",
          "sensitive(true) && false",
          "lookup({ a = 1 }, sensitive(\"a\"))",
          "{ a = 1 }[sensitive(\"a\")]",
          "try(secret, 1)",
          "tostring(secret)",
          "coalesce(null, secret)",
          "flatten([[secret], secrets])",
          "one([secret])",
          "sha256(secret)",
          "templatestring(secret, {})",
          "templatestring(template, { a = \"x\", b = secret })",
          "templatestring(template, { a = \"x\", b = { c = [secret] } })",
        })
    void survives(String text) {
      Value template = new Str("hello ${a}");
      Evaluated evaluated =
          Evaluated.of(text, Map.of("secret", SECRET, "secrets", SECRETS, "template", template));

      assertThat(evaluated.diagnostics()).isEmpty();
      assertThat(Marks.has(evaluated.value(), Mark.SENSITIVE)).isTrue();
      assertThat(evaluated.text()).doesNotContain("s3cret");
    }

    @Test
    void stays_on_the_attribute_that_has_it() {
      Evaluated evaluated = Evaluated.of("{ a = secret, b = 1 }", Map.of("secret", SECRET));

      assertThat(evaluated.value()).isEqualTo(ObjectValue.of(Map.of("a", SECRET, "b", Num.of(1))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "parseint(secret, 10)",
          "jsondecode(secret)",
          "cidrhost(secret, 1)",
          "lookup({ a = 1 }, secret)",
          "tonumber(secret)",
          "timeadd(secret, \"1h\")",
          "format(\"%d\", secret)",
          "{ for i in [1, 2] : secret => i }",
        })
    void keeps_the_value_out_of_messages_of_functions(String text) {
      Evaluated evaluated = Evaluated.of(text, Map.of("secret", SECRET));

      assertThat(evaluated.error()).isNotEmpty();
      assertThat(evaluated.diagnostics().toString())
          .doesNotContain("s3cret")
          .doesNotContain("3cre");
    }

    @Test
    void keeps_the_value_out_of_messages() {
      Evaluated evaluated = Evaluated.of("1 + secret", Map.of("secret", SECRET));

      assertThat(evaluated.error())
          .isEqualTo("Invalid operand: Unsuitable value for right operand: a number is required.");
      assertThat(evaluated.diagnostics().getFirst().values())
          .containsExactly("secret is a sensitive value");
    }
  }

  @Nested
  class An_element_that_is_not_there {
    private final Map<String, Value> variables =
        Map.of(
            "ports",
            new ObjectValue(new TreeMap<>(Map.of("sql", Num.of(5432)))),
            "list",
            new TupleValue(List.of(new Str("a"), new Str("b"))),
            "at",
            Num.of(7),
            "key",
            new Str("sq"),
            "secret",
            SECRET,
            "unset",
            new Null(Type.STRING));

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            list[at]           | Invalid index         | at is 7; list is tuple with 2 elements
            list[at - 8]       | Invalid index         | at is 7; list is tuple with 2 elements
            list[2]            | Invalid index         | list is tuple with 2 elements
            list["x"]          | Invalid index         | list is tuple with 2 elements
            [1][at]            | Invalid index         | at is 7
            (list)[at]         | Invalid index         | at is 7; list is tuple with 2 elements
            ports[key]         | Invalid index         | key is "sq"; ports is object with 1 attribute "sql"
            ports.sq           | Unsupported attribute | ports is object with 1 attribute "sql"
            ports.sql.tls.mode | Unsupported attribute | ports.sql is 5432
            ports.sql[at]      | Invalid index         | at is 7; ports.sql is 5432
            unset.x            | Attempt to get attribute from null value | unset is null
            [for x in list : x.y] | Unsupported attribute | x is "a"
            ports[secret]      | Invalid index         | ports is object with 1 attribute "sql"; secret is a sensitive value
            secret.x           | Unsupported attribute | secret is a sensitive value
            """)
    void is_told_with_the_values_of_references(String text, String summary, String values) {
      Diagnostic first = Evaluated.of(text, variables).diagnostics().getFirst();

      assertThat(first.summary()).isEqualTo(summary);
      assertThat(String.join("; ", first.values())).isEqualTo(values);
      assertThat(first.toString()).doesNotContain("s3cret");
    }
  }

  @Nested
  class An_unknown {
    private final Map<String, Value> variables =
        Map.of("id", new Unknown(Type.STRING, Refinement.NOT_NULL), "any", Unknown.ANY);

    @Test
    void makes_a_template_unknown_but_for_its_beginning() {
      assertThat(Evaluated.of("\"host-${id}.local\"", variables).value())
          .isEqualTo(new Unknown(Type.STRING, new Refinement(true, "host-")));
    }

    @Test
    void that_starts_otherwise_is_not_equal() {
      assertThat(Evaluated.of("\"host-${id}\" == \"x\"", variables).text()).isEqualTo("false");
    }

    @Test
    void that_is_not_null_is_known_not_to_be_null() {
      assertThat(Evaluated.of("id == null", variables).text()).isEqualTo("false");
    }

    @Test
    void leaves_the_other_attributes_known() {
      assertThat(Evaluated.of("merge({ a = id }, { b = 1 }).b", variables).text()).isEqualTo("1");
    }

    @Test
    void leaves_the_number_of_elements_known() {
      assertThat(Evaluated.of("length([id, any])", variables).text()).isEqualTo("2");
    }

    @Test
    void that_may_be_null_may_equal_another_that_may() {
      String text = "tolist(any ? [\"a\"] : null) == tolist(any ? [\"a\", \"b\"] : null)";
      assertThat(Evaluated.of(text, variables).value().isKnown()).isFalse();
      assertThat(Evaluated.of("length(tolist(any ? [\"a\"] : null))", variables).value().isKnown())
          .isFalse();
    }

    @Test
    void in_a_set_leaves_open_which_list_that_becomes() {
      assertThat(Evaluated.of("tolist(toset([id, \"zz\"]))", variables).value().isKnown())
          .isFalse();
      assertThat(
              Evaluated.of("length(setproduct(toset([id, \"${id}\"]), [1]))", variables)
                  .value()
                  .isKnown())
          .isFalse();
    }

    @Test
    void in_a_set_leaves_open_how_many_elements_there_are() {
      Evaluated evaluated = Evaluated.of("length(toset([id, \"x${id}\", id]))", variables);

      assertThat(evaluated.value())
          .isEqualTo(new Unknown(Type.NUMBER, Refinement.within(new Bounds(Num.of(1), Num.of(3)))));
    }

    @Test
    void in_a_condition_leaves_the_type_of_the_result_known() {
      assertThat(Evaluated.of("any ? [1] : [\"a\", \"b\"]", variables).value().type())
          .isEqualTo(Type.list(Type.STRING));
    }

    @Test
    void makes_try_wait_until_it_is_known() {
      assertThat(Evaluated.of("try(any.x, 1)", variables).value()).isEqualTo(Unknown.ANY);
    }
  }

  @Nested
  class A_scope {
    @Test
    void sees_the_whole_reference_with_its_keys_evaluated() {
      List<String> seen = new ArrayList<>();
      Scope scope =
          (reference, diagnostics) -> {
            seen.add(reference.toString());
            return switch (reference.root()) {
              case "each" -> Scope.Resolution.root(ObjectValue.of(Map.of("key", new Str("x"))));
              case "host" ->
                  new Scope.Resolution(ObjectValue.of(Map.of("id", new Str("host x"))), 2);
              default -> Variables.NONE.resolve(reference, diagnostics);
            };
          };

      Evaluated evaluated = Evaluated.of("host.db[each.key].id", scope);

      assertThat(evaluated.text()).isEqualTo("\"host x\"");
      assertThat(seen).containsExactly("each.key", "host.db[\"x\"].id");
    }

    @Test
    void sees_a_reference_up_to_a_splat() {
      List<ScopeTraversal> seen = new ArrayList<>();
      Scope scope =
          (reference, _) -> {
            seen.add(reference);
            return new Scope.Resolution(
                new ListValue(Type.STRING, List.of(new Str("a"))), reference.steps().size());
          };

      assertThat(Evaluated.of("host.db[*]", scope).text()).isEqualTo("tolist([\n  \"a\",\n])");
      assertThat(seen).map(ScopeTraversal::toString).containsExactly("host.db");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nope            | Variables not allowed: There is nothing to refer to here, so "nope" means nothing. Text stands in quotes.
          {a=1}.b         | Unsupported attribute: This object does not have an attribute named "b".
          null.a          | Attempt to get attribute from null value: This value is null, so it does not have any attributes.
          [1]["a"]        | Invalid index: The given key does not identify an element in this collection value: a number is required.
          [1][-1]         | Invalid index: The given key does not identify an element in this collection value: a negative number is not a valid index for a sequence.
          "a${null}"      | Invalid template interpolation value: The expression result is null. Cannot include a null value in a string template.
          null ? 1 : 2    | Null condition: The condition value is null. Conditions must either be true or false.
          true ? 1 : true | Inconsistent conditional result types: The true and false result expressions must have consistent types. The 'true' value is number, but the 'false' value is bool.
          foo(1)          | Call to unknown function: There is no function named "foo". Did you mean "floor"?
          core::maxx(1)   | Call to unknown function: There is no function named "core::maxx". Did you mean "core::max"?
          core::can       | Missing open parenthesis: Function calls must have their arguments in parentheses.
          core::core::max(1) | Unknown provider function: The function namespace "core" is not valid. A function of the language is called as core::NAME(...).
          cor::max(1)     | Unknown provider function: The function namespace "cor" is not valid. Did you mean "core"?
          other::max(1)   | Unknown provider function: The function namespace "other" is not valid. A function of a provider is called as provider::PROVIDER::NAME(...), one of the language by its name alone.
          provider::f(1)  | Unknown provider function: The function call must include the provider's name after "provider::", as in provider::PROVIDER::f(...).
          provider::testt::f(1) | Unknown provider function: There is no provider named "testt". Did you mean "test"?
          provider::x::f(1) | Unknown provider function: There is no provider named "x".
          provider::test::shoot(1) | Unknown provider function: The provider "test" has no function named "shoot". Did you mean "provider::test::shout"?
          provider::none::f(1) | Unknown provider function: The provider "none" has no functions.
          provider::test::a::b(1) | Unknown provider function: There is no function named "provider::test::a::b". A function of a provider is called as provider::PROVIDER::NAME(...).
          provider::test::shout() | Not enough function arguments: Function "provider::test::shout" expects 1 argument(s). Missing value for "text".
          upper("a", "b") | Too many function arguments: Function "upper" expects only 1 argument(s).
          cidrhost("a")   | Not enough function arguments: Function "cidrhost" expects 2 argument(s). Missing value for "hostnum".
          abs("x")        | Invalid function argument: Invalid value for "num" parameter: a number is required.
          min()           | Error in function call: Call to function "min" failed: must pass at least one number.
          upper(1...)     | Invalid expanding argument value: The expanding argument (indicated by ...) must be of a tuple, list, or set type.
          [for x in [1, 2, 3]: x.y]     | Unsupported attribute: Can't access attributes on a primitive-typed value (number).
          {for x in [1, 2, 3]: x => x.y} | Unsupported attribute: Can't access attributes on a primitive-typed value (number).
          [for x in [1, 2, 3]: x if x.y] | Unsupported attribute: Can't access attributes on a primitive-typed value (number).
          [for x in null: x] | Iteration over null value: A null value cannot be used as the collection in a 'for' expression.
          tolist(null)[*] | Splat of null value: Splat expressions (with the * symbol) cannot be applied to null sequences.
          """)
  void says_what_is_wrong(String text, String error) {
    assertThat(Evaluated.of(text).error()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          core::max(1, 2)              | 2
          core :: max (1, 2)           | 2
          core::try(nope, 1)           | 1
          core::can(core::nope())      | false
          core::convert("1", number)   | 1
          try(provider::x::f(1), 3)    | 3
          provider::test::shout("a")   | "A"
          provider :: test::shout("a") | "A"
          provider::test::shout(["a"]...) | "A"
          "${provider::test::shout("a")}b" | "Ab"
          """)
  void calls_a_function_by_its_namespace(String text, String value) {
    assertThat(Evaluated.of(text).text()).isEqualTo(value);
  }

  @Test
  void reports_every_error_of_an_expression() {
    assertThat(Evaluated.of("[nope, upper([]), 1 + true]").diagnostics())
        .extracting(problem -> problem.summary())
        .containsExactly("Variables not allowed", "Invalid function argument", "Invalid operand");
  }

  @Test
  void adds_a_hundred_thousand_numbers_without_running_out_of_stack() {
    assertThat(Evaluated.of("1" + " + 1".repeat(99_999)).text()).isEqualTo("100000");
  }
}
