package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a node out of its cluster: hands over first where it leads, stops and disables Patroni,
 * takes the member out of etcd, and removes what was written. Data goes only where asked for.
 *
 * <p>State holds no passwords: what needs one runs patronictl, which reads the node's own file.
 */
final class NodeRemoval {
  private final NodeConfig node;
  private final NodeLive live;
  private final ClusterConfig cluster;

  NodeRemoval(NodeConfig node, NodeLive live) {
    this.node = node;
    this.live = live;
    this.cluster = live.cluster();
  }

  Change change() {
    boolean deletes = node.deletesData();
    Set<String> data = deletes ? data() : Set.of();
    ArtifactComparison removal = Artifacts.removal(owned(), live.answers(), data);
    if (!removal.failures().isEmpty()) {
      return Change.refused(removal.failures());
    }
    List<PlacedStep> steps = new ArrayList<>();
    boolean handsOver = handsOver();
    if (handsOver) {
      steps.add(handOver());
      steps.add(awaitOtherLeader());
    }
    steps.addAll(removal.steps("unit:" + NodeLive.UNIT));
    steps.add(unregister());
    SlotRemoval.step(node, live).ifPresent(steps::add);
    for (Artifact artifact : owned()) {
      if (!(artifact instanceof Artifact.OfUnit)) {
        steps.addAll(removal.steps(artifact.key()));
      }
    }
    if (!deletes && live.facts().hasData()) {
      steps.add(markKept());
    }
    if (node.held().orElse(false)) {
      steps.add(release());
    }
    steps.add(clean());
    return new Change(
        Action.DELETE,
        List.of(),
        removal.changes(),
        new Effect(
            Effect.Kind.REMOVAL,
            handsOver ? "switchover, then removal of the former leader" : "removal of a member"),
        List.of(),
        steps,
        ObjectValue.EMPTY,
        keepsData(deletes));
  }

  /** An archive that outlives its cluster would refuse, or worse feed, the next one's log. */
  private Set<String> data() {
    Set<String> data = new LinkedHashSet<>();
    data.add(node.dataDirectory());
    cluster.archiveDirectory().ifPresent(data::add);
    return data;
  }

  private List<Diagnostic> keepsData(boolean deletes) {
    return deletes || !live.facts().hasData()
        ? List.of()
        : List.of(
            Diagnostic.warning(
                    "data-kept",
                    "The data of " + node.name() + " stays",
                    node.dataDirectory()
                        + " is kept, and the next apply resumes with it. To delete it with the"
                        + " node, apply delete_data_on_destroy = true before.")
                .about(node.instance().address())
                .on(node.name()));
  }

  private List<Artifact> owned() {
    return live.artifacts().stream()
        .filter(artifact -> !artifact.key().equals("unit:postgresql.service"))
        .toList();
  }

  /** Whether another member could lead instead. */
  private boolean handsOver() {
    return live.leads()
        && live.view().stream()
            .flatMap(view -> view.members().stream())
            .anyMatch(member -> !member.leads() && member.state().equals("streaming"));
  }

  private PlacedStep script(String description, String script, Duration timeout) {
    return PlacedStep.on(node.host(), new Step.RunScript(description, script, List.of(), timeout));
  }

  private PlacedStep handOver() {
    return script(
        "hand over to a replica: " + node.name() + " leads",
        """
        patronictl -c %1$s list %2$s -f tsv | awk -F '\\t' -v me=%3$s \\
          '$2 == me && $4 == "Leader" { found = 1 } END { exit !found }' || exit 0
        patronictl -c %1$s switchover %2$s --leader %3$s --force
        """
            .formatted(
                Shell.quote(NodeFile.PATH), Shell.quote(cluster.scope()), Shell.quote(node.name())),
        Duration.ofMinutes(5));
  }

  private PlacedStep awaitOtherLeader() {
    Probe<CommandOutput> question = EtcdKeys.probe(cluster);
    return PlacedStep.on(
        node.host(),
        new Step.Await(
            "wait until another node leads",
            List.of(new PlacedProbe(node.host(), question)),
            answers -> {
              EtcdKeys keys = EtcdKeys.of(answers.get(node.host(), question), cluster);
              return Verdict.when(
                  keys.leader().filter(leader -> !leader.equals(node.name())).isPresent(),
                  keys.answered() ? "no other node leads yet" : "etcd does not answer");
            },
            Duration.ofMinutes(3)));
  }

  /** Its member key would expire by itself, but only after the ttl; Patroni is stopped by now. */
  private PlacedStep unregister() {
    String key = cluster.prefix() + "members/" + node.name();
    return script(
        "take " + node.name() + " out of the list of members in etcd",
        EtcdGateway.of(cluster).delete(EtcdGateway.key(key)),
        Duration.ofSeconds(60));
  }

  /** The packages stay, but nobody upgrades a held one. */
  private PlacedStep release() {
    return PlacedStep.on(
        node.host(),
        new Step.HoldPackages(List.of(NodeLive.packages(cluster).getFirst(), "patroni"), false));
  }

  private PlacedStep markKept() {
    return PlacedStep.on(
        node.host(),
        new Step.WriteFile(
            node.dataDirectory() + "/" + NodeFacts.KEPT,
            List.of(Fragment.plain(NodeLive.mark(node, cluster) + "\n")),
            0600,
            "postgres",
            "postgres",
            java.util.Optional.empty(),
            java.util.Optional.empty()));
  }

  /** What was not an artifact: the password file, and the line that kept 17/main away. */
  private PlacedStep clean() {
    return script(
        "remove " + NodeFile.PASSWORD_FILE + " and what kept the package from making a cluster",
        """
        rm -f %1$s
        file=/etc/postgresql-common/createcluster.conf
        if [ "$(cat "$file" 2>/dev/null)" = 'create_main_cluster = false' ]; then
          if [ -f "$file.ucf-dist" ]; then mv -f "$file.ucf-dist" "$file"; else rm -f "$file"; fi
        else
          [ ! -f "$file" ] ||
            sed -i 's/^create_main_cluster = false$/#create_main_cluster = true/' "$file"
        fi
        """
            .formatted(Shell.quote(NodeFile.PASSWORD_FILE)),
        Duration.ofSeconds(30));
  }
}
