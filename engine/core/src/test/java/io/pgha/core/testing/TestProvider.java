package io.pgha.core.testing;

import io.pgha.provider.DataType;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;

/** Hosts, notes on them, and members of a group. */
public final class TestProvider implements Provider {
  @Override
  public String name() {
    return "test";
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new HostType(), new NoteType("note", false), new NoteType("member", true));
  }

  @Override
  public List<DataType> dataTypes() {
    return List.of(new NoteDataType());
  }
}
