package io.pgha.provider.patroni;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.probe.ProbeResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Servers that run and gave no answer to pgha: what they run with is not known, and must not be
 * called clean. Whether one runs is Patroni's word, which asks over a connection of its own.
 */
final class UnaskedServers {
  private final ClusterConfig cluster;
  private final ProbeResults answers;

  private UnaskedServers(ClusterConfig cluster, ProbeResults answers) {
    this.cluster = cluster;
    this.answers = answers;
  }

  /** One finding for each. A server that is stopped or just starts is none: others tell that. */
  static List<Difference> of(ClusterConfig cluster, ProbeResults answers) {
    UnaskedServers servers = new UnaskedServers(cluster, answers);
    List<Difference> told = new ArrayList<>();
    for (NodeConfig node : cluster.nodes()) {
      if (servers.runs(node)) {
        servers.failure(node).ifPresent(reason -> told.add(unasked(node, reason)));
      }
    }
    return told;
  }

  /** Patroni says running only once its own query was answered. */
  private boolean runs(NodeConfig node) {
    return ClusterView.answer(node, "/patroni", answers)
        .filter(body -> ClusterView.text(body, "state").equals("running"))
        .isPresent();
  }

  private Optional<String> failure(NodeConfig node) {
    InsidePostgres inside = new InsidePostgres(cluster, cluster.nodes());
    return inside
        .failure(node, RunningSettings.query(cluster), answers)
        .or(() -> inside.failure(node, PatroniRoles.query(cluster), answers));
  }

  private static Difference unasked(NodeConfig node, String reason) {
    // The first line names the cause; psql and the server add hints to it.
    String line = reason.strip().lines().findFirst().orElse("no reason was given").strip();
    return PatroniFinding.UNASKED
        .on(node.host(), "", "PostgreSQL answers", "PostgreSQL runs, but gave no answer")
        .because(
            "What %s runs with, its passwords, and whether it takes writes were not looked at. pgha asks by psql as the user postgres over the local socket. It failed: %s%s"
                .formatted(node.name(), line, line.endsWith(".") ? "" : "."));
  }
}
