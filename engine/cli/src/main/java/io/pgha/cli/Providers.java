package io.pgha.cli;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.Provider;
import io.pgha.provider.transport.Transport;
import java.util.List;
import java.util.ServiceLoader;

/** What the distribution brings: providers and the way to reach machines. */
final class Providers {
  private Providers() {}

  /** All resource types of all providers on the class path. */
  static TypeRegistry types() {
    List<Provider> providers =
        ServiceLoader.load(Provider.class).stream().map(ServiceLoader.Provider::get).toList();
    return new TypeRegistry(providers);
  }

  /** The way to reach machines. */
  static Transport transport() {
    return ServiceLoader.load(Transport.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no transport on the class path"));
  }
}
