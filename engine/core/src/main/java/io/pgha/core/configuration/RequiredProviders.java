package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ObjectItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the {@code required_providers} of a module. */
final class RequiredProviders {
  private static final String ALIASES = "configuration_aliases";

  private final SequencedMap<String, RequiredProvider> all = new LinkedHashMap<>();
  private final Diagnostics diagnostics;
  private Optional<SourceRange> first = Optional.empty();

  RequiredProviders(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  SequencedMap<String, RequiredProvider> all() {
    return all;
  }

  /** Reads those of a {@code pgha} block. */
  void add(List<Block> written) {
    for (Block block : written) {
      if (first.isPresent()) {
        error(
            "duplicate-block",
            "Duplicate required providers configuration",
            "A module may have only one required_providers block, and there is one at "
                + first.get()
                + " already.",
            block.headerRange());
        continue;
      }
      first = Optional.of(block.headerRange());
      block
          .body()
          .justAttributes(diagnostics)
          .values()
          .forEach(entry -> all.put(entry.name(), required(entry)));
    }
  }

  private RequiredProvider required(Attribute entry) {
    String source = "";
    List<ProviderReference> aliases = List.of();
    if (entry.expression() instanceof ObjectConstructor object) {
      for (ObjectItem item : object.items()) {
        switch (Meta.constant(item.key()).orElse("")) {
          case "source" -> source = source(item.value());
          case ALIASES -> aliases = aliases(entry.name(), item.value());
          case "version" -> {
            // Providers are part of pgha: there are no others to choose from.
          }
          default ->
              error(
                  "invalid-required-provider",
                  "Invalid required_providers object",
                  "There are only \"source\", \"version\" and \"configuration_aliases\". A provider"
                      + " is configured in a provider block.",
                  item.key().range());
        }
      }
    } else if (Meta.constant(entry.expression()).isEmpty()) {
      error(
          "invalid-required-provider",
          "Invalid required_providers object",
          "What is required is an object such as { source = \"pgha/host\" }.",
          entry.expression().range());
    }
    return new RequiredProvider(entry.name(), source, aliases, entry.nameRange());
  }

  private String source(Expression written) {
    Optional<String> source = Meta.constant(written).filter(RequiredProviders::isSource);
    if (source.isEmpty()) {
      error(
          "invalid-required-provider",
          "Invalid provider source",
          "The source of a provider is a quoted string such as \"pgha/host\".",
          written.range());
    }
    return source.orElse("");
  }

  private static boolean isSource(String text) {
    int parts = 1;
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
      parts++;
    }
    return parts <= 3
        && !text.isEmpty()
        && !text.startsWith("/")
        && !text.endsWith("/")
        && !text.contains("//");
  }

  private List<ProviderReference> aliases(String name, Expression written) {
    List<ProviderReference> aliases = new ArrayList<>();
    if (!(written instanceof Expression.TupleConstructor list)) {
      error(
          "invalid-configuration-aliases",
          "Invalid configuration_aliases value",
          "It is a list of what the caller is to pass, such as [" + name + ".old].",
          written.range());
      return aliases;
    }
    for (Expression element : list.elements()) {
      ProviderReference.of(element, ALIASES, diagnostics)
          .ifPresent(alias -> {
            if (alias.name().equals(name) && alias.key().isEmpty()) {
              aliases.add(alias);
            } else {
              error(
                  "invalid-configuration-aliases",
                  "Invalid configuration_aliases value",
                  "What the caller is to pass is named with the provider's name here, and mostly an"
                      + " alias: "
                      + name
                      + ".old.",
                  alias.range());
            }
          });
    }
    return aliases;
  }

  private void error(String code, String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error(code, summary, detail, range));
  }
}
