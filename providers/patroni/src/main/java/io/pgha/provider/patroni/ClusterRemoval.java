package io.pgha.provider.patroni;

import io.pgha.language.value.ObjectValue;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes a cluster away after its nodes are gone: its keys in etcd, where its data went too. */
final class ClusterRemoval {
  private ClusterRemoval() {}

  static Change of(ClusterConfig cluster, ClusterLive live) {
    List<String> hosts = ClusterLive.hosts(cluster);
    List<PlacedStep> steps = new ArrayList<>();
    if (!hosts.isEmpty()) {
      String host = host(hosts, live);
      steps.add(PlacedStep.on(host, awaitNoMember(cluster, host)));
      if (cluster.deletesData()) {
        steps.add(PlacedStep.on(host, removeKeys(cluster)));
      }
    }
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
    return new Step.RunScript(
        "delete the cluster's keys under " + cluster.prefix() + " in etcd",
        EtcdGateway.of(cluster).delete(EtcdGateway.folder(cluster.prefix())),
        List.of(),
        Duration.ofSeconds(60));
  }

  /**
   * Its nodes were taken out of etcd before, if they go too. Who is left runs: the cluster was to
   * be made anew under it, or the member is somebody else's. Its keys are not for deleting.
   */
  private static Step awaitNoMember(ClusterConfig cluster, String host) {
    Probe<CommandOutput> question = EtcdKeys.probe(cluster);
    return new Step.Await(
        "wait until no member of the cluster is left in etcd",
        List.of(new PlacedProbe(host, question)),
        answers -> {
          List<String> left = EtcdKeys.of(answers.get(host, question), cluster).members();
          return Verdict.when(
              left.isEmpty(),
              "%s still in the cluster under %s: a cluster can't be destroyed or made anew under its members, take them away first"
                  .formatted(
                      String.join(", ", left) + (left.size() == 1 ? " is" : " are"),
                      cluster.prefix()));
        },
        Duration.ofSeconds(cluster.values().integer("ttl").orElse(30L) + 30));
  }
}
