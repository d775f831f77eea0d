package io.pgha.cli.view;

import io.pgha.core.plan.Named;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is needed comes before what needs it, else by address. */
public final class NeededFirst implements Comparator<ResourceView> {
  private final Map<String, ResourceView> resources = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Named named;

  /** The order among all of a plan. */
  public NeededFirst(List<ResourceView> all) {
    all.forEach(each -> resources.put(each.address().text(), each));
    this.named = new Named(resources.keySet());
  }

  @Override
  public int compare(ResourceView one, ResourceView other) {
    int depths = Integer.compare(depth(one.address().text()), depth(other.address().text()));
    return depths != 0 ? depths : one.address().text().compareTo(other.address().text());
  }

  private int depth(String address) {
    Integer known = depths.get(address);
    if (known != null) {
      return known;
    }
    depths.put(address, 0);
    ResourceView resource = resources.get(address);
    int depth = 0;
    if (resource != null) {
      for (String needed : resource.dependsOn()) {
        depth = Math.max(depth, depth(needed) + 1);
      }
    } else {
      for (String member : named.instances(address)) {
        depth = Math.max(depth, depth(member));
      }
    }
    depths.put(address, depth);
    return depth;
  }
}
