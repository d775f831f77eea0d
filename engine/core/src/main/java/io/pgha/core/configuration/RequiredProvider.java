package io.pgha.core.configuration;

import io.pgha.language.diagnostic.SourceRange;
import java.util.List;

/**
 * A provider as a module's {@code required_providers} has it.
 *
 * @param name what the module calls it
 * @param source what it is: {@code pgha/host}; empty: the provider of that name
 * @param aliases the configurations that the module's caller is to pass
 * @param range where the name is written
 */
public record RequiredProvider(
    String name, String source, List<ProviderReference> aliases, SourceRange range) {
  public RequiredProvider {
    aliases = List.copyOf(aliases);
  }
}
