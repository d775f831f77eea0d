package io.pgha.provider.rollout;

import java.util.List;

/**
 * Members of a group that are changed at the same time.
 *
 * @param members their addresses
 * @param reason why these now, for the plan, such as {@code replicas first}; may be empty
 */
public record Wave(List<String> members, String reason) {
  public Wave {
    members = List.copyOf(members);
  }
}
