package io.pgha.provider.patroni;

import io.pgha.language.value.ObjectValue;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Takes a cluster away after its nodes are gone: its keys in etcd, where its data went too. */
final class ClusterRemoval {
  private ClusterRemoval() {}

  static Change of(ClusterConfig cluster, ClusterLive live) {
    List<String> hosts = ClusterLive.hosts(cluster);
    List<PlacedStep> steps =
        cluster.deletesData() && !hosts.isEmpty()
            ? List.of(PlacedStep.on(host(hosts, live), removeKeys(cluster)))
            : List.of();
    return new Change(
        Action.DELETE,
        List.of(),
        List.of(),
        Effect.NONE,
        List.of(),
        steps,
        ObjectValue.EMPTY,
        List.of());
  }

  /** A host that etcd answers to, else any. */
  private static String host(List<String> hosts, ClusterLive live) {
    return hosts.stream()
        .filter(host ->
            EtcdKeys.of(live.answers().get(host, EtcdKeys.probe(live.cluster())), live.cluster())
                .answered())
        .findFirst()
        .orElse(hosts.getFirst());
  }

  private static Step removeKeys(ClusterConfig cluster) {
    String prefix = cluster.prefix();
    String body =
        Trees.json(
            Map.of(
                "key",
                base64(prefix),
                "range_end",
                base64(prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1))));
    return new Step.RunScript(
        "delete the cluster's keys under " + prefix + " in etcd",
        DcsRemoval.deleteRange(cluster, body),
        List.of(),
        Duration.ofSeconds(60));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
