package io.pgha.core.evaluation;

import io.pgha.core.configuration.ModuleProviders;
import io.pgha.core.configuration.ProviderBlock;
import io.pgha.core.configuration.ProviderReference;
import io.pgha.core.configuration.RequiredProvider;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a module calls providers and their configurations. */
public record ProviderNames(TypeRegistry types, ModuleProviders declared) {
  private static final String OF_PGHA = "pgha/";

  /** What Terraform calls the provider that is part of it, which has the same types here. */
  private static final String OF_TERRAFORM = "terraform.io/builtin/terraform";

  /** The own name of the provider that the module means by a name, where there is one. */
  public Optional<String> provider(String name) {
    RequiredProvider required = declared.required().get(name);
    return required == null || required.source().isEmpty()
        ? types.providerNamed(name)
        : bySource(required.source());
  }

  private Optional<String> bySource(String source) {
    if (source.equals(OF_TERRAFORM)) {
      return types.providerNamed("terraform");
    }
    String name = source.substring(source.lastIndexOf('/') + 1);
    String place = source.substring(0, source.length() - name.length());
    return place.isEmpty() || place.equals(OF_PGHA) || place.endsWith("/" + OF_PGHA)
        ? types.providerNamed(name)
        : Optional.empty();
  }

  /** Every name that means a provider in the module. */
  SortedSet<String> all() {
    TreeSet<String> all = new TreeSet<>(types.providerNames());
    all.addAll(declared.required().keySet());
    all.removeIf(name -> provider(name).isEmpty());
    return all;
  }

  /** The error for a name that means no provider in the module. */
  public Diagnostic unknown(String name, SourceRange range) {
    RequiredProvider named = declared.required().get(name);
    return Diagnostic.error(
        "unknown-provider",
        "Unknown provider",
        named == null || named.source().isEmpty()
            ? "There is no provider named \""
                + name
                + "\"."
                + NearestName.of(name, all())
                    .map(nearest -> " Did you mean \"" + nearest + "\"?")
                    .orElse(" The providers are " + String.join(", ", all()) + ".")
            : "\""
                + name
                + "\" is "
                + named.source()
                + " here, as required_providers says, and pgha has no such provider.",
        range);
  }

  /** Whether the module has a configuration: the default one of a provider is always there. */
  public boolean has(ProviderReference configuration) {
    Optional<String> provider = provider(configuration.name());
    return provider.isPresent()
        && (configuration.alias().isEmpty()
            || aliases(provider.get()).contains(configuration.alias()));
  }

  /** The aliases of a provider's configurations. */
  public SortedSet<String> aliases(String provider) {
    TreeSet<String> aliases = new TreeSet<>();
    for (RequiredProvider required : declared.required().values()) {
      if (!required.aliases().isEmpty()
          && provider(required.name()).filter(provider::equals).isPresent()) {
        required.aliases().forEach(alias -> aliases.add(alias.alias()));
      }
    }
    for (ProviderBlock block : declared.blocks()) {
      if (provider(block.name()).filter(provider::equals).isPresent()) {
        aliases.add(block.alias());
      }
    }
    // The default configuration has none.
    aliases.remove("");
    return aliases;
  }

  /** The block that declares a configuration, where one does. */
  Optional<ProviderBlock> block(ProviderReference configuration) {
    Optional<String> provider = provider(configuration.name());
    for (ProviderBlock block : declared.blocks()) {
      if (block.alias().equals(configuration.alias()) && provider(block.name()).equals(provider)) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  /** Whether two modules mean the same provider. */
  boolean isSame(ProviderReference own, ProviderNames others, ProviderReference other) {
    return provider(own.name()).equals(others.provider(other.name()));
  }
}
