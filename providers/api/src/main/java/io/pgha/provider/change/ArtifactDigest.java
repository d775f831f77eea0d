package io.pgha.provider.change;

import java.util.Map;

/**
 * What the state keeps of an artifact: enough to see that it was changed, not what it says.
 *
 * @param host the address of the host it is on
 * @param key what it is, such as {@code file:/etc/haproxy/haproxy.cfg} or {@code unit:etcd.service}
 * @param facts its properties as text, such as mode, owner and digest; digests of content that
 *     holds secrets are salted
 */
public record ArtifactDigest(String host, String key, Map<String, String> facts) {
  public ArtifactDigest {
    facts = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(facts));
  }
}
