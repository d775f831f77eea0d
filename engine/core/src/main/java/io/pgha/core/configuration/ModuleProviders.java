package io.pgha.core.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a module says of providers.
 *
 * @param required what its {@code required_providers} says, by the name that the module uses
 * @param blocks its {@code provider} blocks, in source order
 */
public record ModuleProviders(
    SequencedMap<String, RequiredProvider> required, List<ProviderBlock> blocks) {
  /** A module that says nothing of them. */
  public static final ModuleProviders NONE = new ModuleProviders(new LinkedHashMap<>(), List.of());

  public ModuleProviders {
    required = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(required));
    blocks = List.copyOf(blocks);
  }

  static ModuleProviders of(
      SequencedMap<String, RequiredProvider> required, List<ProviderBlock> blocks) {
    return required.isEmpty() && blocks.isEmpty() ? NONE : new ModuleProviders(required, blocks);
  }
}
