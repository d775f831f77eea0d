package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.List;

/**
 * Tells where a reference lacks the key of an instance, or has one too much.
 *
 * @param reference the reference
 * @param at how many of its steps name the resource or module, so which one may be a key
 */
record ReferenceKeys(ScopeTraversal reference, int at) {
  /** Reports a reference that does not fit how many instances there are; says whether it fits. */
  boolean check(Repetition repetition, Diagnostics diagnostics) {
    if (reference.steps().size() <= at) {
      return true;
    }
    Traverser next = reference.steps().get(at);
    switch (repetition) {
      case Repetition.Single _ when next instanceof Traverser.Index ->
          diagnostics.add(unexpected(next));
      case Repetition.Count(var _) when next instanceof Traverser.Attribute ->
          diagnostics.add(missing("count", "0", "count.index", named("")));
      case Repetition.ForEach(var _) when next instanceof Traverser.Attribute ->
          diagnostics.add(missing("for_each", "\"...\"", "each.key", "values(" + named("") + ")"));
      case Repetition.Single _, Repetition.Count(var _), Repetition.ForEach(var _) -> {
        return true;
      }
    }
    return false;
  }

  private Diagnostic unexpected(Traverser key) {
    return Diagnostic.error(
        "unexpected-instance-key",
        "Instance key not allowed",
        named("")
            + " has neither count nor for_each: it is one instance, named without a key, as in "
            + named("")
            + rest(at + 1)
            + ".",
        reference.rootRange().to(key.range()));
  }

  /**
   * What to write instead.
   *
   * @param argument what makes the instances
   * @param key a key of one of them
   * @param own what gives the key of the instance that refers
   * @param all what gives all instances as a list
   */
  private Diagnostic missing(String argument, String key, String own, String all) {
    String rest = rest(at);
    return Diagnostic.error(
        "missing-instance-key",
        "Instance key needed",
        named("")
            + " has "
            + argument
            + ", so say which of its instances is meant: "
            + named("[" + key + "]")
            + rest
            + " is one, "
            + named("[" + own + "]")
            + rest
            + " the one that belongs to the instance that refers to it, "
            + all
            + "[*]"
            + rest
            + " a list of all.",
        range());
  }

  private SourceRange range() {
    return reference.rootRange().to(reference.steps().get(at - 1).range());
  }

  private String named(String suffix) {
    List<Traverser> name = reference.steps().subList(0, at);
    return reference.root() + Traverser.text(name) + suffix;
  }

  private String rest(int from) {
    return Traverser.text(reference.steps().subList(from, reference.steps().size()));
  }
}
