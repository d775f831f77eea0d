package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Parser;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads references that are taken as they are written and not evaluated. */
final class WrittenReferences {
  private WrittenReferences() {}

  /**
   * The references that an argument lists; what is none is an error. In quotes they are taken with
   * a warning, as by Terraform: they had to be so once.
   *
   * @param form what it takes instead of what is none
   */
  static List<ScopeTraversal> of(
      Attribute argument, String name, String form, Diagnostics diagnostics) {
    Optional<List<Expression>> written = StaticSyntax.list(argument.expression());
    if (written.isEmpty()) {
      diagnostics.add(none("Not a list of references", name, form, argument.expression().range()));
      return List.of();
    }
    List<ScopeTraversal> references = new ArrayList<>();
    for (Expression each : written.get()) {
      Expression expression = StaticSyntax.expression(each, diagnostics);
      Optional<ScopeTraversal> reference =
          switch (expression) {
            case ScopeTraversal plain -> Optional.of(ResourcePrefix.without(plain));
            case Expression.Literal(Str(String text), SourceRange range) ->
                quoted(text, range, diagnostics);
            default -> Optional.empty();
          };
      reference.ifPresentOrElse(
          references::add,
          () -> {
            if (!(expression instanceof Expression.Invalid)) {
              diagnostics.add(none("Not a reference", name, form, expression.range()));
            }
          });
    }
    return references;
  }

  private static Optional<ScopeTraversal> quoted(
      String text, SourceRange range, Diagnostics diagnostics) {
    // What is wrong inside the quotes is said of the whole: a place in a string is no place to go.
    Optional<ScopeTraversal> inside =
        Parser.parseTraversal(SourceFile.of(range.file(), text), new Diagnostics());
    if (inside.isPresent()) {
      diagnostics.add(
          Diagnostic.warning(
                  "quoted-reference",
                  "Quoted references are deprecated",
                  "References are written without quotes here.")
              .at(range));
    }
    return inside.map(reference ->
        new ScopeTraversal(
            reference.root(),
            range,
            reference.steps().stream().map(step -> at(step, range)).toList(),
            range));
  }

  private static Traverser at(Traverser step, SourceRange range) {
    return switch (step) {
      case Traverser.Attribute(String name, SourceRange _) -> new Traverser.Attribute(name, range);
      case Traverser.Index(var key, SourceRange _) -> new Traverser.Index(key, range);
    };
  }

  private static Diagnostic none(String summary, String name, String form, SourceRange range) {
    return Diagnostic.error(name.replace('_', '-'), summary, name + " takes " + form + ".", range);
  }
}
