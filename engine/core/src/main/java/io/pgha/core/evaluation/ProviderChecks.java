package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Import;
import io.pgha.core.configuration.Module.PassedProvider;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.ProviderBlock;
import io.pgha.core.configuration.ProviderReference;
import io.pgha.core.configuration.RequiredProvider;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reports what modules say of providers and is not so, as far as nothing is evaluated for it. */
public final class ProviderChecks {
  private final TypeRegistry types;
  private final Diagnostics diagnostics;

  private ProviderChecks(TypeRegistry types, Diagnostics diagnostics) {
    this.types = types;
    this.diagnostics = diagnostics;
  }

  /** Looks at a module and at all that it calls. */
  public static void check(Module root, TypeRegistry types, Diagnostics diagnostics) {
    new ProviderChecks(types, diagnostics).module(root);
  }

  private void module(Module module) {
    ProviderNames names = new ProviderNames(types, module.providers());
    blocks(names);
    for (Resource resource : module.resources().values()) {
      if (resource.provider().isPresent()) {
        chosen(resource.provider().get(), resource.type(), names);
      }
    }
    for (Import block : module.imports()) {
      if (block.provider().isPresent()) {
        String name = block.to().parts().getLast().name();
        chosen(block.provider().get(), name.substring(0, name.indexOf('.')), names);
      }
    }
    for (Call call : module.calls().values()) {
      call(call, names);
      module(call.module());
    }
  }

  private void blocks(ProviderNames names) {
    Map<String, ProviderBlock> seen = new HashMap<>();
    for (ProviderBlock block : names.declared().blocks()) {
      Optional<String> provider = names.provider(block.name());
      if (provider.isEmpty()) {
        diagnostics.add(names.unknown(block.name(), block.nameRange()));
        continue;
      }
      ProviderBlock first = seen.putIfAbsent(provider.get() + "." + block.alias(), block);
      if (first != null) {
        diagnostics.add(
            Diagnostic.error(
                "duplicate-provider",
                "Duplicate provider configuration",
                block.alias().isEmpty()
                    ? "A default (non-aliased) provider configuration for \"%s\" was already given at %s. If multiple configurations are required, set the \"alias\" argument for alternative configurations."
                        .formatted(block.name(), first.range())
                    : "A provider configuration for \"%s\" with alias \"%s\" was already given at %s. Each configuration for the same provider must have a distinct alias."
                        .formatted(block.name(), block.alias(), first.range()),
                block.range()));
      }
    }
  }

  /** The configuration that a block names for a resource of a type. */
  private void chosen(ProviderReference reference, String type, ProviderNames names) {
    String owner = types.provider(type);
    Optional<String> provider = names.provider(reference.name());
    if (provider.isPresent() && !owner.isEmpty() && !provider.get().equals(owner)) {
      TypeRegistry.Kind kind = TypeRegistry.Kind.of(type);
      diagnostics.add(
          Diagnostic.error(
              "wrong-provider",
              "Provider without this type",
              "The "
                  + kind.word()
                  + " type \""
                  + type.substring(kind.prefix().length())
                  + "\" is one of the provider \""
                  + owner
                  + "\", not of \""
                  + provider.get()
                  + "\".",
              reference.range()));
      return;
    }
    reference(reference, names);
  }

