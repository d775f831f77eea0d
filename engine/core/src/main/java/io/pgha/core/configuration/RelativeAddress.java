package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An address as a block of a module has it, seen from that module: of a module or of a resource,
 * whole or of one instance.
 *
 * @param parts the modules that lead there, outermost first, then what is meant; never empty
 * @param range where it is written
 */
public record RelativeAddress(List<Part> parts, SourceRange range) {
  private static final String MODULE = "module";

  /**
   * One part of an address.
   *
   * @param name what comes before the key, such as {@code module.main} or {@code host.db}
   * @param key what stands in brackets, with them; empty where nothing does
   */
  public record Part(String name, String key) {
    /** The part with another key. */
    public Part withKey(String other) {
      return new Part(name, other);
    }

    /** Whether it leads into a module. */
    public boolean isModule() {
      return name.startsWith(MODULE + ".");
    }

    /** The part as it stands in an address. */
    @Override
    public String toString() {
      return name + key;
    }
  }

  public RelativeAddress {
    parts = List.copyOf(parts);
  }

  /** The parts of an instance's address. */
  public static List<Part> parts(InstanceAddress address) {
    return address.steps().stream()
        .map(step -> {
          int key = step.endsWith("]") ? step.indexOf('[') : step.length();
          return new Part(step.substring(0, key), step.substring(key));
        })
        .toList();
  }

  /** The address of parts that follow each other. */
  public static String text(List<Part> parts) {
    return parts.stream().map(Part::toString).collect(Collectors.joining("."));
  }

  /** What is meant, without what leads there. */
  public Part last() {
    return parts.getLast();
  }

  /** Whether it means a module, not a resource. */
  public boolean isModule() {
    return last().isModule();
  }

  /** Whether it leads into something that another address means. */
  boolean isIn(RelativeAddress other) {
    int length = other.parts().size();
    return parts.size() > length
        && parts.subList(0, length - 1).equals(other.parts().subList(0, length - 1))
        && parts.get(length - 1).name().equals(other.last().name())
        && (other.last().key().isEmpty() || parts.get(length - 1).equals(other.last()));
  }

  /** The address as one would write it. */
  @Override
  public String toString() {
    return text(parts);
  }

  /** Reads an argument that is an address; what is none is reported. */
  static Optional<RelativeAddress> of(BodyContent content, String name, Diagnostics diagnostics) {
    return content.attribute(name).flatMap(attribute -> of(attribute.expression(), diagnostics));
  }

  private static Optional<RelativeAddress> of(Expression written, Diagnostics diagnostics) {
    Expression expression = StaticSyntax.expression(written, diagnostics);
    Optional<List<Part>> parts =
        expression instanceof ScopeTraversal traversal
            ? new Reader(traversal).parts()
            : Optional.empty();
    if (parts.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-address",
              "Not an address",
              "An address of a resource or a module is needed here, whole or with a constant key:"
                  + " host.db, host.db[\"psql-db-1\"], module.main, module.main[0].host.db.",
              expression.range()));
    }
    return parts.map(found -> new RelativeAddress(found, expression.range()));
  }

  /** Takes the steps of a reference one after the other. */
  private static final class Reader {
    private final List<Traverser> steps;
    private int next;

    Reader(ScopeTraversal traversal) {
      steps = new ArrayList<>(traversal.steps());
      steps.addFirst(new Traverser.Attribute(traversal.root(), traversal.rootRange()));
    }

    Optional<List<Part>> parts() {
      List<Part> parts = new ArrayList<>();
      while (next < steps.size()) {
        if (!parts.isEmpty() && !parts.getLast().isModule()) {
          return Optional.empty();
        }
        Optional<String> kind = name();
        Optional<String> name = name();
        if (kind.isEmpty() || name.isEmpty()) {
          return Optional.empty();
        }
        Optional<String> key = key();
        if (key.isEmpty()) {
          return Optional.empty();
        }
        parts.add(new Part(kind.get() + "." + name.get(), key.get()));
      }
      return Optional.of(parts);
    }

    private Optional<String> name() {
      return next < steps.size() && steps.get(next++) instanceof Traverser.Attribute name
          ? Optional.of(name.name())
          : Optional.empty();
    }

    /** The key that follows, empty text where none does; nothing where it can be none. */
    private Optional<String> key() {
      if (next >= steps.size() || !(steps.get(next) instanceof Traverser.Index index)) {
        return Optional.of("");
      }
      next++;
      return key(index.key());
    }

    private static Optional<String> key(Value key) {
      if (key instanceof Str(String text)) {
        return Optional.of("[" + ValueText.quote(text) + "]");
      }
      return key instanceof Num number && number.isInteger() && number.value().signum() >= 0
          ? Optional.of("[" + number.text() + "]")
          : Optional.empty();
    }
  }
}
