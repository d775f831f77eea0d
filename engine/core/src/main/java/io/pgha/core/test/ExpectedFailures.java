package io.pgha.core.test;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.evaluation.Rules;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells the failures that a test expects from all others. */
final class ExpectedFailures {

  /** Something that is to fail, by the conditions that may say so. */
  private record Expected(
      String name,
      SourceRange range,
      List<SourceRange> conditions,
      List<SourceRange> postconditions) {
    boolean isMetBy(Diagnostic found) {
      return Stream.concat(found.subject().stream(), found.context().stream())
          .anyMatch(conditions::contains);
    }
  }

  private final List<Expected> expected;

  /** The conditions of a thing, and which of them are about what came of it. */
  private record Conditions(List<Rule> all, List<Rule> postconditions) {
    Conditions(List<Rule> all) {
      this(all, List.of());
    }

    static Conditions of(Module.Lifecycle lifecycle) {
      return new Conditions(
          Stream.concat(lifecycle.preconditions().stream(), lifecycle.postconditions().stream())
              .toList(),
          lifecycle.postconditions());
    }
  }

  private ExpectedFailures(List<Expected> expected) {
    this.expected = expected;
  }

  /** What references mean in a module; what can't fail there is reported. */
  static ExpectedFailures of(
      List<ScopeTraversal> references, Module module, Diagnostics diagnostics) {
    List<Expected> all = new ArrayList<>();
    for (ScopeTraversal reference : references) {
      conditions(reference, module, diagnostics)
          .ifPresent(rules ->
              all.add(
                  new Expected(
                      reference.toString(),
                      reference.range(),
                      ranges(rules.all()),
                      ranges(rules.postconditions()))));
    }
    return new ExpectedFailures(all);
  }

  private static List<SourceRange> ranges(List<Rule> rules) {
    return rules.stream().map(rule -> rule.condition().range()).toList();
  }

  private static Optional<Conditions> conditions(
      ScopeTraversal reference, Module module, Diagnostics diagnostics) {
    List<String> names = new ArrayList<>();
    for (Traverser step : reference.steps()) {
      if (!(step instanceof Traverser.Attribute(String name, SourceRange _))) {
        break;
      }
      names.add(name);
    }
    String root = reference.root();
    String name = names.isEmpty() ? "" : names.getFirst();
    Optional<Conditions> rules =
        switch (root) {
          case "var" ->
              Optional.ofNullable(module.variables().get(name))
                  .map(Module.Variable::validations)
                  .map(Conditions::new);
          case "output" ->
              Optional.ofNullable(module.outputs().get(name))
                  .map(Module.Output::preconditions)
                  .map(Conditions::new);
          case "check" ->
              Optional.ofNullable(module.checks().get(name))
                  .map(Module.Check::assertions)
                  .map(Conditions::new);
          default -> {
            String key =
                root
                    + "."
                    + (TypeRegistry.Kind.of(root + ".") != TypeRegistry.Kind.RESOURCE
                        ? String.join(".", names.stream().limit(2).toList())
                        : name);
            yield Optional.ofNullable(module.resources().get(key))
                .map(Module.Resource::lifecycle)
                .map(Conditions::of);
          }
        };
    if (rules.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "undeclared-reference",
              "Nothing that can fail: " + reference,
              "The module that is tried declares no such thing. expect_failures takes its variables,"
                  + " outputs, check blocks, resources, data sources and ephemeral resources."
                  + hint(reference.toString(), module),
              reference.range()));
    } else if (rules.get().all().isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "nothing-to-fail",
              "Nothing that can fail: " + reference,
              "It has no condition, so the run would never pass.",
              reference.range()));
      return Optional.empty();
    }
    return rules;
  }

  private static String hint(String name, Module module) {
    Collection<String> known = new TreeSet<>(module.resources().keySet());
    module.variables().keySet().forEach(each -> known.add("var." + each));
    module.outputs().keySet().forEach(each -> known.add("output." + each));
    module.checks().keySet().forEach(each -> known.add("check." + each));
    return NearestName.of(name, known).map(near -> " Did you mean " + near + "?").orElse("");
  }

  /** Whether a finding is one that the test waits for. */
  boolean includes(Diagnostic found) {
    return Rules.isFailure(found) && expected.stream().anyMatch(each -> each.isMetBy(found));
  }

  /**
   * Whether an expected failure is about what comes of an instance: it may be known before the
   * instance is made.
   */
  boolean isOfOutcome(Diagnostic found) {
    return expected.stream()
        .anyMatch(each -> found.subject().filter(each.postconditions()::contains).isPresent());
  }

  /** The errors for what did not fail. */
  List<Diagnostic> missing(Collection<Diagnostic> found) {
    return expected.stream()
        .filter(each -> found.stream().noneMatch(each::isMetBy))
        .map(each ->
            Diagnostic.error(
                "missing-failure",
                "Expected to fail and did not: " + each.name(),
                "All conditions of it hold, or none was looked at.",
                each.range()))
        .toList();
  }
}
