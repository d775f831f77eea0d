package io.pgha.core.plan;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import java.util.LinkedHashSet;
import java.util.Set;

/** What an instance needs to be there: what it refers to, and what its type follows. */
public final class Needs {
  private Needs() {}

  /** The names of what an instance of the configuration needs. */
  static Set<String> of(String address, World world, TypeRegistry types) {
    Instance instance = world.instance(address);
    return of(
        instance,
        world.configuredInstance(address).dependencies(),
        types.type(instance.type()).orElseThrow());
  }

  /**
   * The names of what an instance needs, as {@link Named} understands them.
   *
   * @param dependencies what its values and depends_on refer to
   */
  public static Set<String> of(Instance instance, Set<String> dependencies, ResourceType type) {
    Set<String> needs = new LinkedHashSet<>(dependencies);
    for (String followed : type.follows()) {
      for (Attribute attribute : type.schema().attributes()) {
        if (attribute.reference().isPresent()) {
          instance
              .reference(AttributePath.of(attribute.name()))
              .ifPresent(neighbour ->
                  neighbour.referrers(followed).forEach(sibling -> needs.add(sibling.address())));
        }
      }
    }
    needs.remove(instance.address());
    return needs;
  }
}
