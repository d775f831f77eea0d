package io.pgha.core.drift;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance that was compared, for the picture of the cluster.
 *
 * @param address its address
 * @param type its resource type
 * @param hosts the names of the hosts that it lives on
 * @param needs the addresses of the instances that it refers to
 * @param observed what moves about and is no drift, such as {@code role} is {@code leader}
 */
public record Checked(
    String address,
    String type,
    List<String> hosts,
    List<String> needs,
    SortedMap<String, String> observed) {
  public Checked {
    hosts = List.copyOf(hosts);
    needs = List.copyOf(needs);
    observed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(observed));
  }

  /** An instance of which nothing moves about. */
  public Checked(String address, String type, List<String> hosts, List<String> needs) {
    this(address, type, hosts, needs, new TreeMap<>(Map.of()));
  }
}
