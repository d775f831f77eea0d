package io.pgha.language.json;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.JsonString;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ObjectItem;
import io.pgha.language.syntax.Expression.TupleConstructor;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON values as expressions: strings, also as property names, are templates. */
final class JsonExpressions {
  private JsonExpressions() {}

  static Expression expression(JsonNode node, Diagnostics diagnostics) {
    return switch (node) {
      case JsonNode.Obj object -> object(object, diagnostics);
      case JsonNode.Array array ->
          new TupleConstructor(
              array.elements().stream().map(element -> expression(element, diagnostics)).toList(),
              array.range());
      case JsonNode.Text text ->
          new JsonString(text.text(), Parser.parseTemplate(text.text(), diagnostics), text.range());
      case JsonNode.Num number -> new Literal(new Num(number.value()), number.range());
      case JsonNode.Bool bool -> new Literal(Bool.of(bool.value()), bool.range());
      case JsonNode.Null none -> new Literal(Null.ANY, none.range());
    };
  }

  private static Expression object(JsonNode.Obj object, Diagnostics diagnostics) {
    List<ObjectItem> items = new ArrayList<>();
    Map<String, SourceRange> seen = new HashMap<>();
    for (JsonNode.Member member : object.members()) {
      SourceRange before = seen.putIfAbsent(member.name(), member.nameRange());
      if (before != null) {
        diagnostics.add(
            Diagnostic.error(
                "duplicate-property",
                "Duplicate object attribute",
                "An attribute named \""
                    + member.name()
                    + "\" was already defined at "
                    + before
                    + ".",
                member.nameRange()));
      }
      Expression key =
          new JsonString(
              member.nameText(),
              Parser.parseTemplate(member.nameText(), diagnostics),
              member.nameRange());
      items.add(new ObjectItem(key, expression(member.value(), diagnostics)));
    }
    return new ObjectConstructor(items, object.range());
  }
}
