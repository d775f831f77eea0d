package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever the text, parsing ends, throws nothing, and gives a tree whose ranges nest. */
class ParserPropertyTests {
  private static final List<String> PIECES =
      List.of(
          "a",
          "for",
          "in",
          "if",
          "true",
          "null",
          "1",
          "1.5e3",
          "\"",
          "\"a\"",
          "\"${",
          "\"%{",
          "${",
          "%{",
          "~}",
          "}",
          "{",
          "[",
          "]",
          "(",
          ")",
          "=",
          "==",
          "=>",
          ":",
          "::",
          "?",
          ",",
          ".",
          "...",
          "*",
          "[*]",
          ".*",
          "+",
          "-",
          "!",
          "&&",
          "||",
          "&",
          "<<EOT\n",
          "<<-EOT\n",
          "EOT\n",
          "EOT",
          "\n",
          "\n",
          "\n",
          "# c\n",
          "/*",
          "*/",
          "//",
          " ",
          "  ",
          "\\",
          "\\n",
          "\\u12",
          "$${",
          "'",
          "é",
          "\uD83D\uDE00",
          "\uD83D",
          "\u0000",
          "\r\n",
          "\r",
          "\t",
          "a = 1\n",
          "b \"c\" {\n",
          "else",
          "endif",
          "endfor",
          "%{ if x }",
          "%{ endif }");

  private static final String WHOLE =
      """
      # A comment
      variable "v" {
        type    = object({ a = string, b = list(number) })
        default = { a = "x${y}z", b = [for n in [1, 2] : n * 2 if n > 1] }
      }
      locals {
        text = <<-EOT
          %{ for k, v in m ~}
          ${k} = ${jsonencode(v)}
          %{ endfor ~}
          EOT
        splat = a.b[*].c[0].*.d ? -1 : f(x, y...)
        "bad" = 1
      }
      resource "host" "h" { name = "n" }
      """;

  @Test
  void soup_of_tokens_never_breaks_the_parser() {
    Random random = new Random(20260101);
    for (int i = 0; i < 20_000; i++) {
      String soup =
          IntStream.range(0, 1 + random.nextInt(40))
              .mapToObj(n -> PIECES.get(random.nextInt(PIECES.size())))
              .collect(Collectors.joining(random.nextBoolean() ? "" : " "));
      checkFile(soup);
      checkExpression(soup);
    }
  }

  @Test
  void a_file_cut_or_changed_anywhere_never_breaks_the_parser() {
    Random random = new Random(7);
    for (int i = 0; i < WHOLE.length(); i++) {
      checkFile(WHOLE.substring(0, i));
      checkFile(WHOLE.substring(i));
      checkFile(WHOLE.substring(0, i) + WHOLE.substring(i + 1));
      checkFile(
          WHOLE.substring(0, i) + PIECES.get(random.nextInt(PIECES.size())) + WHOLE.substring(i));
    }
  }

  @Test
  void one_mistake_makes_few_errors() {
    int many = 0;
    for (int i = 0; i < WHOLE.length(); i++) {
      String source = WHOLE.substring(0, i) + WHOLE.substring(i + 1);
      Diagnostics diagnostics = new Diagnostics();
      Parser.parseFile(SourceFile.of("x", source), diagnostics);
      // The file has one mistake of its own. A heredoc that lost its start is a heap of mistakes.
      many += diagnostics.all().size() > 3 ? 1 : 0;
      assertThat(diagnostics.all()).as("without character %d", i).hasSizeLessThan(12);
    }
    assertThat(many).isLessThan(WHOLE.length() / 25);
  }

  private static void checkFile(String source) {
    SourceFile file = SourceFile.of("x", source);
    Diagnostics diagnostics = new Diagnostics();
    NativeBody body = Parser.parseFile(file, diagnostics);
    assertThatCode(() -> check(body, body.range())).as(source).doesNotThrowAnyException();
    checkPlaces(diagnostics, file);
  }

  private static void checkExpression(String source) {
    SourceFile file = SourceFile.of("x", source);
    Diagnostics diagnostics = new Diagnostics();
    check(Parser.parseExpression(file, diagnostics), file.range(0, source.length()));
    check(Parser.parseTemplate(file, diagnostics), file.range(0, source.length()));
    checkPlaces(diagnostics, file);
  }

  private static void checkPlaces(Diagnostics diagnostics, SourceFile file) {
    for (Diagnostic diagnostic : diagnostics.all()) {
      within(diagnostic.subject().orElseThrow(), file.range(0, file.text().length()));
      assertThat(diagnostic.summary()).isNotBlank();
      assertThat(diagnostic.detail()).matches("(?s).*[.?]").doesNotContain("null,");
    }
  }

  private static void check(NativeBody body, SourceRange around) {
    within(body.range(), around);
    for (Attribute attribute : body.attributes().values()) {
      within(attribute.range(), around);
      within(attribute.nameRange(), attribute.range());
      check(attribute.expression(), around);
    }
    for (Block block : body.blocks()) {
      within(block.range(), around);
      within(block.headerRange(), block.range());
      check((NativeBody) block.body(), block.range());
    }
  }

  private static void check(Expression expression, SourceRange around) {
    within(expression.range(), around);
    SourceRange range = expression.range();
    switch (expression) {
      case Expression.Literal _,
          Expression.ScopeTraversal _,
          Expression.AnonymousSymbol _,
          Expression.Invalid _ -> {}
      case Expression.Template template ->
          template.parts().forEach(part -> within(part.range(), range));
      case Expression.TemplateWrap wrap -> check(wrap.wrapped(), range);
      case Expression.RelativeTraversal relative -> check(relative.source(), range);
      case Expression.Index index -> {
        check(index.collection(), range);
        check(index.key(), index.bracketRange());
      }
      case Expression.Splat splat -> {
        check(splat.source(), range);
        check(splat.each(), range);
      }
      case Expression.FunctionCall call ->
          call.arguments().forEach(argument -> check(argument, call.argumentsRange()));
      case Expression.Conditional choice -> {
        check(choice.condition(), range);
        check(choice.then(), range);
        check(choice.otherwise(), range);
      }
      case Expression.Unary unary -> check(unary.operand(), range);
      case Expression.Binary binary -> {
        check(binary.left(), range);
        check(binary.right(), range);
      }
      case Expression.Parentheses parentheses -> check(parentheses.inner(), range);
      case Expression.TupleConstructor tuple -> tuple.elements().forEach(e -> check(e, range));
      case Expression.ObjectConstructor object ->
          object
              .items()
              .forEach(item -> {
                check(item.key(), range);
                check(item.value(), range);
              });
      case Expression.ForTuple loop -> {
        check(loop.collection(), range);
        check(loop.result(), range);
      }
      case Expression.ForObject loop -> {
        check(loop.collection(), range);
        check(loop.resultKey(), range);
        check(loop.resultValue(), range);
      }
      case Expression.JsonString string -> check(string.template(), range);
    }
  }

  private static void within(SourceRange inner, SourceRange outer) {
    assertThat(inner.start().offset()).isBetween(outer.start().offset(), outer.end().offset());
    assertThat(inner.end().offset()).isBetween(inner.start().offset(), outer.end().offset());
  }
}
