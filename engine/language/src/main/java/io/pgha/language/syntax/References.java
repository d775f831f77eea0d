package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what expressions refer to. It keeps its own stack, as chains of operators may be longer
 * than the thread's.
 */
final class References {
  /** What the element of a splat is bound to; no name is written like this. */
  private static final String ELEMENT = "*";

  private final List<ScopeTraversal> found = new ArrayList<>();
  private final List<ScopeTraversal> elements = new ArrayList<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private References() {}

  /**
   * Something still to be looked at: an expression or a template part, and the bound names, each
   * with what its values are elements of, where that is a reference.
   */
  private record Pending(Object node, Map<String, Optional<ScopeTraversal>> bound) {}

  static List<ScopeTraversal> of(Expression expression) {
    References references = new References();
    references.push(expression, Map.of());
    references.run();
    return List.copyOf(references.found);
  }

  static List<ScopeTraversal> ofElements(Expression expression) {
    References references = new References();
    references.push(expression, Map.of());
    references.run();
    return List.copyOf(references.elements);
  }

  private void run() {
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      List<Pending> children = new ArrayList<>();
      if (next.node() instanceof Expression expression) {
        visit(expression, next.bound(), children);
      } else if (next.node() instanceof TemplatePart part) {
        visit(part, next.bound(), children);
      }
      // Pushed in reverse, so that what stands first in the source is found first.
      children.reversed().forEach(pending::push);
    }
  }

  private void push(Object node, Map<String, Optional<ScopeTraversal>> bound) {
    pending.push(new Pending(node, bound));
  }

  private void visit(
      Expression expression, Map<String, Optional<ScopeTraversal>> bound, List<Pending> children) {
    switch (expression) {
      case ScopeTraversal traversal -> {
        if (!bound.containsKey(traversal.root())) {
          found.add(traversal);
        }
        bound
            .getOrDefault(traversal.root(), Optional.empty())
            .ifPresent(of -> elements.add(within(of, traversal.steps(), traversal.range())));
      }
      case Expression.Literal _, Expression.AnonymousSymbol _, Expression.Invalid _ -> {}
      case Expression.Template template -> add(template.parts(), bound, children);
      case Expression.TemplateWrap wrap -> add(List.of(wrap.wrapped()), bound, children);
      case Expression.JsonString string -> add(List.of(string.template()), bound, children);
      case Expression.Parentheses parentheses -> add(List.of(parentheses.inner()), bound, children);
      case Expression.RelativeTraversal relative -> {
        if (relative.source() instanceof Expression.AnonymousSymbol) {
          bound
              .getOrDefault(ELEMENT, Optional.empty())
              .ifPresent(of -> elements.add(within(of, relative.steps(), relative.range())));
        }
        add(List.of(relative.source()), bound, children);
      }
      case Expression.Index index -> add(List.of(index.collection(), index.key()), bound, children);
      case Expression.Splat splat -> {
        Map<String, Optional<ScopeTraversal>> inner = new HashMap<>(bound);
        // What is no list counts as one of itself, so no key is between it and its element.
        inner.put(
            ELEMENT,
            splat.source() instanceof ScopeTraversal source
                ? Optional.of(source)
                : element(splat.source(), bound));
        add(List.of(splat.source()), bound, children);
        add(List.of(splat.each()), inner, children);
      }
      case Expression.FunctionCall call -> add(call.arguments(), bound, children);
      case Expression.Conditional conditional ->
          add(
              List.of(conditional.condition(), conditional.then(), conditional.otherwise()),
              bound,
              children);
      case Expression.Unary unary -> add(List.of(unary.operand()), bound, children);
      case Expression.Binary binary -> add(List.of(binary.left(), binary.right()), bound, children);
      case Expression.TupleConstructor tuple -> add(tuple.elements(), bound, children);
      case Expression.ObjectConstructor object ->
          object.items().forEach(item -> add(List.of(item.key(), item.value()), bound, children));
      case Expression.ForTuple loop -> {
        Map<String, Optional<ScopeTraversal>> inner =
            bind(bound, loop.keyName(), loop.valueName(), loop.collection());
        add(List.of(loop.collection()), bound, children);
        add(List.of(loop.result()), inner, children);
        add(loop.condition().stream().toList(), inner, children);
      }
      case Expression.ForObject loop -> {
        Map<String, Optional<ScopeTraversal>> inner =
            bind(bound, loop.keyName(), loop.valueName(), loop.collection());
        add(List.of(loop.collection()), bound, children);
        add(List.of(loop.resultKey(), loop.resultValue()), inner, children);
        add(loop.condition().stream().toList(), inner, children);
      }
    }
  }

  private static void visit(
      TemplatePart part, Map<String, Optional<ScopeTraversal>> bound, List<Pending> children) {
    switch (part) {
      case TemplatePart.Text _, TemplatePart.Invalid _ -> {}
      case TemplatePart.Interpolation interpolation ->
          add(List.of(interpolation.expression()), bound, children);
      case TemplatePart.If choice -> {
        add(List.of(choice.condition()), bound, children);
        add(choice.then(), bound, children);
        add(choice.otherwise(), bound, children);
      }
      case TemplatePart.For loop -> {
        add(List.of(loop.collection()), bound, children);
        add(
            loop.body(),
            bind(bound, loop.keyName(), loop.valueName(), loop.collection()),
            children);
      }
    }
  }

  private static void add(
      List<?> nodes, Map<String, Optional<ScopeTraversal>> bound, List<Pending> children) {
    for (Object node : nodes) {
      children.add(new Pending(node, bound));
    }
  }

  private static Map<String, Optional<ScopeTraversal>> bind(
      Map<String, Optional<ScopeTraversal>> bound,
      Optional<String> key,
      String value,
      Expression collection) {
    Map<String, Optional<ScopeTraversal>> more = new HashMap<>(bound);
    key.ifPresent(name -> more.put(name, Optional.empty()));
    more.put(value, element(collection, bound));
    return more;
  }

  /** The elements of a collection, where it is a reference; which one it is is not known. */
  private static Optional<ScopeTraversal> element(
      Expression collection, Map<String, Optional<ScopeTraversal>> bound) {
    return switch (collection) {
      case Expression.Parentheses parentheses -> element(parentheses.inner(), bound);
      case Expression.FunctionCall call
          when call.name().equals("values") && call.arguments().size() == 1 ->
          element(call.arguments().getFirst(), bound);
      case ScopeTraversal reference when !bound.containsKey(reference.root()) ->
          Optional.of(
              within(
                  reference,
                  List.of(new Traverser.Index(Unknown.ANY, reference.range())),
                  reference.range()));
      default -> Optional.empty();
    };
  }

  private static ScopeTraversal within(
      ScopeTraversal whole, List<Traverser> steps, SourceRange range) {
    List<Traverser> all = new ArrayList<>(whole.steps());
    all.addAll(steps);
    return new ScopeTraversal(whole.root(), whole.rootRange(), all, range);
  }
}
