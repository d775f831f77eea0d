package io.pgha.provider.patroni;

import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as one of its members sees it: the answer to {@code GET /cluster}.
 *
 * @param members its members, as Patroni lists them
 * @param paused whether automatic failover is switched off
 */
record ClusterView(List<Member> members, boolean paused) {
  /** A replica further behind than this is not in step. */
  static final long LOW_LAG = 16L * 1024 * 1024;

  ClusterView {
    members = List.copyOf(members);
  }

  /**
   * A member.
   *
   * @param role leader, standby_leader, replica, sync_standby or quorum_standby
   * @param state such as running, streaming, stopped, creating replica
   * @param lag bytes behind; empty where unknown
   * @param pendingRestart the parameters that wait for a restart, old and new value
   */
  record Member(
      String name,
      String role,
      String state,
      Optional<BigDecimal> timeline,
      Optional<BigDecimal> lag,
      boolean waitsForRestart,
      Map<String, Object> pendingRestart) {
    boolean leads() {
      return role.equals("leader") || role.equals("standby_leader") || role.equals("master");
    }

    boolean isSynchronous() {
      return role.equals("sync_standby") || role.equals("quorum_standby");
    }

    /** Why it does not follow the leader as it should; empty where it does. */
    Optional<String> trouble(Member leader) {
      if (leads()) {
        return state.equals("running") ? Optional.empty() : Optional.of(name + " is " + state);
      }
      if (!state.equals("streaming")) {
        return Optional.of(name + " is " + state + ", not streaming");
      }
      if (!timeline.equals(leader.timeline())) {
        return Optional.of(
            name
                + " is on timeline "
                + timeline.map(Trees::text).orElse("unknown")
                + ", the leader on "
                + leader.timeline().map(Trees::text).orElse("unknown"));
      }
      if (lag.isEmpty() || lag.get().compareTo(BigDecimal.valueOf(LOW_LAG)) > 0) {
        return Optional.of(
            name
                + " lags "
                + lag.map(Trees::text).orElse("an unknown number of")
                + " bytes behind");
      }
      return Optional.empty();
    }
  }

  /** The questions to all members: what each answers about the cluster. */
  static List<PlacedProbe> probes(List<NodeConfig> nodes, String path) {
    List<PlacedProbe> probes = new ArrayList<>();
    for (NodeConfig node : nodes) {
      if (!node.host().isEmpty() && !node.address().isEmpty()) {
        probes.add(new PlacedProbe(node.host(), question(node, path)));
      }
    }
    return probes;
  }

  static Probe<HttpAnswer> question(NodeConfig node, String path) {
    return Probe.OfHttp.get(node.api() + path);
  }

  /** A member's JSON answer; empty where it did not give one. */
  static Optional<Map<String, Object>> answer(NodeConfig node, String path, ProbeResults answers) {
    if (node.host().isEmpty() || node.address().isEmpty()) {
      return Optional.empty();
    }
    ProbeResult<HttpAnswer> result = answers.get(node.host(), question(node, path));
    return result.found().flatMap(http -> Trees.parseObject(http.body()));
  }

  /** The view of the first member that answers, preferring one that sees a leader. */
  static Optional<ClusterView> of(List<NodeConfig> nodes, ProbeResults answers) {
    Optional<ClusterView> any = Optional.empty();
    for (NodeConfig node : nodes) {
      Optional<ClusterView> view =
          answer(node, "/cluster", answers)
              .filter(body -> body.containsKey("members"))
              .map(ClusterView::parse);
      if (view.flatMap(ClusterView::leader).isPresent()) {
        return view;
      }
      any = any.or(() -> view);
    }
    return any;
  }

  private static ClusterView parse(Map<String, Object> body) {
    List<Member> members = new ArrayList<>();
    if (body.get("members") instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map) {
          members.add(member(Trees.strings(map)));
        }
      }
    }
    return new ClusterView(members, Boolean.TRUE.equals(body.get("pause")));
  }

  private static Member member(Map<String, Object> map) {
    return new Member(
        text(map, "name"),
        text(map, "role"),
        text(map, "state"),
        number(map, "timeline"),
        number(map, "lag"),
        Boolean.TRUE.equals(map.get("pending_restart")),
        new LinkedHashMap<>(Trees.child(map, "pending_restart_reason")));
  }

  static String text(Map<String, Object> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  static Optional<BigDecimal> number(Map<String, Object> map, String key) {
    return map.get(key) instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }

  Optional<Member> member(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  Optional<Member> leader() {
    List<Member> leaders = members.stream().filter(Member::leads).toList();
    return leaders.size() == 1 ? Optional.of(leaders.getFirst()) : Optional.empty();
  }

  /**
   * One leader, all other registered members streaming on its timeline with low lag, not paused.
   */
  Verdict health() {
    Optional<Member> leader = leader();
    if (leader.isEmpty()) {
      return new Verdict.NotYet("the cluster has no leader");
    }
    if (paused) {
      return new Verdict.NotYet("the cluster is paused: resume it with patronictl resume");
    }
    List<String> troubles =
        members.stream().flatMap(member -> member.trouble(leader.get()).stream()).toList();
    return Verdict.when(troubles.isEmpty(), String.join("; ", troubles));
  }
}
