package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import io.pgha.provider.change.Prior;
import io.pgha.provider.patroni.ClusterView.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a person should know of a cluster that pgha does not mend itself: electing a leader is
 * Patroni's business, and whose an unknown member is only its owner knows. Roles that move are none
 * of it.
 */
final class ClusterHealth {
  private final ClusterLive live;
  private final Optional<Prior> prior;

  private ClusterHealth(ClusterLive live, Optional<Prior> prior) {
    this.live = live;
    this.prior = prior;
  }

  /**
   * What there is to say.
   *
   * @param prior the cluster as it was last applied: one that is only being made is not ill
   */
  static List<Diagnostic> warnings(ClusterLive live, Optional<Prior> prior) {
    if (prior.isEmpty() || live.cluster().nodes().isEmpty() || !live.hasMembers()) {
      return List.of();
    }
    ClusterHealth health = new ClusterHealth(live, prior);
    List<Diagnostic> warnings = new ArrayList<>();
    if (live.view().flatMap(ClusterView::leader).isEmpty()) {
      warnings.add(health.noLeader());
    }
    List<String> undeclared = health.undeclared();
    if (!undeclared.isEmpty()) {
      warnings.add(health.undeclared(undeclared));
    }
    return warnings;
  }

  private Diagnostic noLeader() {
    String scope = live.cluster().scope();
    return Diagnostic.warning(
            "no-leader",
            live.view().isPresent()
                ? "The cluster %s has no leader".formatted(scope)
                : "No node of the cluster %s answers".formatted(scope),
            "Nobody takes writes: %s. The passwords of its users, its roles and its databases were"
                    .formatted(String.join(", ", states()))
                + " not compared: for them the plan goes by what was last applied. Patroni elects"
                + " a leader by itself as soon as it can; where it does not, see patronictl -c "
                + NodeFile.PATH
                + " list and journalctl -u patroni on a node, and whether etcd has a quorum.")
        .about(live.cluster().address());
  }

  /** How each declared node is doing, and each member besides. */
  private List<String> states() {
    List<String> states = new ArrayList<>();
    for (NodeConfig node : live.cluster().nodes()) {
      boolean answers = ClusterView.answer(node, "/cluster", live.answers()).isPresent();
      String state =
          live.view()
              .flatMap(view -> view.member(node.name()))
              .map(ClusterHealth::state)
              .orElse("no member");
      states.add(node.name() + " is " + state + (answers ? "" : " and does not answer"));
    }
    for (Member member : members()) {
      if (live.node(member.name()).isEmpty()) {
        states.add(member.name() + " is " + state(member));
      }
    }
    return states;
  }

  private static String state(Member member) {
    return "a %s, %s".formatted(member.role().replace('_', ' '), member.state());
  }

  private List<Member> members() {
    return live.view().map(ClusterView::members).orElse(List.of());
  }

  /**
   * Members that no node of the configuration is. As many as there are hosts whose nodes are about
   * to go are taken for those.
   */
  private List<String> undeclared() {
    List<String> names =
        members().stream()
            .filter(member -> live.node(member.name()).isEmpty())
            .map(member -> member.name() + " (" + state(member) + ")")
            .toList();
    TreeSet<String> leaving =
        new TreeSet<>(
            prior
                .map(each -> new Values(each.attributes()).strings("member_hosts"))
                .orElse(List.of()));
    live.cluster().nodes().forEach(node -> leaving.remove(node.host()));
    return names.size() > leaving.size() ? names : List.of();
  }

  private Diagnostic undeclared(List<String> names) {
    return Diagnostic.warning(
            "undeclared-member",
            "Members of the cluster %s that nobody declares".formatted(live.cluster().scope()),
            String.join(", ", names)
                + ". A switchover or a failover may make one of them the leader, to which no load"
                + " balancer leads. Declare it as a patroni_node and pgha import it, or stop"
                + " Patroni on its machine.")
        .about(live.cluster().address())
        .of(AttributePath.of("scope"));
  }
}
