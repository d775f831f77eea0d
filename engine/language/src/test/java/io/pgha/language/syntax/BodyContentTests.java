package io.pgha.language.syntax;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.json.JsonSyntax;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One schema reads native syntax and JSON alike. */
class BodyContentTests {
  private static final BodySchema SCHEMA =
      BodySchema.EMPTY
          .required("name")
          .optional("address", "tags")
          .block("connection")
          .block("resource", "type", "name");

  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void native_bodies_give_what_the_schema_knows() {
    BodyContent content =
        parse(
                """
                name = "a"
                tags = ["x"]
                connection {
                  user = "root"
                }
                resource "host" db {
                }
                resource "host" "lb" {
                }
                """)
            .content(SCHEMA, diagnostics);

    assertThat(diagnostics.all()).isEmpty();
    checkContent(content, "\"a\"", "[\"x\"]", "\"root\"");
  }

  @Test
  void json_bodies_give_the_same() {
    BodyContent content =
        json("""
        {
          "//": "a comment",
          "name": "a",
          "tags": ["x"],
          "connection": { "user": "root" },
          "resource": { "host": { "db": {}, "lb": [{}] } }
        }
        """)
            .content(SCHEMA, diagnostics);

    assertThat(diagnostics.all()).isEmpty();
    checkContent(content, "json(\"a\")", "[json(\"x\")]", "json(\"root\")");
  }

  private void checkContent(BodyContent content, String name, String tags, String user) {
    assertThat(content.attributes().keySet()).containsExactly("name", "tags");
    assertThat(Outline.of(content.attribute("name").orElseThrow().expression())).isEqualTo(name);
    assertThat(Outline.of(content.attribute("tags").orElseThrow().expression())).isEqualTo(tags);
    assertThat(content.attribute("address")).isEmpty();
    assertThat(content.blocksOf("resource"))
        .extracting(block -> block.label(0) + "." + block.label(1))
        .containsExactly("host.db", "host.lb");
    Block connection = content.blocksOf("connection").getFirst();
    assertThat(
            Outline.of(
                requireNonNull(connection.body().justAttributes(diagnostics).get("user"))
                    .expression()))
        .isEqualTo(user);
  }

  @Test
  void what_the_schema_does_not_know_is_an_error_with_the_nearest_name() {
    parse(
            """
            nmae = "a"
            name = "b"
            frobnicate = 1
            connection = {}
            address {
            }
            conection {
            }
            resource "host" {
            }
            resource "host" "a" "b" {
            }
            connection "x" {
            }
            """)
        .content(SCHEMA, diagnostics);

    assertThat(found())
        .containsExactly(
            "9,1 Missing name for resource: All blocks of type \"resource\" must have 2 labels"
                + " (type, name).",
            "11,21 Extraneous label for resource: Blocks of type \"resource\" must have only 2"
                + " labels (type, name).",
            "13,12 Extraneous label for connection: No labels are expected for blocks of type"
                + " \"connection\".",
            "1,1 Unsupported argument: An argument named \"nmae\" is not expected here. Did you"
                + " mean \"name\"?",
            "3,1 Unsupported argument: An argument named \"frobnicate\" is not expected here.",
            "4,1 Unsupported argument: An argument named \"connection\" is not expected here. Did"
                + " you mean to define a block of type \"connection\"? Then write it without the"
                + " equals sign.",
            "5,1 Unsupported block type: Blocks of type \"address\" are not expected here. Did you"
                + " mean to set the argument \"address\"? Then use the equals sign: \"address ="
                + " ...\".",
            "7,1 Unsupported block type: Blocks of type \"conection\" are not expected here. Did"
                + " you mean \"connection\"?");
  }

  @Test
  void what_is_missing_is_an_error_at_the_header_of_the_block() {
    Body body = parse("connection {\n  user = 1\n}\n");
    Body inner = body.content(SCHEMA.optional("name"), diagnostics).blocks().getFirst().body();
    inner.partialContent(SCHEMA, diagnostics);

    assertThat(found())
        .containsExactly(
            "1,1 Missing required argument: The argument \"name\" is required, but it is not set.");
  }

