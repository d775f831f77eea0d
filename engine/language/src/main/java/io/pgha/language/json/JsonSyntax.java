package io.pgha.language.json;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.json.JsonExpressions.Strings;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.Expression;
import java.util.List;
import java.util.Optional;

/** Parses HCL's JSON form. */
public final class JsonSyntax {
  private JsonSyntax() {}

  /**
   * Parses a configuration file: an object, or an array of objects that count as one. Strings are
   * templates. An error leaves an empty body.
   */
  public static Body parseFile(SourceFile file, Diagnostics diagnostics) {
    Optional<JsonNode> root = JsonReader.read(file, diagnostics);
    if (root.isPresent() && JsonBody.objects(root.get()).isPresent()) {
      return new JsonBody(root.get(), Strings.TEMPLATES);
    }
    root.ifPresent(node ->
        diagnostics.add(
            Diagnostic.error(
                "invalid-json-body",
                "Root value must be an object",
                "A configuration in JSON is an object, or an array of objects, but this is "
                    + node.kind()
                    + ".",
                node.range())));
    return empty(file);
  }

  /**
   * Parses a file of values: an object, whose strings are text as it is. An error leaves an empty
   * body.
   */
  public static Body parseValues(SourceFile file, Diagnostics diagnostics) {
    Optional<JsonNode> root = JsonReader.read(file, diagnostics);
    if (root.isPresent() && root.get() instanceof JsonNode.Obj) {
      return new JsonBody(root.get(), Strings.LITERAL);
    }
    root.ifPresent(node ->
        diagnostics.add(
            Diagnostic.error(
                "invalid-json-body",
                "Root value must be an object",
                "A file of values in JSON is an object, but this is " + node.kind() + ".",
                node.range())));
    return empty(file);
  }

  private static Body empty(SourceFile file) {
    return new JsonBody(
        new JsonNode.Obj(List.of(), file.range(0, file.text().length())), Strings.LITERAL);
  }

  /** Parses a JSON value as an expression; {@link Expression.Invalid} after an error. */
  public static Expression parseExpression(SourceFile file, Diagnostics diagnostics) {
    return JsonReader.read(file, diagnostics)
        .map(node -> JsonExpressions.expression(node, Strings.TEMPLATES, diagnostics))
        .orElseGet(() -> new Expression.Invalid(file.range(0, file.text().length())));
  }
}
