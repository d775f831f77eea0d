package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.syntax.Traverser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address as a block has it, whose keys may have to be evaluated: {@code host.db[each.key]}.
 *
 * @param parts the modules that lead there, outermost first, then what is meant; never empty
 * @param range where it is written
 */
public record AddressPattern(List<Part> parts, SourceRange range) {
  /**
   * One part of an address.
   *
   * @param name what comes before the key, such as {@code module.main} or {@code host.db}
   * @param key what stands in brackets; empty where nothing does
   */
  public record Part(String name, Optional<Expression> key) {}

  public AddressPattern {
    parts = List.copyOf(parts);
  }

  /** Whether it means a module, not a resource. */
  boolean isModule() {
    return RelativeAddress.isModule(parts.getLast().name());
  }

  /** Reads an argument that is an address; what is none is reported. */
  static Optional<AddressPattern> of(BodyContent content, String name, Diagnostics diagnostics) {
    return content.attribute(name).flatMap(attribute -> of(attribute.expression(), diagnostics));
  }

  static Optional<AddressPattern> of(Expression written, Diagnostics diagnostics) {
    return of(written, false, diagnostics);
  }

  /**
   * Reads an address; what is none is reported.
   *
   * @param data whether it may be one of what is only read, too
   */
  static Optional<AddressPattern> of(Expression written, boolean data, Diagnostics diagnostics) {
    Expression expression = StaticSyntax.expression(written, diagnostics);
    Optional<List<Part>> parts =
        steps(expression).flatMap(steps -> new Reader(steps, data).parts());
    if (parts.isEmpty()) {
      diagnostics.add(notAnAddress(expression.range()));
    }
    return parts.map(found -> new AddressPattern(found, expression.range()));
  }

  static Diagnostic notAnAddress(SourceRange range) {
    return Diagnostic.error(
        "invalid-address",
        "Not an address",
        "An address of a resource or a module is needed here, whole or with a constant key:"
            + " host.db, host.db[\"psql-db-1\"], module.main, module.main[0].host.db.",
        range);
  }

  /** One step: a name, or a key. */
  private sealed interface Step {
    record Name(String name) implements Step {}

    record Key(Expression key) implements Step {}
  }

  /** The steps of a reference, however its keys cut it up; empty where it is none. */
  private static Optional<List<Step>> steps(Expression expression) {
    // Built from its end, without recursion: an address may be as long as its file.
    List<Step> backwards = new ArrayList<>();
    Expression rest = expression;
    while (true) {
      switch (rest) {
        case Expression.ScopeTraversal(
                String root,
                SourceRange _,
                List<Traverser> steps,
                SourceRange _) -> {
          addBackwards(backwards, steps);
          backwards.add(new Step.Name(root));
          return Optional.of(backwards.reversed());
        }
        case Expression.RelativeTraversal(
                Expression source,
                List<Traverser> steps,
                SourceRange _) -> {
          addBackwards(backwards, steps);
          rest = source;
        }
        case Expression.Index(
                Expression collection,
                Expression key,
                SourceRange _,
                SourceRange _) -> {
          backwards.add(new Step.Key(key));
          rest = collection;
        }
        default -> {
          return Optional.empty();
        }
      }
    }
  }

  private static void addBackwards(List<Step> backwards, List<Traverser> steps) {
    for (Traverser step : steps.reversed()) {
      backwards.add(
          switch (step) {
            case Traverser.Attribute(String name, SourceRange _) -> new Step.Name(name);
            case Traverser.Index index ->
                new Step.Key(new Expression.Literal(index.key(), index.range()));
          });
    }
  }

  /** Takes the steps of a reference one after the other. */
  private static final class Reader {
    private final List<Step> steps;
    private final boolean data;
    private int next;

    Reader(List<Step> steps, boolean data) {
      this.steps = steps;
      this.data = data;
    }

    Optional<List<Part>> parts() {
      List<Part> parts = new ArrayList<>();
      while (next < steps.size()) {
        if (!parts.isEmpty() && !RelativeAddress.isModule(parts.getLast().name())) {
          return Optional.empty();
        }
        Optional<String> kind = name();
        Optional<String> name = name();
        if (kind.isEmpty() || name.isEmpty()) {
          return Optional.empty();
        }
        String own = kind.get() + "." + name.get();
        if (data && kind.get().equals("data")) {
          Optional<String> read = name();
          if (read.isEmpty()) {
            return Optional.empty();
          }
          own += "." + read.get();
        }
        parts.add(new Part(own, key()));
      }
      return Optional.of(parts);
    }

    private Optional<String> name() {
      return next < steps.size() && steps.get(next++) instanceof Step.Name(String name)
          ? Optional.of(name)
          : Optional.empty();
    }

    private Optional<Expression> key() {
      if (next < steps.size() && steps.get(next) instanceof Step.Key(Expression key)) {
        next++;
        return Optional.of(key);
      }
      return Optional.empty();
    }
  }
}
