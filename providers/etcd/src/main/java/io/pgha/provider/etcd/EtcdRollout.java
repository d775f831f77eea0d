package io.pgha.provider.etcd;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Effect.Kind;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One member at a time, the leader last, and never below the quorum. The first start of a cluster
 * takes all members at once, for each waits for the others.
 */
final class EtcdRollout implements RolloutPolicy {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public List<Wave> waves(Group group, Map<String, Effect> pending) {
    List<Wave> waves = new ArrayList<>();
    if (isWholeGroupRemoved(group)) {
      return pending.isEmpty()
          ? List.of()
          : List.of(new Wave(List.copyOf(new TreeSet<>(pending.keySet())), "the whole cluster"));
    }
    Map<String, ClusterView> views = views(group);
    boolean running = views.values().stream().anyMatch(view -> view.cluster().isPresent());
    List<String> quiet = new ArrayList<>();
    List<String> joining = new ArrayList<>();
    List<String> disruptive = new ArrayList<>();
    new TreeMap<>(pending)
        .forEach((member, effect) -> {
          if (effect.kind().isDisruptive()) {
            disruptive.add(member);
          } else if (effect.kind() == Kind.BOOTSTRAP && running && !isAwaited(views, member)) {
            joining.add(member);
          } else {
            quiet.add(member);
          }
        });
    if (!quiet.isEmpty()) {
      waves.add(new Wave(quiet, running ? "" : "first start: each waits for the others"));
    }
    joining.forEach(member -> waves.add(new Wave(List.of(member), "joins as a learner")));
    disruptive.sort(
        Comparator.comparing((String member) -> group.removed().contains(member))
            .thenComparing(member -> isLeader(views, member))
            .thenComparing(Comparator.naturalOrder()));
    disruptive.forEach(member ->
        waves.add(new Wave(List.of(member), isLeader(views, member) ? "leader last" : "")));
    return waves;
  }

  @Override
  public Gate gate(Group group) {
    if (isWholeGroupRemoved(group)) {
      return Gate.OPEN;
    }
    List<EtcdMember> staying = staying(group);
    List<PlacedProbe> probes = new ArrayList<>();
    staying.forEach(
        member -> probes.add(new PlacedProbe(member.host(), ClusterView.probe(member))));
    return new Gate(
        "every etcd member is healthy", probes, results -> healthy(staying, results), PATIENCE);
  }

  /** Members that have not joined yet don't count: their turn may be still to come. */
  private static Verdict healthy(List<EtcdMember> members, ProbeResults results) {
    Set<String> ill = new TreeSet<>();
    for (EtcdMember member : members) {
      ClusterView view = ClusterView.of(member, results);
      boolean joined =
          view.own().isPresent() || view.entry().map(ClusterView.Entry::hasStarted).orElse(false);
      if (joined && !view.isHealthy()) {
        ill.add(member.name());
      }
    }
    return Verdict.when(ill.isEmpty(), "not healthy: " + String.join(", ", ill));
  }

  @Override
  public List<Diagnostic> refuse(Group group, Map<String, Effect> pending) {
    if (isWholeGroupRemoved(group)) {
      return List.of();
    }
    Map<String, ClusterView> views = views(group);
    Set<String> voters = new HashSet<>();
    Set<String> healthy = new HashSet<>();
    for (ClusterView view : views.values()) {
      view.cluster().stream()
          .flatMap(answer -> answer.members().stream())
          .filter(entry -> !entry.learner())
          .forEach(entry -> voters.add(entry.id()));
      view.answers().values().stream()
          .filter(ClusterView.Answer::healthy)
          .filter(answer -> !answer.memberId().isEmpty())
          .forEach(answer -> healthy.add(answer.memberId()));
    }
    healthy.retainAll(voters);
    if (voters.size() < 2) {
      return List.of();
    }
    List<Diagnostic> refusals = new ArrayList<>();
    pending.forEach((address, effect) -> {
      if (effect.kind().isDisruptive()) {
        refusal(group, address, effect, views, voters, healthy).ifPresent(refusals::add);
      }
    });
    return refusals;
  }

  /** A member that is not healthy now costs no vote by being restarted or removed. */
  private static Optional<Diagnostic> refusal(
      Group group,
      String address,
      Effect effect,
      Map<String, ClusterView> views,
      Set<String> voters,
      Set<String> healthy) {
    Set<String> leaving = new HashSet<>();
    if (group.removed().contains(address)) {
      group.removed().forEach(each -> own(views, each).ifPresent(leaving::add));
    } else if (effect.kind() == Kind.REMOVAL && views.containsKey(address)) {
      views.get(address).undeclared().forEach(entry -> leaving.add(entry.id()));
    }
    leaving.retainAll(voters);
    Set<String> disturbed = new HashSet<>(leaving);
    if (leaving.isEmpty()) {
      own(views, address).ifPresent(disturbed::add);
    }
    int quorum = (voters.size() - leaving.size()) / 2 + 1;
    Set<String> left = new HashSet<>(healthy);
    boolean harmless = !left.removeAll(disturbed);
    if (left.size() >= quorum || (harmless && leaving.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.error(
                "etcd-quorum",
                "The etcd cluster would lose its quorum",
                "%d of its %d members are healthy; with this change (%s) %d would be left, and %d are needed. Nothing was touched. Bring the other members back first: a plan shows what is wrong with them."
                    .formatted(
                        healthy.size(),
                        voters.size(),
                        effect.description().isEmpty() ? "a restart" : effect.description(),
                        left.size(),
                        quorum))
            .about(address));
  }

  private static Optional<String> own(Map<String, ClusterView> views, String address) {
    return Optional.ofNullable(views.get(address))
        .flatMap(ClusterView::entry)
        .map(ClusterView.Entry::id);
  }

  private static boolean isWholeGroupRemoved(Group group) {
    return group.members().stream().allMatch(member -> group.removed().contains(member.address()));
  }

  private static List<EtcdMember> staying(Group group) {
    return group.members().stream()
        .filter(member -> !group.removed().contains(member.address()))
        .flatMap(member -> EtcdMember.of(member).stream())
        .toList();
  }

  private static boolean isAwaited(Map<String, ClusterView> views, String address) {
    return Optional.ofNullable(views.get(address)).map(ClusterView::isAwaited).orElse(false);
  }

  private static boolean isLeader(Map<String, ClusterView> views, String address) {
    return Optional.ofNullable(views.get(address))
        .flatMap(ClusterView::own)
        .map(ClusterView.Answer::isLeader)
        .orElse(false);
  }

  private static Map<String, ClusterView> views(Group group) {
    Map<String, ClusterView> views = new TreeMap<>();
    for (Instance instance : group.members()) {
      Live live = group.live().get(instance.address());
      if (live != null) {
        EtcdMember.of(instance)
            .ifPresent(
                member -> views.put(instance.address(), ClusterView.of(member, live.answers())));
      }
    }
    return views;
  }
}
