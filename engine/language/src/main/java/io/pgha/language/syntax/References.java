package io.pgha.language.syntax;

import io.pgha.language.syntax.Expression.ScopeTraversal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what expressions refer to. It keeps its own stack, as chains of operators may be longer
 * than the thread's.
 */
final class References {
  private final List<ScopeTraversal> found = new ArrayList<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private References() {}

  /** Something still to be looked at: an expression or a template part, and the bound names. */
  private record Pending(Object node, Set<String> bound) {}

  static List<ScopeTraversal> of(Expression expression) {
    References references = new References();
    references.push(expression, Set.of());
    references.run();
    return List.copyOf(references.found);
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

  private void push(Object node, Set<String> bound) {
    pending.push(new Pending(node, bound));
  }

  private void visit(Expression expression, Set<String> bound, List<Pending> children) {
    switch (expression) {
      case ScopeTraversal traversal -> {
        if (!bound.contains(traversal.root())) {
          found.add(traversal);
        }
      }
      case Expression.Literal _, Expression.AnonymousSymbol _, Expression.Invalid _ -> {}
      case Expression.Template template -> add(template.parts(), bound, children);
      case Expression.TemplateWrap wrap -> add(List.of(wrap.wrapped()), bound, children);
      case Expression.JsonString string -> add(List.of(string.template()), bound, children);
      case Expression.Parentheses parentheses -> add(List.of(parentheses.inner()), bound, children);
      case Expression.RelativeTraversal relative ->
          add(List.of(relative.source()), bound, children);
      case Expression.Index index -> add(List.of(index.collection(), index.key()), bound, children);
      case Expression.Splat splat -> add(List.of(splat.source(), splat.each()), bound, children);
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
        Set<String> inner = bind(bound, loop.keyName(), loop.valueName());
        add(List.of(loop.collection()), bound, children);
        add(List.of(loop.result()), inner, children);
        add(loop.condition().stream().toList(), inner, children);
      }
      case Expression.ForObject loop -> {
        Set<String> inner = bind(bound, loop.keyName(), loop.valueName());
        add(List.of(loop.collection()), bound, children);
        add(List.of(loop.resultKey(), loop.resultValue()), inner, children);
        add(loop.condition().stream().toList(), inner, children);
      }
    }
  }

  private static void visit(TemplatePart part, Set<String> bound, List<Pending> children) {
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
        add(loop.body(), bind(bound, loop.keyName(), loop.valueName()), children);
      }
    }
  }

  private static void add(List<?> nodes, Set<String> bound, List<Pending> children) {
    for (Object node : nodes) {
      children.add(new Pending(node, bound));
    }
  }

  private static Set<String> bind(Set<String> bound, Optional<String> key, String value) {
    Set<String> more = new HashSet<>(bound);
    key.ifPresent(more::add);
    more.add(value);
    return more;
  }
}
