package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.PassedProvider;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.ProviderReference;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.List;

/** Tells which configuration of its provider an instance uses. Immutable. */
public record ProviderConfigurations(Module root, TypeRegistry types) {

  /**
   * The alias of the root module's configuration that an instance uses; empty: the default one.
   *
   * <p>What a called module declares itself counts as the default one of that module, which it is
   * passed or inherits. So does what the configuration has no more.
   */
  public String alias(String type, InstanceAddress address) {
    List<Part> parts = RelativeAddress.parts(address);
    List<Call> way = new ArrayList<>();
    Module module = root;
    for (Part part : parts.subList(0, parts.size() - 1)) {
      Call call = module.calls().get(part.name().substring("module.".length()));
      if (call == null) {
        return "";
      }
      way.add(call);
      module = call.module();
    }
    Resource resource = module.resources().get(parts.getLast().name());
    String alias =
        resource == null ? "" : resource.provider().map(ProviderReference::alias).orElse("");
    for (Call call : way.reversed()) {
      alias = outside(types.provider(type), alias, call);
    }
    return alias;
  }

  /** What the caller calls a configuration that a module has. */
  private String outside(String provider, String alias, Call call) {
    ProviderNames names = new ProviderNames(types, call.module().providers());
    String inherited = "";
    for (PassedProvider passed : call.providers()) {
      if (names.provider(passed.inner().name()).filter(provider::equals).isPresent()) {
        if (passed.inner().alias().equals(alias)) {
          return passed.outer().alias();
        }
        if (passed.inner().alias().isEmpty()) {
          inherited = passed.outer().alias();
        }
      }
    }
    return inherited;
  }
}
