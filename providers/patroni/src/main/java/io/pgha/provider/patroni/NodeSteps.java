package io.pgha.provider.patroni;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps that nodes are made and changed with. */
final class NodeSteps {
  private static final String CREATE_CLUSTER = "/etc/postgresql-common/createcluster.conf";

  private final NodeConfig node;
  private final ClusterConfig cluster;

  NodeSteps(NodeConfig node, NodeLive live) {
    this.node = node;
    this.cluster = live.cluster();
  }

  PlacedStep on(Step step) {
    return PlacedStep.on(node.host(), step);
  }

  PlacedStep unit(UnitVerb verb, String unit) {
    return on(new Step.UnitAction(verb, unit));
  }

  private PlacedStep script(String description, String script, Duration timeout) {
    return on(new Step.RunScript(description, script, List.of(), timeout));
  }

  /** Before the package comes: it would make and start a cluster of its own. */
  PlacedStep makeNoMainCluster() {
    return script(
        "set create_main_cluster = false, so that the package makes no cluster of its own",
        """
        set -e
        file=%1$s
        mkdir -p /etc/postgresql-common
        if grep -qs '^ *#* *create_main_cluster' "$file"; then
          sed -i 's/^ *#* *create_main_cluster.*/create_main_cluster = false/' "$file"
        else
          echo 'create_main_cluster = false' >>"$file"
        fi
        """
            .formatted(CREATE_CLUSTER),
        Duration.ofSeconds(30));
  }

  /** Proves once more, right before, that it is as the package made it. */
  PlacedStep dropUnusedMainCluster() {
    long version = cluster.version();
    return script(
        "drop the package's own, empty cluster " + version + "/main",
        MainCluster.of(version).drop(node.dataDirectory()),
        Duration.ofMinutes(1));
  }

  /**
   * An empty node may start only where no cluster was bootstrapped yet, or where one has a leader
   * to copy from: a second cluster is never born.
   */
  PlacedStep awaitRightToStart() {
    Probe<CommandOutput> question = EtcdKeys.probe(cluster);
    return on(
        new Step.Await(
            "wait until etcd answers, and has a leader if the cluster was ever bootstrapped",
            List.of(new PlacedProbe(node.host(), question)),
            answers -> {
              EtcdKeys keys = EtcdKeys.of(answers.get(node.host(), question), cluster);
              if (!keys.answered()) {
                return new Verdict.NotYet(
                    "etcd does not answer at " + String.join(", ", cluster.etcdEndpoints()));
              }
              return Verdict.when(
                  keys.initialize().isEmpty() || keys.leader().isPresent(),
                  "the cluster "
                      + cluster.prefix()
                      + " was bootstrapped before and has no leader: start its nodes that have"
                      + " data");
            },
            Duration.ofMinutes(2)));
  }

  /**
   * The leader makes a new member's replication slot when it next looks at the cluster, up to
   * {@code loop_wait} later. A PATCH that changes nothing wakes it: the member streams at once.
   */
  List<PlacedStep> wakeLeader() {
    List<NodeConfig> others =
        cluster.nodes().stream().filter(other -> !other.name().equals(node.name())).toList();
    if (others.isEmpty() || !cluster.values().bool("use_slots").orElse(true)) {
      return List.of();
    }
    Probe<CommandOutput> question = EtcdKeys.probe(cluster);
    PlacedStep registered =
        on(
            new Step.Await(
                "wait until " + node.name() + " is a member",
                List.of(new PlacedProbe(node.host(), question)),
                answers ->
                    Verdict.when(
                        EtcdKeys.of(answers.get(node.host(), question), cluster)
                            .members()
                            .contains(node.name()),
                        node.name() + " is not registered in etcd yet"),
                Duration.ofMinutes(2)));
    StringBuilder script = new StringBuilder("credentials=$(cat)\nfor api in");
    others.forEach(other -> script.append(' ').append(Shell.quote(other.api())));
    script.append(
        """
        ; do
          if curl -sf --noproxy '*' --max-time 4 -o /dev/null "$api/primary"; then
            printf '%s\\n' "$credentials" | curl -s --noproxy '*' --config - --max-time 10 \\
              -o /dev/null -X PATCH -d '{"loop_wait":LOOP}' "$api/config"
            exit 0
          fi
        done
        exit 0
        """
            .replace("LOOP", Long.toString(cluster.values().integer("loop_wait").orElse(10L))));
    return List.of(
        registered,
        on(
            new Step.RunScript(
                "wake the leader, so that it makes the replication slot of " + node.name() + " now",
                script.toString(),
                cluster.restCredentials().map(NodeSteps::curlUser).orElse(List.of()),
                Duration.ofSeconds(60))));
  }

  /** A configuration of curl that names a user of the REST API. */
  static List<Fragment> curlUser(Credentials user) {
    return List.of(
        Fragment.plain("user = \""),
        Fragment.secret(escape(user.username() + ":" + user.password())),
        Fragment.plain("\"\n"));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Until the node leads, or streams from the leader. */
  PlacedStep awaitMember() {
    Probe<CommandOutput> question = EtcdKeys.probe(cluster);
    Probe<UnitFacts> unit = new Probe.OfUnit(NodeLive.UNIT);
    List<PlacedProbe> probes = new ArrayList<>();
    probes.add(new PlacedProbe(node.host(), question));
    probes.add(new PlacedProbe(node.host(), unit));
    probes.addAll(ClusterView.probes(List.of(node), "/patroni"));
    return on(
        new Step.Await(
            "wait until " + node.name() + " leads or streams",
            probes,
            answers -> {
              if (answers
                  .get(node.host(), unit)
                  .found()
                  .filter(facts -> facts.activeState().equals("failed"))
                  .isPresent()) {
                return new Verdict.Never(
                    "patroni.service failed on " + node.name() + ": see journalctl -u patroni");
              }
              return joined(EtcdKeys.of(answers.get(node.host(), question), cluster), answers);
            },
            Duration.ofSeconds(node.joinTimeoutSeconds())));
  }

  private Verdict joined(EtcdKeys keys, ProbeResults answers) {
    Optional<Map<String, Object>> patroni = ClusterView.answer(node, "/patroni", answers);
    if (patroni.isEmpty()) {
      return new Verdict.NotYet("Patroni on " + node.name() + " does not answer yet");
    }
    String state = ClusterView.text(patroni.get(), "state");
    String role = ClusterView.text(patroni.get(), "role");
    String replication = ClusterView.text(patroni.get(), "replication_state");
    boolean holdsLock = keys.leader().filter(node.name()::equals).isPresent();
    boolean leads =
        holdsLock
            && !role.equals("replica")
            && state.equals("running")
            && keys.config().isPresent();
    boolean streams = state.equals("running") && replication.equals("streaming");
    return Verdict.when(
        leads || streams,
        "%s is %s as %s%s"
            .formatted(
                node.name(),
                state.isEmpty() ? "not up" : state,
                role.isEmpty() ? "nothing yet" : role,
                replication.isEmpty() ? "" : " (" + replication + ")"));
  }
}
