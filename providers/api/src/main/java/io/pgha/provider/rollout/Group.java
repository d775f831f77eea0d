package io.pgha.provider.rollout;

import io.pgha.provider.Instance;
import io.pgha.provider.change.Live;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The members of a group and how they are doing.
 *
 * @param name the group's name
 * @param members all members that are declared or about to be removed, ordered by address
 * @param live what was last read of each, by address; a member on an unreachable host is missing
 * @param removed the addresses of those that are about to go
 */
public record Group(
    String name, List<Instance> members, Map<String, Live> live, Set<String> removed) {
  public Group {
    members = List.copyOf(members);
    live = Map.copyOf(live);
    removed = Set.copyOf(removed);
  }
}
