package io.pgha.core.test;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.MockProvider;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reports names in tests that the modules that they try do not have. */
record TestChecks(Diagnostics diagnostics) {

  /** The variables that a run gives. */
  void variables(Run run, Module module) {
    for (Attribute given : run.variables().values()) {
      if (!module.variables().containsKey(given.name())) {
        diagnostics.add(
            undeclared(given, "The module that is tried has no", module.variables().keySet()));
      }
    }
  }

  /** The variables of a file: of any module that is tried, or read by the file itself. */
  void variables(TestFile file, List<Module> tried) {
    Set<String> known = new TreeSet<>();
    tried.forEach(module -> known.addAll(module.variables().keySet()));
    Set<String> used = new TreeSet<>(known);
    for (Run run : file.runs()) {
      for (Attribute given : run.variables().values()) {
        given.expression().variables().stream()
            .filter(reference -> reference.root().equals("var"))
            .forEach(reference -> used.add(name(reference)));
      }
    }
    for (Attribute given : file.variables().values()) {
      if (!used.contains(given.name())) {
        diagnostics.add(undeclared(given, "No module that is tried here has a", known));
      }
    }
  }

  private static String name(ScopeTraversal reference) {
    return !reference.steps().isEmpty()
            && reference.steps().getFirst() instanceof Traverser.Attribute(String name, var _)
        ? name
        : "";
  }

  private static Diagnostic undeclared(Attribute given, String who, Set<String> known) {
    return Diagnostic.error(
        "undeclared-variable",
        "Value for undeclared variable",
        who
            + " variable \""
            + given.name()
            + "\"."
            + NearestName.of(given.name(), known)
                .map(near -> " Did you mean \"" + near + "\"?")
                .orElse(""),
        given.nameRange());
  }

  /** What is overridden must be somewhere. */
  void target(Substitution substitution, List<Module> tried) {
    RelativeAddress target = substitution.target();
    if (tried.stream().noneMatch(module -> isIn(module, target.parts()))) {
      diagnostics.add(
          Diagnostic.error(
              "unknown-target",
              "Nothing to override: " + target,
              "No module that is tried declares it.",
              target.range()));
    }
  }

  /** What mocks of providers override must be somewhere too. */
  void targets(List<MockProvider> providers, List<Module> tried, Module root) {
    // What folders say serves several files, each of which may try a part only.
    List<Module> all = new ArrayList<>(tried);
    all.add(root);
    for (MockProvider provider : providers) {
      provider.own().overrides().forEach(each -> target(each, tried));
      provider.shared().overrides().forEach(each -> target(each, all));
    }
  }

  private static boolean isIn(Module module, List<RelativeAddress.Part> parts) {
    RelativeAddress.Part first = parts.getFirst();
    if (!first.isModule()) {
      return module.resources().containsKey(first.name());
    }
    Module.Call call = module.calls().get(first.name().substring("module.".length()));
    return call != null
        && (parts.size() == 1 || isIn(call.module(), parts.subList(1, parts.size())));
  }
}
