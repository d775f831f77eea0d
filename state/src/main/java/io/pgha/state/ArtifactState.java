package io.pgha.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that an instance owns on a host, as it was last applied.
 *
 * @param host the address of the host
 * @param key what it is, such as {@code file:/etc/haproxy/haproxy.cfg}
 * @param facts its properties as text, such as mode, owner and digest
 */
public record ArtifactState(String host, String key, Map<String, String> facts) {
  public ArtifactState {
    facts = sorted(facts);
  }

  static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
