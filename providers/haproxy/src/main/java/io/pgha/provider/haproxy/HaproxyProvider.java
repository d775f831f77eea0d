package io.pgha.provider.haproxy;

import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;

/** HAProxy in front of Patroni clusters. */
public final class HaproxyProvider implements Provider {
  /** Made by the service loader. */
  public HaproxyProvider() {}

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new HaproxyLbType());
  }
}
