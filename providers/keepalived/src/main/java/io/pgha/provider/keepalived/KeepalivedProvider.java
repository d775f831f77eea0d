package io.pgha.provider.keepalived;

import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;

/** Addresses that float between hosts, kept by Keepalived. */
public final class KeepalivedProvider implements Provider {
  /** Made by the service loader. */
  public KeepalivedProvider() {}

  @Override
  public String name() {
    return "keepalived";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new VipType());
  }
}
