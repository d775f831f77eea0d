package io.pgha.core.test;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.PassedProvider;
import io.pgha.core.configuration.ProviderReference;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.evaluation.ProviderNames;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the configurations of the module that a run tries are.
 *
 * @param passed the aliases that the file has for them; empty: those that the module has
 */
record PassedProviders(Map<Configuration, String> passed) {
  /** A configuration of the module that is tried. */
  record Configuration(String provider, String alias) {}

  PassedProviders {
    passed = Map.copyOf(passed);
  }

  /** What a run says; what is wrong in it is reported. */
  static PassedProviders of(
      Run run, Module tried, MockedProviders file, TypeRegistry types, Diagnostics diagnostics) {
    ProviderNames names = new ProviderNames(types, tried.providers());
    Map<Configuration, String> all = new HashMap<>();
    for (PassedProvider each : run.providers()) {
      Optional<String> inner = inner(each.inner(), names, diagnostics);
      Optional<String> outer = outer(each.outer(), file, diagnostics);
      if (inner.isEmpty() || outer.isEmpty()) {
        continue;
      }
      if (inner.equals(outer)) {
        all.put(new Configuration(inner.get(), each.inner().alias()), each.outer().alias());
      } else {
        diagnostics.add(
            Diagnostic.error(
                "provider-mismatch",
                "Provider type mismatch",
                "%s is a configuration of the provider \"%s\" here, but %s is one of \"%s\" in the module that is tried."
                    .formatted(each.outer(), outer.get(), each.inner(), inner.get()),
                each.outer().range()));
      }
    }
    return new PassedProviders(all);
  }

  private static Optional<String> inner(
      ProviderReference reference, ProviderNames names, Diagnostics diagnostics) {
    Optional<String> provider = names.provider(reference.name());
    if (provider.isEmpty()) {
      diagnostics.add(names.unknown(reference.name(), reference.range()));
    } else if (!names.has(reference)) {
      diagnostics.add(
          undeclared(
              "The module that is tried has no configuration " + reference + ".",
              reference.alias(),
              names.aliases(provider.get()),
              reference.range()));
      return Optional.empty();
    }
    return provider;
  }

  private static Optional<String> outer(
      ProviderReference reference, MockedProviders file, Diagnostics diagnostics) {
    Optional<String> provider = file.names().provider(reference.name());
    if (provider.isEmpty()) {
      diagnostics.add(file.names().unknown(reference.name(), reference.range()));
    } else if (reference.key().isPresent()) {
      diagnostics.add(
          Diagnostic.error(
              "unexpected-provider-key",
              "Provider instance key not allowed",
              "What a file of tests declares is one configuration each, named without a key.",
              reference.key().get().range()));
      return Optional.empty();
    } else if (!file.aliases(provider.get()).contains(reference.alias())) {
      diagnostics.add(
          undeclared(
              "This file has no configuration "
                  + reference
                  + ": a mock_provider block declares it, or a provider block.",
              reference.alias(),
              file.aliases(provider.get()),
              reference.range()));
      return Optional.empty();
    }
    return provider;
  }

  private static Diagnostic undeclared(
      String detail, String alias, Collection<String> known, SourceRange range) {
    return Diagnostic.error(
        "undeclared-provider",
        "Provider configuration not present",
        detail
            + NearestName.of(alias, known)
                .filter(near -> !near.isEmpty())
                .map(near -> " Did you mean \"" + near + "\"?")
                .orElse(""),
        range);
  }

  /**
   * What the file calls a configuration of the module that is tried; nothing where the run passes
   * others only.
   */
  Optional<String> alias(String provider, String alias) {
    return passed.isEmpty()
        ? Optional.of(alias)
        : Optional.ofNullable(passed.get(new Configuration(provider, alias)));
  }
}
