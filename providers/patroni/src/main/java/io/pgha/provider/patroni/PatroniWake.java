package io.pgha.provider.patroni;

import io.pgha.provider.probe.Credentials;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes Patroni on a node look at the cluster now. By itself it does so every {@code loop_wait},
 * and only then notices a reload. A PATCH that changes nothing is what wakes it.
 *
 * @param node the node
 * @param cluster its cluster
 * @param credentials those that the node goes by; where it goes by others already it was awake
 *     since, so a refusal is as good
 */
record PatroniWake(NodeConfig node, ClusterConfig cluster, Optional<Credentials> credentials) {
  Step step(String description) {
    return new Step.SendHttp(
        description,
        "PATCH",
        node.api() + "/config",
        List.of(
            Fragment.plain(
                "{\"loop_wait\":%d}".formatted(cluster.values().integer("loop_wait").orElse(10L)))),
        credentials,
        Set.of(200, 401),
        Duration.ofSeconds(30));
  }
}
