package io.pgha.provider.builtin;

import io.pgha.language.function.Function;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import io.pgha.provider.ephemeral.EphemeralType;
import java.util.List;

/** What needs no machine. */
public final class BuiltinProvider implements Provider {
  /** Made by the service loader. */
  public BuiltinProvider() {}

  @Override
  public String name() {
    return "builtin";
  }

  @Override
  public boolean reachesMachines() {
    return false;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new TerraformDataType());
  }

  @Override
  public List<EphemeralType> ephemeralTypes() {
    return List.of(new SecretFileType(), new SecretCommandType());
  }

  @Override
  public List<Function> functions() {
    return ValuesFileFunctions.ALL;
  }
}
