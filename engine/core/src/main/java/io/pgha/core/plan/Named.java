package io.pgha.core.plan;

import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which instances a name means: an instance's address means that one, the address of a resource
 * with count or for_each all of its instances. What an instance needs is said by such names, so
 * that a thousand instances that need all of another thousand take a thousand names and not a
 * million.
 */
public final class Named {
  private final Set<String> instances;
  private final Map<String, List<String>> byResource = new HashMap<>();

  /** The names of what is at the given addresses of instances. */
  public Named(Collection<String> addresses) {
    instances = new HashSet<>(addresses);
    for (String address : addresses) {
      byResource.computeIfAbsent(resource(address), key -> new ArrayList<>()).add(address);
    }
  }

  /** The address of an instance's resource. */
  public static String resource(String address) {
    return address.endsWith("]") ? InstanceAddress.parse(address).resource() : address;
  }

  /** Whether a name means all instances of a resource, however many these are. */
  public boolean isGroup(String name) {
    List<String> all = byResource.get(name);
    return all != null && !(all.size() == 1 && all.getFirst().equals(name));
  }

  /** The addresses of the instances that a name means; none where there are none. */
  public List<String> instances(String name) {
    List<String> all = byResource.get(name);
    if (all != null) {
      return all;
    }
    return instances.contains(name) ? List.of(name) : List.of();
  }
}
