package io.pgha.core.configuration;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression;
import java.util.Optional;

/**
 * A {@code provider} block: a configuration of a provider.
 *
 * @param name what the module calls the provider
 * @param alias what tells it from the provider's other configurations; empty: the default one
 * @param forEach its {@code for_each}: it is one configuration for each element then
 * @param nameRange where the provider's name is written
 * @param range the head of the block
 */
public record ProviderBlock(
    String name,
    String alias,
    Optional<Expression> forEach,
    SourceRange nameRange,
    SourceRange range) {

  /** As one refers to it. */
  @Override
  public String toString() {
    return ProviderReference.text(name, alias);
  }
}