  @Test
  void what_is_missing_may_be_misspelt_among_the_rest() {
    parse("nam = 1\n").partialContent(SCHEMA, diagnostics);

    assertThat(found())
        .containsExactly(
            "2,1 Missing required argument: The argument \"name\" is required, but it is not set."
                + " Is it the one written as \"nam\"?");
  }

  @Test
  void a_type_in_place_of_a_block_s_own_is_told_where_types_go() {
    parse("host \"a\" {\n}\n")
        .content(BodySchema.EMPTY.block("resource", "type", "name"), diagnostics);

    assertThat(found())
        .containsExactly(
            "1,1 Unsupported block type: Blocks of type \"host\" are not expected here. If it is"
                + " the type of a resource, write: resource \"host\" \"a\" { ... }.");
  }

  @Test
  void nothing_is_unknown_or_missing_in_a_body_that_could_not_be_read() {
    Body body = parse("nme = 1\nx: 2\n");
    diagnostics.drain();
    body.content(SCHEMA, diagnostics);

    assertThat(found()).isEmpty();
  }

  @Test
  void partial_content_leaves_the_rest_for_another_schema() {
    for (Body body :
        List.of(
            parse("name = \"a\"\nother = 1\nthing {\n}\n"),
            json("{\"name\": \"a\", \"other\": 1, \"thing\": {}}"))) {
      Body.Partial partial = body.partialContent(SCHEMA, diagnostics);
      BodyContent rest =
          partial
              .remaining()
              .content(BodySchema.EMPTY.optional("other").block("thing"), diagnostics);

      assertThat(diagnostics.all()).isEmpty();
      assertThat(partial.content().attributes()).containsOnlyKeys("name");
      assertThat(rest.attributes()).containsOnlyKeys("other");
      assertThat(rest.blocks()).extracting(Block::type).containsExactly("thing");
    }
  }

  @Test
  void just_attributes_takes_any_name_but_no_block() {
    Body body = parse("a = 1\nb = 2\nc {\n}\n");

    assertThat(body.justAttributes(diagnostics)).containsOnlyKeys("a", "b");
    assertThat(found())
        .containsExactly(
            "3,1 Unexpected \"c\" block: Blocks are not allowed here, only arguments. To set an"
                + " argument, use the equals sign: \"c = ...\".");
  }

  @Test
  void json_errors_stand_at_their_property() {
    json("""
    {
      "nmae": 1,
      "connection": "x",
      "resource": { "host": 5 },
      "tags": [1],
      "tags": [2],
      "address": "${"
    }
    """)
        .content(SCHEMA, diagnostics);

    assertThat(found())
        .containsExactly(
            "3,17 Incorrect JSON value type: An object, or an array of objects, is required for a"
                + " block of type \"connection\", but this is a string.",
            "4,25 Incorrect JSON value type: An object, or an array of objects, is required for the"
                + " name of \"resource\", but this is a number.",
            "6,3 Argument redefined: The argument \"tags\" was already set at test:5,3. Each"
                + " argument may be set only once.",
            "7,15 Unclosed template sequence: There is no closing brace for this \"${\". If it is"
                + " meant as text, write \"$${\".",
            "2,3 Extraneous JSON object property: No argument or block type is named \"nmae\". Did"
                + " you mean \"name\"?");
  }

  private List<String> found() {
    return diagnostics.all().stream().map(BodyContentTests::text).toList();
  }

  private static String text(Diagnostic diagnostic) {
    String place = diagnostic.subject().orElseThrow().toString();
    return place.substring(place.indexOf(':') + 1)
        + " "
        + diagnostic.summary()
        + ": "
        + diagnostic.detail();
  }

  private Body parse(String source) {
    return Parser.parseFile(SourceFile.of("test", source), diagnostics);
  }

  private Body json(String source) {
    return JsonSyntax.parseFile(SourceFile.of("test", source), diagnostics);
  }
}
