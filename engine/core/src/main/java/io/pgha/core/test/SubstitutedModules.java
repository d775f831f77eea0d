package io.pgha.core.test;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Null;
import io.pgha.language.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Takes what tests say for the modules that a configuration calls. */
record SubstitutedModules(Evaluator evaluator, Diagnostics diagnostics) {
  /** The module in which the modules that are overridden make nothing, and give what is said. */
  Module in(Module module, List<Substitution> substitutions) {
    Module changed = module;
    for (Substitution substitution : substitutions) {
      if (substitution instanceof Substitution.OfModule override) {
        changed = in(changed, override, override.target().parts());
      }
    }
    return changed;
  }

  private Module in(
      Module module, Substitution.OfModule override, List<RelativeAddress.Part> parts) {
    String name = parts.getFirst().name().substring("module.".length());
    Call call = module.calls().get(name);
    if (call == null) {
      // Where a target is nowhere was reported already.
      return module;
    }
    Module inner =
        parts.size() == 1
            ? emptied(call.module(), override)
            : in(call.module(), override, parts.subList(1, parts.size()));
    SequencedMap<String, Call> calls = new LinkedHashMap<>(module.calls());
    calls.put(
        name,
        new Call(
            call.name(),
            call.arguments(),
            call.repetition(),
            call.dependsOn(),
            call.providers(),
            inner,
            call.range()));
    return new Module(
        module.directory(),
        module.variables(),
        module.locals(),
        module.outputs(),
        module.resources(),
        calls,
        module.checks(),
        module.moves(),
        module.removals(),
        module.imports(),
        module.providers());
  }

  private Module emptied(Module module, Substitution.OfModule override) {
    Map<String, Value> said =
        override
            .outputs()
            .map(written -> MockedValues.constants(written, "outputs", evaluator, diagnostics))
            .orElse(Map.of());
    said.keySet().stream()
        .filter(name -> !module.outputs().containsKey(name))
        .forEach(name -> diagnostics.add(noOutput(module, name, override)));
    SequencedMap<String, Output> outputs = new LinkedHashMap<>();
    module
        .outputs()
        .forEach((name, output) ->
            outputs.put(
                name,
                new Output(
                    name,
                    new Expression.Literal(
                        Optional.ofNullable(said.get(name)).orElse(Null.ANY),
                        output.value().range()),
                    output.description(),
                    output.deprecation(),
                    output.sensitive(),
                    false,
                    List.of(),
                    List.of(),
                    output.range())));
    return new Module(
        module.directory(),
        module.variables(),
        new LinkedHashMap<>(),
        outputs,
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        List.of(),
        module.providers());
  }

  private static Diagnostic noOutput(Module module, String name, Substitution.OfModule override) {
    return Diagnostic.error(
        "undeclared-reference",
        "No such output: " + name,
        override.target()
            + " has no output \""
            + name
            + "\"."
            + NearestName.of(name, module.outputs().keySet())
                .map(near -> " Did you mean \"" + near + "\"?")
                .orElse(""),
        MockedValues.range(override.outputs().orElseThrow(), name));
  }
}
