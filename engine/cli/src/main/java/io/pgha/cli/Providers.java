package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.Provider;
import io.pgha.provider.transport.Transport;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** What the distribution brings: providers and the way to reach machines. */
final class Providers {
  private Providers() {}

  /** All resource types of all providers on the class path. */
  static TypeRegistry types() {
    List<Provider> providers =
        ServiceLoader.load(Provider.class).stream().map(ServiceLoader.Provider::get).toList();
    return new TypeRegistry(providers);
  }

  /**
   * The way to reach machines, which another thread makes ready where there are any: in the
   * meantime this one evaluates the configuration, and until machines answer, no processor is busy
   * with both.
   */
  static Supplier<Transport> transport(Configuration configuration) {
    if (!configuration.module().declares("host")) {
      return Providers::transport;
    }
    FutureTask<Transport> made = new FutureTask<>(Providers::transport);
    Thread.ofPlatform()
        .daemon()
        .name("rehearsal")
        .start(() -> {
          made.run();
          made.resultNow().prepare();
        });
    return () -> await(made);
  }

  private static Transport await(FutureTask<Transport> made) {
    try {
      return made.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return transport();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The way to reach machines. */
  static Transport transport() {
    return ServiceLoader.load(Transport.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no transport on the class path"));
  }
}
