package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Str;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The order of nodes: where there is no cluster yet one node bootstraps it alone and the others
 * follow together; everything else goes one by one, the leader last.
 */
final class NodeRollout implements RolloutPolicy {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public List<Wave> waves(Group group, Map<String, Effect> pending) {
    List<String> joining = new ArrayList<>();
    List<String> changing = new ArrayList<>();
    List<String> leaving = new ArrayList<>();
    new TreeMap<>(pending)
        .forEach((member, effect) -> {
          if (effect.kind() == Effect.Kind.REMOVAL || group.removed().contains(member)) {
            leaving.add(member);
          } else if (effect.kind().isDisruptive()) {
            changing.add(member);
          } else {
            joining.add(member);
          }
        });
    List<Wave> waves = new ArrayList<>(joining(group, joining));
    changing.sort(leaderLast(group));
    changing.forEach(member -> waves.add(new Wave(List.of(member), order(group, member))));
    waves.addAll(leaving(group, leaving));
    return waves;
  }

  private static List<Wave> joining(Group group, List<String> joining) {
    if (joining.isEmpty()) {
      return List.of();
    }
    if (joining.size() == 1 || isBootstrapped(group)) {
      return List.of(new Wave(joining, ""));
    }
    List<String> rest = new ArrayList<>(joining);
    rest.sort(
        Comparator.comparing((String member) -> progress(group, member))
            .reversed()
            .thenComparing(member -> name(group, member)));
    String first = rest.removeFirst();
    boolean resumes = !progress(group, first).isEmpty();
    return List.of(
        new Wave(
            List.of(first), resumes ? "its data got furthest" : "the first bootstraps the cluster"),
        new Wave(rest, "the others copy from the leader"));
  }

  private static List<Wave> leaving(Group group, List<String> leaving) {
    if (leaving.isEmpty()) {
      return List.of();
    }
    if (group.removed().size() == group.members().size()) {
      List<String> replicas = new ArrayList<>(leaving);
      List<String> leaders = leaving.stream().filter(each -> leads(group, each)).toList();
      replicas.removeAll(leaders);
      List<Wave> waves = new ArrayList<>();
      if (!replicas.isEmpty()) {
        waves.add(new Wave(replicas, "the whole cluster goes"));
      }
      if (!leaders.isEmpty()) {
        waves.add(new Wave(leaders, "the leader last"));
      }
      return waves;
    }
    List<String> ordered = new ArrayList<>(leaving);
    ordered.sort(leaderLast(group));
    return ordered.stream().map(each -> new Wave(List.of(each), order(group, each))).toList();
  }

  private static Comparator<String> leaderLast(Group group) {
    return Comparator.comparing((String member) -> leads(group, member))
        .thenComparing(Comparator.naturalOrder());
  }

  private static String order(Group group, String member) {
    return leads(group, member) ? "the leader last" : "replicas first";
  }

  private static boolean leads(Group group, String member) {
    Live live = group.live().get(member);
    return live != null
        && live.attributes().get("role") instanceof Str(String role)
        && (role.equals("primary") || role.equals("master") || role.equals("standby_leader"));
  }

  private static Optional<Instance> instance(Group group, String member) {
    return group.members().stream().filter(each -> each.address().equals(member)).findFirst();
  }

  private static String name(Group group, String member) {
    return instance(group, member).map(each -> NodeConfig.of(each).name()).orElse(member);
  }

  /** How far a node's data got; empty text where it has none. */
  private static String progress(Group group, String member) {
    Live live = group.live().get(member);
    Optional<NodeConfig> node =
        instance(group, member).map(NodeConfig::of).filter(each -> each.cluster().isPresent());
    if (live == null || node.isEmpty()) {
      return "";
    }
    NodeFacts facts = NodeLive.of(node.get(), live.answers()).facts();
    return facts.hasData() ? facts.progress() : "";
  }

  /** Whether any member that answered knows of a bootstrapped cluster. */
  private static boolean isBootstrapped(Group group) {
    for (Instance member : group.members()) {
      Live live = group.live().get(member.address());
      NodeConfig node = NodeConfig.of(member);
      if (live == null || node.cluster().isEmpty()) {
        continue;
      }
      ClusterConfig cluster = node.cluster().get();
      Probe<CommandOutput> question = EtcdKeys.probe(cluster);
      if (EtcdKeys.of(live.answers().get(node.host(), question), cluster)
          .initialize()
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Gate gate(Group group) {
    List<NodeConfig> nodes =
        group.members().stream()
            .filter(member -> !group.removed().contains(member.address()))
            .map(NodeConfig::of)
            .filter(node -> node.cluster().isPresent())
            .toList();
    if (nodes.isEmpty()) {
      return Gate.OPEN;
    }
    return new Gate(
        "one leader, every other member streaming on its timeline with low lag, not paused",
        ClusterView.probes(nodes, "/cluster"),
        answers ->
            ClusterView.of(nodes, answers)
                .map(ClusterView::health)
                .orElseGet(() -> new Verdict.NotYet("no member answers")),
        PATIENCE);
  }

  @Override
  public List<Diagnostic> refuse(Group group, Map<String, Effect> pending) {
    if (group.removed().isEmpty() || group.removed().size() == group.members().size()) {
      return List.of();
    }
    boolean oneStays =
        group.members().stream()
            .filter(member -> !group.removed().contains(member.address()))
            .anyMatch(member -> {
              Live live = group.live().get(member.address());
              return live != null && live.attributes().get("role") instanceof Str;
            });
    return oneStays
        ? List.of()
        : List.of(
            Diagnostic.error(
                "last-member",
                "No running node would stay in " + group.name(),
                "The nodes that stay declared don't run now, so removing the others would take the"
                    + " last copy of the data out of service. Bring a node that stays into the"
                    + " cluster first, or destroy the whole cluster."));
  }
}
