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
import io.pgha.language.syntax.SourceText;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON values as expressions. */
final class JsonExpressions {
  /** What strings are, also as property names. */
  enum Strings {
    /** Templates, to be evaluated. */
    TEMPLATES {
      @Override
      Expression of(SourceText text, SourceRange range, Diagnostics diagnostics) {
        return new JsonString(text, Parser.parseTemplate(text, diagnostics), range);
      }
    },

    /** The text that they are. */
    LITERAL {
      @Override
      Expression of(SourceText text, SourceRange range, Diagnostics diagnostics) {
        return new Literal(new Str(text.text()), range);
      }
    };

    abstract Expression of(SourceText text, SourceRange range, Diagnostics diagnostics);
  }

  private JsonExpressions() {}

  static Expression expression(JsonNode node, Strings strings, Diagnostics diagnostics) {
    return switch (node) {
      case JsonNode.Obj object -> object(object, strings, diagnostics);
      case JsonNode.Array array ->
          new TupleConstructor(
              array.elements().stream()
                  .map(element -> expression(element, strings, diagnostics))
                  .toList(),
              array.range());
      case JsonNode.Text text -> strings.of(text.text(), text.range(), diagnostics);
      case JsonNode.Num number -> new Literal(new Num(number.value()), number.range());
      case JsonNode.Bool bool -> new Literal(Bool.of(bool.value()), bool.range());
      case JsonNode.Null none -> new Literal(Null.ANY, none.range());
    };
  }

  private static Expression object(JsonNode.Obj object, Strings strings, Diagnostics diagnostics) {
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
      Expression key = strings.of(member.nameText(), member.nameRange(), diagnostics);
      items.add(new ObjectItem(key, expression(member.value(), strings, diagnostics)));
    }
    return new ObjectConstructor(items, object.range());
  }
}
