package io.pgha.core.testing;

import io.pgha.provider.transport.HostConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Connections that nobody opens. */
public final class Connections {
  private Connections() {}

  /** As root, with nothing that another host would have otherwise. */
  public static HostConnection to(String host, String name, String address) {
    return new HostConnection(
        host,
        name,
        address,
        22,
        "root",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        false,
        new HostConnection.Sudo.None(),
        Optional.empty(),
        Duration.ofSeconds(1));
  }
}
