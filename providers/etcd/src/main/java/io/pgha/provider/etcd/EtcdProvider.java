package io.pgha.provider.etcd;

import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;

/** The provider of etcd clusters. */
public final class EtcdProvider implements Provider {
  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new EtcdMemberType());
  }
}
