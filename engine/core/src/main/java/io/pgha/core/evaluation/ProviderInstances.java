package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Import;
import io.pgha.core.configuration.Module.PassedProvider;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.ModuleProviders;
import io.pgha.core.configuration.ProviderBlock;
import io.pgha.core.configuration.ProviderReference;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates which instances configurations of providers have, and reports those that are named and
 * are none of them.
 */
final class ProviderInstances {
  private final Evaluation evaluation;
  private final Evaluation.Inputs inputs;
  private final Expressions expressions;
  private final Diagnostics diagnostics;

  /** The instances of a configuration in an instance of a module, by its name there. */
  private final Map<String, Expansion> expansions = new HashMap<>();

  ProviderInstances(
      Evaluation evaluation,
      Evaluation.Inputs inputs,
      Expressions expressions,
      Diagnostics diagnostics) {
    this.evaluation = evaluation;
    this.inputs = inputs;
    this.expressions = expressions;
    this.diagnostics = diagnostics;
  }

  /** Checks what a module says of instances of configurations: most say nothing. */
  void check(ModuleInstance module) {
    ModuleProviders providers = module.module().providers();
    boolean repeated = false;
    for (ProviderBlock block : providers.blocks()) {
      if (block.forEach().isPresent()) {
        repeated = true;
        expansion(module, block);
      }
    }
    if (!repeated) {
      return;
    }
    ProviderNames names = new ProviderNames(inputs.types(), providers);
    for (Resource resource : module.module().resources().values()) {
      if (isKeyed(resource.provider())) {
        evaluation
            .expansion(module, resource)
            .keys()
            .forEach((key, each) ->
                check(
                    resource.provider().get(),
                    module,
                    names,
                    new Repetition(key, each),
                    Optional.of(module.address(resource.key() + key.suffix()))));
      }
    }
    for (Import block : module.module().imports()) {
      if (isKeyed(block.provider())) {
        expressions
            .expand(block, module)
            .keys()
            .forEach((key, each) ->
                check(
                    block.provider().get(),
                    module,
                    names,
                    new Repetition(key, each),
                    Optional.empty()));
      }
    }
    for (Call call : module.module().calls().values()) {
      for (PassedProvider passed : call.providers()) {
        if (isKeyed(Optional.of(passed.outer()))) {
          evaluation
              .callExpansion(module, call)
              .keys()
              .forEach((key, each) ->
                  check(
                      passed.outer(), module, names, new Repetition(key, each), Optional.empty()));
        }
      }
    }
  }

  private static boolean isKeyed(Optional<ProviderReference> reference) {
    return reference.flatMap(ProviderReference::key).isPresent();
  }

  private Expansion expansion(ModuleInstance module, ProviderBlock block) {
    String name = module.address(block.toString());
    Expansion known = expansions.get(name);
    if (known == null) {
      known = expand(module, block, block.forEach().orElseThrow());
      expansions.put(name, known);
    }
    return known;
  }

  private Expansion expand(ModuleInstance module, ProviderBlock block, Expression elements) {
    EarlyReferences references = EarlyReferences.of(elements, module, inputs);
    if (references.late().isPresent()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-for_each",
              "Invalid for_each argument",
              "The instances of %s must be known before anything else is: variables and local values may be used, but this needs %s."
                  .formatted(block, references.late().get()),
              elements.range()));
      return new Expansion.Failed();
    }
    Value value = expressions.evaluate(elements, module, null);
    if (!value.marks().isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-for_each",
              "Invalid for_each argument",
              "It is sensitive or ephemeral, but its keys are shown where a configuration is named.",
              elements.range()));
      return new Expansion.Failed();
    }
    if (references.unset() && !Unknowns.isWhollyKnown(value)) {
      // Somebody only looks, without the values of all variables.
      return new Expansion.Failed();
    }
    return Expansions.settled(Expansions.keyed(value, elements.range(), diagnostics), diagnostics);
  }

  private void check(
      ProviderReference reference,
      ModuleInstance module,
      ProviderNames names,
      Repetition repetition,
      Optional<String> address) {
    Optional<ProviderBlock> block =
        names.block(reference).filter(found -> found.forEach().isPresent());
    if (block.isEmpty()) {
      return;
    }
    Expansion expansion = expansion(module, block.get());
    Expression written = reference.key().orElseThrow();
    int before = diagnostics.all().size();
    Value key = expressions.evaluate(written, module, repetition);
    if (expansion instanceof Expansion.Failed || diagnostics.all().size() > before) {
      return;
    }
    problem(reference, key, expansion, written, module)
        .ifPresent(detail -> {
          Diagnostic error =
              Diagnostic.error(
                  "unknown-provider-key", "Invalid provider instance key", detail, written.range());
          diagnostics.add(address.map(error::about).orElse(error));
        });
  }

  /** What is wrong with a key, if anything is. */
  private Optional<String> problem(
      ProviderReference reference,
      Value key,
      Expansion expansion,
      Expression written,
      ModuleInstance module) {
    if (!key.marks().isEmpty()) {
      return Optional.of("It is sensitive or ephemeral, and so can't choose an instance.");
    }
    if (!key.isKnown()) {
      return EarlyReferences.of(written, module, inputs).unset()
          ? Optional.empty()
          : Optional.of(
              "It is known only after apply, so it can't be told which instance is meant.");
    }
    Value text;
    try {
      text = Conversion.convert(key, Type.STRING);
    } catch (ConversionException e) {
      return Optional.of("It must be a string: " + e.getMessage() + ".");
    }
    if (!(text instanceof Str(String name))) {
      return Optional.of("It is null; it must be a string.");
    }
    return expansion.keys().containsKey(new InstanceKey.OfForEach(name))
        ? Optional.empty()
        : Optional.of(
            reference
                + " has no instance "
                + new InstanceKey.OfForEach(name).suffix()
                + "; it has "
                + InstanceKey.list(expansion.keys().keySet())
                + ".");
  }
}
