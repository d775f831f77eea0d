package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.Index;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Parser;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Str;
import java.util.List;
import java.util.Optional;

/**
 * A configuration of a provider as a module names it: {@code host}, {@code host.old}, or {@code
 * host.all["a"]}.
 *
 * @param name what the module calls the provider
 * @param alias which of its configurations; empty: the default one
 * @param key which instance of a configuration with {@code for_each}
 * @param range where it is written
 */
public record ProviderReference(
    String name, String alias, Optional<Expression> key, SourceRange range) {

  /** The configuration without a key, as one would write it. */
  @Override
  public String toString() {
    return text(name, alias);
  }

  static String text(String name, String alias) {
    return alias.isEmpty() ? name : name + "." + alias;
  }

  /**
   * Reads a reference; what is none is reported.
   *
   * @param what the argument that it is given to, for the error
   */
  static Optional<ProviderReference> of(Expression written, String what, Diagnostics diagnostics) {
    if (written instanceof Literal(Str(String text), SourceRange range)) {
      Optional<ProviderReference> quoted = quoted(text, range);
      diagnostics.add(quoted.isPresent() ? quotes(range) : invalid(what, range));
      return quoted;
    }
    return bare(written, what, diagnostics);
  }

  /** Reads the name of a configuration that is a key of an object, where bare names are texts. */
  static Optional<ProviderReference> ofKey(
      Expression written, String what, Diagnostics diagnostics) {
    if (written instanceof Literal(Str(String text), SourceRange range)) {
      Optional<ProviderReference> name = quoted(text, range);
      if (name.isEmpty()) {
        diagnostics.add(invalid(what, range));
      }
      return name;
    }
    return bare(written, what, diagnostics);
  }

  private static Optional<ProviderReference> bare(
      Expression written, String what, Diagnostics diagnostics) {
    Expression expression = StaticSyntax.expression(written, diagnostics);
    if (expression instanceof Expression.Invalid) {
      return Optional.empty();
    }
    Optional<ProviderReference> reference =
        switch (expression) {
          case ScopeTraversal traversal -> of(traversal);
          case Index(Expression collection, Expression key, _, SourceRange range)
              when collection instanceof ScopeTraversal traversal ->
              of(traversal)
                  .filter(all -> !all.alias().isEmpty() && all.key().isEmpty())
                  .map(all ->
                      new ProviderReference(all.name(), all.alias(), Optional.of(key), range));
          default -> Optional.empty();
        };
    if (reference.isEmpty()) {
      diagnostics.add(invalid(what, expression.range()));
    }
    return reference;
  }

  private static Optional<ProviderReference> of(ScopeTraversal traversal) {
    List<Traverser> steps = traversal.steps();
    String alias = "";
    Optional<Expression> key = Optional.empty();
    if (!steps.isEmpty()) {
      if (!(steps.getFirst() instanceof Traverser.Attribute(String name, _)) || steps.size() > 2) {
        return Optional.empty();
      }
      alias = name;
    }
    if (steps.size() == 2) {
      if (!(steps.getLast() instanceof Traverser.Index index)) {
        return Optional.empty();
      }
      key = Optional.of(new Literal(index.key(), index.range()));
    }
    return Optional.of(new ProviderReference(traversal.root(), alias, key, traversal.range()));
  }

  private static Optional<ProviderReference> quoted(String text, SourceRange range) {
    int dot = text.indexOf('.');
    String name = dot < 0 ? text : text.substring(0, dot);
    String alias = dot < 0 ? "" : text.substring(dot + 1);
    return Parser.isIdentifier(name) && (dot < 0 || Parser.isIdentifier(alias))
        ? Optional.of(new ProviderReference(name, alias, Optional.empty(), range))
        : Optional.empty();
  }

  private static Diagnostic quotes(SourceRange range) {
    return Diagnostic.warning(
            "quoted-reference",
            "Quoted references are deprecated",
            "A configuration of a provider is named without quotes.")
        .at(range);
  }

  private static Diagnostic invalid(String what, SourceRange range) {
    return Diagnostic.error(
        "invalid-provider-reference",
        "Invalid provider configuration reference",
        "\""
            + what
            + "\" needs the name of a provider here, or that of another configuration of it: host,"
            + " host.old, or of one with for_each host.all[\"a\"].",
        range);
  }
}
