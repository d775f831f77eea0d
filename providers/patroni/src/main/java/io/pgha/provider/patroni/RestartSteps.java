package io.pgha.provider.patroni;

import io.pgha.provider.patroni.ClusterView.Member;
import io.pgha.provider.patroni.DynamicDiff.ParameterChange;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Restarts of members, one by one, each back in step before the next. A member is done when its
 * flag is cleared and its server shows the new values, whatever HTTP said.
 */
final class RestartSteps {
  private static final Duration RESTART = Duration.ofMinutes(10);

  /** A member that is down takes the change when it is started. */
  private static final Set<String> RUNNING = Set.of("running", "streaming");

  private final ClusterConfig cluster;
  private final ClusterLive live;
  private final List<Member> members;
  private final List<NodeConfig> nodes;

  RestartSteps(ClusterConfig cluster, ClusterLive live) {
    this.cluster = cluster;
    this.live = live;
    this.nodes = cluster.nodes();
    this.members =
        live.view().map(ClusterView::members).orElse(List.of()).stream()
            .filter(member -> RUNNING.contains(member.state()))
            .filter(member ->
                live.node(member.name())
                    .flatMap(node -> ClusterView.answer(node, "/cluster", live.answers()))
                    .isPresent())
            .toList();
  }

  private NodeConfig node(Member member) {
    return nodes.stream()
        .filter(each -> each.name().equals(member.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a member waits for a restart and does not say for what. */
  boolean waitsWithoutReason() {
    return members.stream()
        .anyMatch(member -> member.waitsForRestart() && member.pendingRestart().isEmpty());
  }

  /** What the waiting members say they wait for. */
  List<ParameterChange> pendingChanges() {
    List<ParameterChange> changes = new ArrayList<>();
    for (Member member : members) {
      for (Map.Entry<String, Object> reason : member.pendingRestart().entrySet()) {
        if (reason.getValue() instanceof Map<?, ?> values) {
          Map<String, Object> both = Trees.strings(values);
          changes.add(
              new ParameterChange(
                  reason.getKey(),
                  Optional.ofNullable(both.get("old_value")).map(Trees::text),
                  Optional.ofNullable(both.get("new_value")).map(Trees::text)));
        }
      }
    }
    return changes;
  }

  private Optional<Member> leader() {
    return members.stream().filter(Member::leads).findFirst();
  }

  private List<Member> replicas() {
    return members.stream().filter(member -> !member.leads()).toList();
  }

  /** Who leads after a switchover: a synchronous replica before others, never one that must not. */
  private Optional<Member> candidate() {
    List<Member> able = replicas().stream().filter(member -> !node(member).neverLeads()).toList();
    return able.stream()
        .filter(Member::isSynchronous)
        .findFirst()
        .or(() -> able.stream().findFirst());
  }

  boolean canSwitchOver() {
    return leader().isPresent() && candidate().isPresent();
  }

  /** The names of all members that run. */
  Set<String> all() {
    return members.stream().map(Member::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of those that wait for a restart. */
  Set<String> waiting() {
    return members.stream()
        .filter(Member::waitsForRestart)
        .map(Member::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What restarting some members, replicas first, does to the cluster. */
  Effect effect(Set<String> names) {
    boolean leads = leader().filter(leader -> names.contains(leader.name())).isPresent();
    if (!leads) {
      return new Effect(
          Effect.Kind.RESTART, "restart of " + String.join(", ", names) + ", one by one");
    }
    return canSwitchOver()
        ? new Effect(
            Effect.Kind.SWITCHOVER, "restart of the replicas one by one, then one switchover")
        : new Effect(Effect.Kind.RESTART, "restart of every member");
  }

  private PlacedStep on(Member member, Step step) {
    return PlacedStep.on(node(member).host(), step);
  }

  /** Before anything restarts. */
  PlacedStep awaitHealth() {
    Step step =
        new Step.Await(
            "wait until one member leads and every other one streams with low lag",
            ClusterView.probes(nodes, "/cluster"),
            answers ->
                ClusterView.of(nodes, answers)
                    .map(ClusterView::health)
                    .orElseGet(() -> new Verdict.NotYet("no member answers")),
            Duration.ofMinutes(5));
    return PlacedStep.on(nodes.getFirst().host(), step);
  }

  /** Until every member's server has taken the change, or says that it needs a restart for it. */
  Optional<PlacedStep> awaitTaken(List<ParameterChange> changes) {
    List<ParameterChange> checked =
        changes.stream()
            .map(ParameterChange::resolved)
            .filter(change -> change.after().isPresent())
            .toList();
    if (checked.isEmpty() || members.isEmpty()) {
      return Optional.empty();
    }
    List<PlacedProbe> probes = new ArrayList<>(ClusterView.probes(nodes, "/cluster"));
    members.forEach(
        member -> probes.add(new PlacedProbe(node(member).host(), shown(member, checked))));
    Step step =
        new Step.Await(
            "wait until every member has taken the change",
            probes,
            answers -> {
              Optional<ClusterView> view = ClusterView.of(nodes, answers);
              for (Member member : members) {
                boolean flagged =
                    view.flatMap(each -> each.member(member.name()))
                        .map(Member::waitsForRestart)
                        .orElse(false);
                Optional<String> behind = disagreement(member, checked, answers);
                if (!flagged && behind.isPresent()) {
                  return new Verdict.NotYet(behind.get());
                }
              }
              return Verdict.holds();
            },
            Duration.ofSeconds(60 + 3 * cluster.values().integer("loop_wait").orElse(10L)));
    return Optional.of(PlacedStep.on(nodes.getFirst().host(), step));
  }

  private Probe<SqlRows> shown(Member member, List<ParameterChange> changes) {
    TreeSet<String> names = new TreeSet<>();
    changes.forEach(change -> names.add(SqlText.literal(change.name())));
    NodeConfig node = node(member);
    return new Probe.OfSql(
        node.port(),
        cluster.socketDirectory(node),
        "postgres",
        "SELECT name, setting, coalesce(unit, '') AS unit FROM pg_settings WHERE name IN ("
            + String.join(", ", names)
            + ")");
  }

  /** Which value a server shows other than it should; empty where all agree. */
  private Optional<String> disagreement(
      Member member, List<ParameterChange> changes, ProbeResults answers) {
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Optional<SqlRows> rows = answers.get(node(member).host(), shown(member, changes)).found();
    if (rows.isEmpty()) {
      return Optional.of("PostgreSQL on " + member.name() + " does not answer");
    }
    for (ParameterChange change : changes) {
      for (int row = 0; row < rows.get().rows().size(); row++) {
        String setting = rows.get().value(row, "setting").orElse("");
        if (rows.get().value(row, "name").filter(change.name()::equalsIgnoreCase).isPresent()
            && !PostgresSetting.same(change.name(), change.after().orElse(setting), setting)) {
          if (cluster.hides(change.name())) {
            return Optional.of(
                "%s shows another %s than declared".formatted(member.name(), change.name()));
          }
          return Optional.of(
              "%s shows %s = %s, not %s"
                  .formatted(
                      member.name(), change.name(), setting, change.after().orElse("its default")));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Replicas one by one, then a switchover to one of them; the demotion restarts the old leader.
   *
   * @param names those that must restart; where the leader is not among them nobody hands over
   */
  List<PlacedStep> replicasFirst(List<ParameterChange> changes, Set<String> names) {
    List<PlacedStep> steps = new ArrayList<>();
    Optional<Member> leader = leader().filter(member -> names.contains(member.name()));
    Optional<Member> next = leader.flatMap(member -> candidate());
    for (Member replica : replicas()) {
      if (names.contains(replica.name()) || next.filter(replica::equals).isPresent()) {
        steps.addAll(restart(replica, changes));
      }
    }
    if (leader.isPresent()) {
      steps.addAll(
          next.map(successor -> switchOver(leader.get(), successor, changes))
              .orElseGet(() -> restart(leader.get(), changes)));
    }
    return steps;
  }

  /** The primary, then the replicas: what it lowers must reach them by the log first. */
  List<PlacedStep> primaryFirst(List<ParameterChange> changes) {
    List<PlacedStep> steps = new ArrayList<>();
    // After a switchover of an earlier pass another member leads: the role guard of the request
    // skips whoever does not have the role, so each member is asked in both.
    for (String role : List.of("primary", "replica")) {
      for (Member member : ordered(role)) {
        steps.add(restartRequest(member, role));
      }
      if (role.equals("primary")) {
        steps.add(awaitHealth());
        steps.add(LoweredValues.await(cluster, members.stream().map(this::node).toList(), changes));
      }
    }
    for (Member member : members) {
      steps.add(awaitDone(member, changes));
    }
    return steps;
  }

  private List<Member> ordered(String role) {
    List<Member> ordered = new ArrayList<>(role.equals("primary") ? List.of() : replicas());
    leader().ifPresent(ordered::add);
    if (role.equals("primary")) {
      ordered.addAll(replicas());
    }
    return ordered;
  }

  private List<PlacedStep> restart(Member member, List<ParameterChange> changes) {
    return List.of(
        restartRequest(member, member.leads() ? "primary" : "replica"), awaitDone(member, changes));
  }

  private PlacedStep restartRequest(Member member, String role) {
    return on(
        member,
        new Step.SendHttp(
            "POST /restart to " + member.name() + " if it is a " + role + " that waits for it",
            "POST",
            node(member).api() + "/restart",
            List.of(Fragment.plain("{\"restart_pending\":true,\"role\":\"" + role + "\"}")),
            live.credentials(node(member)),
            Set.of(200, 503),
            RESTART));
  }

  private List<PlacedStep> switchOver(Member from, Member to, List<ParameterChange> changes) {
    return List.of(
        on(
            from,
            new Step.SendHttp(
                "POST /switchover from " + from.name() + " to " + to.name(),
                "POST",
                node(from).api() + "/switchover",
                List.of(
                    Fragment.plain(
                        Trees.json(Map.of("leader", from.name(), "candidate", to.name())))),
                live.credentials(node(from)),
                Set.of(200),
                RESTART)),
        awaitDone(to, changes),
        awaitDone(from, changes));
  }

  private PlacedStep awaitDone(Member member, List<ParameterChange> changes) {
    List<ParameterChange> checked =
        changes.stream()
            .map(ParameterChange::resolved)
            .filter(change -> change.after().isPresent())
            .toList();
    List<PlacedProbe> probes = new ArrayList<>(ClusterView.probes(nodes, "/cluster"));
    probes.addAll(ClusterView.probes(List.of(node(member)), "/patroni"));
    if (!checked.isEmpty()) {
      probes.add(new PlacedProbe(node(member).host(), shown(member, checked)));
    }
    return on(
        member,
        new Step.Await(
            "wait until "
                + member.name()
                + " is in step, waits for no restart and shows the values",
            probes,
            answers -> done(member, checked, answers),
            RESTART));
  }

  private Verdict done(Member member, List<ParameterChange> checked, ProbeResults answers) {
    Optional<ClusterView> view = ClusterView.of(nodes, answers);
    Optional<Member> leader = view.flatMap(ClusterView::leader);
    Optional<Member> now = view.flatMap(each -> each.member(member.name()));
    if (leader.isEmpty() || now.isEmpty()) {
      return new Verdict.NotYet("the cluster has no leader");
    }
    Optional<String> trouble = now.get().trouble(leader.get());
    if (trouble.isPresent()) {
      return new Verdict.NotYet(trouble.get());
    }
    boolean flagged =
        now.get().waitsForRestart()
            || ClusterView.answer(node(member), "/patroni", answers)
                .map(body -> Boolean.TRUE.equals(body.get("pending_restart")))
                .orElse(true);
    if (flagged) {
      return new Verdict.NotYet(member.name() + " still waits for a restart");
    }
    return disagreement(member, checked, answers)
        .<Verdict>map(Verdict.NotYet::new)
        .orElseGet(Verdict::holds);
  }
}
