package io.pgha.provider.host;

import io.pgha.provider.DataType;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;
import java.util.Map;

/** The provider of machines. */
public final class HostProvider implements Provider {
  private final Map<String, String> environment;

  /** The provider with the process's environment, which gives defaults for connections. */
  public HostProvider() {
    this(System.getenv());
  }

  /** The provider with an environment. */
  public HostProvider(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new HostType(environment));
  }

  @Override
  public List<DataType> dataTypes() {
    return List.of(new HostFileType());
  }
}
