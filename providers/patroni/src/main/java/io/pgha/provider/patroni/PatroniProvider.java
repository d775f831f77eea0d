package io.pgha.provider.patroni;

import io.pgha.provider.DataType;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;

/** Patroni clusters and their nodes, and roles and databases inside them. */
public final class PatroniProvider implements Provider {
  /** Made by the service loader. */
  public PatroniProvider() {}

  @Override
  public String name() {
    return "patroni";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new PatroniClusterType(),
        new PatroniNodeType(),
        new PostgresRoleType(),
        new PostgresDatabaseType());
  }

  @Override
  public List<DataType> dataTypes() {
    return List.of(new ClusterStatusType());
  }
}
