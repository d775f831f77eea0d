package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
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
   * The references that expressions are; each that is none is an error. In quotes they are taken
   * with a warning, as by Terraform: they had to be so once.
   *
   * @param argument the argument that lists them
   * @param example how it is written well
   */
  static List<ScopeTraversal> of(
      List<Expression> written, String argument, String example, Diagnostics diagnostics) {
    List<ScopeTraversal> references = new ArrayList<>();
    for (Expression each : written) {
      Expression expression = StaticSyntax.expression(each, diagnostics);
      Optional<ScopeTraversal> reference =
          switch (expression) {
            case ScopeTraversal plain -> Optional.of(plain);
            case Expression.Literal(Str(String text), SourceRange range) ->
                quoted(text, range, diagnostics);
            default -> Optional.empty();
          };
      reference.ifPresentOrElse(
          references::add,
          () -> {
            if (!(expression instanceof Expression.Invalid)) {
              diagnostics.add(none(argument, example, expression.range()));
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

  private static Diagnostic none(String argument, String example, SourceRange range) {
    return Diagnostic.error(
        argument.replace('_', '-'),
        "Not a reference",
        argument + " takes a list of references such as " + example + ".",
        range);
  }
}
