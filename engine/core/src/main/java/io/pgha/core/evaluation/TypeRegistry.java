package io.pgha.core.evaluation;

import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Knows which provider has which resource type. Immutable. */
public final class TypeRegistry {
  private final TreeMap<String, ResourceType> types = new TreeMap<>();
  private final TreeMap<String, String> providers = new TreeMap<>();

  /**
   * A registry of the given providers' types.
   *
   * @throws IllegalArgumentException where two providers claim one type
   */
  public TypeRegistry(List<Provider> all) {
    for (Provider provider : all) {
      for (ResourceType type : provider.resourceTypes()) {
        if (types.putIfAbsent(type.name(), type) != null) {
          throw new IllegalArgumentException(
              "the resource type %s is claimed by the providers %s and %s"
                  .formatted(type.name(), providers.get(type.name()), provider.name()));
        }
        providers.put(type.name(), provider.name());
      }
    }
  }

  /** The type of a name. */
  public Optional<ResourceType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** The name of the provider of a type; empty text where nobody has it. */
  public String provider(String type) {
    return providers.getOrDefault(type, "");
  }

  /** All names, ordered. */
  public Set<String> names() {
    return types.keySet();
  }
}
