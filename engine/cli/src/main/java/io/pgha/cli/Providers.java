package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.Provider;
import io.pgha.provider.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What the distribution brings: providers and the way to reach machines. */
final class Providers {
  private Providers() {}

  /** All resource types of all providers on the class path. */
  static TypeRegistry types() {
    return new TypeRegistry(Services.of(Provider.class));
  }

  /**
   * The way to reach machines, which another thread makes ready where there are any: in the
   * meantime this one evaluates the configuration, and until machines answer, no processor is busy
   * with both.
   *
   * @param making makes it; may take a while
   */
  static Supplier<Transport> transport(Configuration configuration, Supplier<Transport> making) {
    if (!configuration.module().declares("host")) {
      return making;
    }
    Executor aside = task -> Thread.ofPlatform().daemon().name("rehearsal").start(task);
    CompletableFuture<Transport> made = CompletableFuture.supplyAsync(making, aside);
    // What goes wrong in it goes wrong again where it is needed, and is told there.
    var _ = made.thenAcceptAsync(Transport::prepare, aside);
    return made::join;
  }

  /** The way to reach machines. */
  static Transport transport() {
    return Services.of(Transport.class).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no transport on the class path"));
  }
}
