package io.pgha.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.function.Environment;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.function.Parameter;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be compared with Terraform: functions it hasn't, errors' texts, secrets and time. */
class FunctionsTest {
  private static String resultOrError(Evaluated evaluated) {
    return evaluated.diagnostics().isEmpty() ? evaluated.text() : evaluated.error();
  }

  /** With {@code ERROR:} stands what is wrong with an argument, after its parameter's name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          base64gunzip("H4sIAAAAAAAA/ytJLS4BAAx+f9gEAAAA")     | "test"
          base64gunzip(base64gzip("grün"))                      | "grün"
          base64gunzip(base64gzip(""))                          | ""
          base64gunzip("YQ==")                                  | ERROR: str: failed to gunzip bytes: they end too early.
          base64gunzip("YWFhYWFhYWFhYWFhYWFh")                  | ERROR: str: failed to gunzip bytes: Not in GZIP format.
          base64gunzip("YQ")                                    | ERROR: str: failed to decode base64 data: its padding is missing.
          base64gunzip(unknown)                                 | (known after apply)
          base64gunzip(gzipped)                                 | (sensitive value)
          base64decode("YQ!=")                                  | ERROR: str: failed to decode base64 data: character 3 is none of its alphabet.
          base64decode("Y=Q=")                                  | ERROR: str: failed to decode base64 data: its padding is wrong.
          base64decode(sensitive("YQ!="))                       | ERROR: str: failed to decode base64 data: character 3 is none of its alphabet.
          csvdecode("a,\\"b")                                    | ERROR: str: CSV parse error on line 1: a quoted field has no closing quote.
          csvdecode("a\\n\\"b\\"c")                                | ERROR: str: CSV parse error on line 2: text after the quote that ends a field.
          yamldecode("%YAML 3.0\\n---\\na")                       | ERROR: src: invalid YAML: only versions 1.1 and 1.2 are known.
          jsondecode("{\\"a\\":}")                                | ERROR: str: invalid JSON: on line 1, column 6: Unexpected character ('}'): expected a value.
          jsondecode(sensitive("{\\"a\\":x}"))                    | ERROR: str: it does not suit; why can't be shown, because a value is sensitive.
          indent(1000000000, "a\\nb")                            | ERROR: spaces: the text would be larger than 64 MiB.
          cidrcontains("10.0.0.0/8", "10.1.2.3")                | true
          cidrcontains("10.0.0.0/8", "11.1.2.3")                | false
          cidrcontains("10.0.0.0/8", "10.1.0.0/16")             | true
          cidrcontains("10.1.0.0/16", "10.0.0.0/8")             | false
          cidrcontains("fd00::/8", "fd00::1")                   | true
          cidrcontains("10.0.0", "10.1.2.3")                    | ERROR: containing_prefix: invalid CIDR expression: invalid CIDR address: 10.0.0.
          cidrcontains(unknown, "10.1.2.3")                     | (known after apply)
          cidrcontains("10.0.0.0/8", unknown)                   | (known after apply)
          cidrcontains("10.0.0.0/8", secret)                    | ERROR: contained_ip_or_prefix: it does not suit; why can't be shown, because a value is sensitive.
          cidrcontains("10.0.0.0/8", sensitive("10.1.2.3"))     | (sensitive value)
          urldecode("a%20b+c")                                  | "a b c"
          urldecode("gr%C3%BCn")                                | "grün"
          urldecode("")                                         | ""
          urldecode("%")                                        | ERROR: str: failed to decode URL '%': invalid URL escape "%".
          urldecode("a%4")                                      | ERROR: str: failed to decode URL 'a%4': invalid URL escape "%4".
          urldecode("%zz%20")                                   | ERROR: str: failed to decode URL '%zz%20': invalid URL escape "%zz".
          urldecode(unknown)                                    | (known after apply)
          urldecode(secret)                                     | (sensitive value)
          """)
  void functions_of_OpenTofu_give_what_they_give_there(String text, String result) {
    Map<String, Value> variables =
        Map.of(
            "unknown", Unknown.of(Type.STRING),
            "secret", new Str("s3cret").withMarks(Set.of(Mark.SENSITIVE)),
            "gzipped", Evaluated.of("base64gzip(\"a\")").value().withMarks(Set.of(Mark.SENSITIVE)));
    String expected =
        result.startsWith("ERROR: ")
            ? result.replaceFirst(
                "ERROR: (\\w+)", "Invalid function argument: Invalid value for \"$1\" parameter")
            : result;

    assertThat(resultOrError(Evaluated.of(text, variables))).isEqualTo(expected);
  }

  @Nested
  class Jsondecode {
    @Test
    void says_what_is_nested_too_deeply() {
      assertThat(
              Evaluated.of("jsondecode(\"" + "[".repeat(1500) + "]".repeat(1500) + "\")").error())
          .isEqualTo(
              "Invalid function argument: Invalid value for \"str\" parameter: invalid JSON:"
                  + " values are nested more than 1000 deep.");
    }

    @Test
    void says_what_is_too_long() {
      assertThat(Evaluated.of("jsondecode(\"" + "1".repeat(100_001) + "\")").error())
          .isEqualTo(
              "Invalid function argument: Invalid value for \"str\" parameter: invalid JSON:"
                  + " a number is longer than 100000 or a name longer than 1000000 characters.");
    }
  }

  @Nested
  class Rsadecrypt {
    private static String pem(String kind, byte[] der) {
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    private static Evaluated decrypted(KeyPair keys, String pem, Base64.Encoder encoder)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, keys.getPublic());
      byte[] secret = cipher.doFinal("grün".getBytes(StandardCharsets.UTF_8));
      return Evaluated.of(
          "rsadecrypt(text, key)",
          Map.of("text", new Str(encoder.encodeToString(secret)), "key", new Str(pem)));
    }

    private static KeyPair keys() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    }

    @Test
    void reads_a_key_in_PKCS_8() throws GeneralSecurityException {
      KeyPair keys = keys();
      String pem = pem("PRIVATE KEY", keys.getPrivate().getEncoded());

      assertThat(decrypted(keys, pem, Base64.getEncoder()).text()).isEqualTo("\"grün\"");
    }

    @Test
    void reads_a_key_in_PKCS_1() throws GeneralSecurityException {
      KeyPair keys = keys();
      byte[] whole = keys.getPrivate().getEncoded();
      // Before the key itself stand its version, its algorithm and the lengths of what follows.
      String pem = pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, 26, whole.length));

      assertThat(decrypted(keys, pem, Base64.getEncoder()).text()).isEqualTo("\"grün\"");
    }

    @Test
    void reads_a_cipher_text_over_several_lines() throws GeneralSecurityException {
      KeyPair keys = keys();
      String pem = pem("PRIVATE KEY", keys.getPrivate().getEncoded());

      assertThat(decrypted(keys, pem, Base64.getMimeEncoder()).text()).isEqualTo("\"grün\"");
    }

    @Test
    void refuses_the_key_of_another() throws GeneralSecurityException {
      String pem = pem("PRIVATE KEY", keys().getPrivate().getEncoded());

      assertThat(decrypted(keys(), pem, Base64.getEncoder()).error())
          .isEqualTo(
              "Invalid function argument: Invalid value for \"ciphertext\" parameter: failed to"
                  + " decrypt: the key does not fit the cipher text.");
    }
  }

  @Nested
  class AtApply {
    @TempDir private Path folder;

    private Evaluated evaluated(String text) {
      Evaluator evaluator =
          new Evaluator(
              FunctionTable.standard(),
              new Environment(
                  new FolderFiles(folder), Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH)));
      Diagnostics diagnostics = new Diagnostics();
      var expression = Parser.parseExpression(SourceFile.of("test", text), diagnostics);
      Value value = evaluator.evaluate(expression, Variables.of(Map.of()), diagnostics);
      return new Evaluated(value, diagnostics.all());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 0, -1})
    void bcrypt_takes_its_usual_cost_for_one_that_is_too_low(int cost) {
      assertThat(evaluated("substr(bcrypt(\"a\", " + cost + "), 0, 7)").text())
          .isEqualTo("\"$2a$10$\"");
    }

    @Test
    void a_template_is_not_rendered_inside_of_itself() throws IOException {
      Files.writeString(folder.resolve("a"), "${templatefile(\"b\", {})}");
      Files.writeString(folder.resolve("b"), "${templatefile(\"./a\", {})}");

      assertThat(evaluated("templatefile(\"a\", {})").error())
          .isEqualTo(
              "Error in function call: Call to function \"templatefile\" failed: a:1,3: Error in"
                  + " function call; Call to function \"templatefile\" failed: b:1,3: Error in"
                  + " function call; Call to function \"templatefile\" failed: the template ./a"
                  + " can't be rendered inside of itself.");
    }

    @Test
    void a_template_may_render_another() throws IOException {
      Files.writeString(folder.resolve("a"), "a${templatefile(\"b\", {})}");
      Files.writeString(folder.resolve("b"), "b");

      assertThat(evaluated("templatefile(\"a\", {})").text()).isEqualTo("\"ab\"");
    }

    @Test
    void a_template_must_not_give_null() throws IOException {
      Files.writeString(folder.resolve("a"), "${null}");

      assertThat(evaluated("templatefile(\"a\", {})").error())
          .isEqualTo(
              "Error in function call: Call to function \"templatefile\" failed: the template a"
                  + " gives null.");
    }
  }

  static Stream<Arguments> parametersOfOneType() {
    return FunctionTable.standard().functions().values().stream()
        .flatMap(function -> {
          List<Parameter> all = new ArrayList<>(function.parameters());
          function.variadic().ifPresent(all::add);
          return all.stream()
              .filter(parameter -> !parameter.type().equals(Type.DYNAMIC))
              .map(parameter -> Arguments.of(function.name(), function, parameter));
        });
  }

  /** Texts are no collections, and collections are nothing else. */
  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("parametersOfOneType")
  void an_argument_of_a_wrong_type_is_named(String name, Function function, Parameter wrong) {
    Map<String, Value> variables = new TreeMap<>();
    List<String> arguments = new ArrayList<>();
    List<Parameter> all = new ArrayList<>(function.parameters());
    if (!all.contains(wrong)) {
      all.add(wrong);
    }
    for (Parameter parameter : all) {
      Value right = Unknown.of(parameter.type());
      Value value =
          parameter.type() instanceof Type.Primitive ? new TupleValue(List.of()) : Str.EMPTY;
      variables.put("a" + arguments.size(), parameter.equals(wrong) ? value : right);
      arguments.add("a" + arguments.size());
    }

    assertThat(Evaluated.of(name + "(" + String.join(", ", arguments) + ")", variables).error())
        .startsWith(
            "Invalid function argument: Invalid value for \"" + wrong.name() + "\" parameter: ")
        .endsWith(" required.");
  }
}