  /** A configuration that a module names must be there; says whether it is. */
  private boolean reference(ProviderReference reference, ProviderNames names) {
    Optional<String> provider = names.provider(reference.name());
    if (provider.isEmpty()) {
      diagnostics.add(names.unknown(reference.name(), reference.range()));
      return false;
    }
    if (!names.has(reference)) {
      diagnostics.add(
          Diagnostic.error(
              "undeclared-provider",
              "Provider configuration not present",
              "This module has no configuration "
                  + reference
                  + "."
                  + near(reference.alias(), names.aliases(provider.get()))
                  + " It is declared by a provider block with this alias, or in"
                  + " configuration_aliases where the module's caller passes it.",
              reference.range()));
      return false;
    }
    boolean repeated = names.block(reference).flatMap(ProviderBlock::forEach).isPresent();
    if (repeated && reference.key().isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "missing-provider-key",
              "Provider instance key required",
              "%1$s has for_each: say which of its instances is meant, as in %1$s[each.key]."
                  .formatted(reference),
              reference.range()));
    } else if (!repeated && reference.key().isPresent()) {
      diagnostics.add(
          Diagnostic.error(
              "unexpected-provider-key",
              "Provider instance key not allowed",
              reference + " has no for_each, so it is one configuration, named without a key.",
              reference.key().get().range()));
    }
    return true;
  }

  private void call(Call call, ProviderNames names) {
    ProviderNames inner = new ProviderNames(types, call.module().providers());
    for (PassedProvider passed : call.providers()) {
      boolean there = reference(passed.outer(), names);
      if (received(passed.inner(), inner)
          && there
          && !inner.isSame(passed.inner(), names, passed.outer())) {
        diagnostics.add(
            Diagnostic.error(
                "provider-mismatch",
                "Provider type mismatch",
                "%s is a configuration of the provider \"%s\" here, but %s is one of \"%s\" in the module."
                    .formatted(
                        passed.outer(),
                        names.provider(passed.outer().name()).orElse(""),
                        passed.inner(),
                        inner.provider(passed.inner().name()).orElse("")),
                passed.outer().range()));
      }
    }
    for (RequiredProvider required : inner.declared().required().values()) {
      for (ProviderReference alias : required.aliases()) {
        // Of a provider that pgha has not, nobody can pass anything, and nothing can use it.
        if (inner.provider(alias.name()).isPresent()
            && inner.block(alias).isEmpty()
            && !isPassed(alias, call, inner)) {
          diagnostics.add(
              Diagnostic.error(
                  "missing-provider",
                  "Missing required provider configuration",
                  "The module wants to be passed a configuration %1$s of the provider \"%2$s\". Add it to the call: providers = { %1$s = ... }."
                      .formatted(alias, inner.provider(alias.name()).orElse(required.source())),
                  call.range()));
        }
      }
    }
    repeated(call);
  }

  private static boolean isPassed(ProviderReference alias, Call call, ProviderNames inner) {
    for (PassedProvider passed : call.providers()) {
      if (passed.inner().alias().equals(alias.alias())
          && inner.isSame(passed.inner(), inner, alias)) {
        return true;
      }
    }
    return false;
  }

  /** A module must take what it is passed; says whether it does. */
  private boolean received(ProviderReference reference, ProviderNames inner) {
    Optional<String> provider = inner.provider(reference.name());
    if (provider.isEmpty()) {
      diagnostics.add(inner.unknown(reference.name(), reference.range()));
      return false;
    }
    Optional<ProviderBlock> own = inner.block(reference);
    if (own.flatMap(ProviderBlock::forEach).isPresent()) {
      diagnostics.add(
          Diagnostic.error(
              "undeclared-provider",
              "Cannot override provider configuration",
              "The module has a configuration %s of its own at %s, so it can't be passed one."
                  .formatted(reference, own.get().range()),
              reference.range()));
      return false;
    }
    if (!inner.has(reference)) {
      diagnostics.add(
          Diagnostic.error(
              "undeclared-provider",
              "Reference to undefined provider",
              "The module does not want to be passed "
                  + reference
                  + "."
                  + near(reference.alias(), inner.aliases(provider.get()))
                  + " What it is passed stands in configuration_aliases in its required_providers.",
              reference.range()));
      return false;
    }
    return true;
  }

  /** What has configurations of its own is there once, as long as all that it made. */
  private void repeated(Call call) {
    Optional<SourceRange> range =
        switch (call.repetition()) {
          case Module.Repetition.Count(var count) -> Optional.of(count.range());
          case Module.Repetition.ForEach(var elements) -> Optional.of(elements.range());
          case Module.Repetition.Single(var enabled) when enabled.isPresent() ->
              enabled.map(Expression::range);
          case Module.Repetition.Single _ ->
              call.dependsOn().isEmpty()
                  ? Optional.empty()
                  : Optional.of(call.dependsOn().getFirst().range());
        };
    if (range.isEmpty()) {
      return;
    }
    own(call.module())
        .ifPresent(block ->
            diagnostics.add(
                Diagnostic.error(
                    "repeated-provider",
                    "Module is incompatible with count, for_each, enabled and depends_on",
                    "The module at module.%s contains a provider configuration of its own, %s at %s, and so calls to it may not use the count, for_each, enabled or depends_on arguments. Name it in configuration_aliases there, and pass it in \"providers\"."
                        .formatted(call.name(), block, block.range()),
                    range.get())));
  }

  /** A block of a module, or of one that it calls, that declares more than a default one. */
  private static Optional<ProviderBlock> own(Module module) {
    for (ProviderBlock block : module.providers().blocks()) {
      if (!block.alias().isEmpty()) {
        return Optional.of(block);
      }
    }
    for (Call call : module.calls().values()) {
      Optional<ProviderBlock> inner = own(call.module());
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static String near(String name, Collection<String> known) {
    return NearestName.of(name, known)
        .map(nearest -> " Did you mean \"" + nearest + "\"?")
        .orElse("");
  }
}
