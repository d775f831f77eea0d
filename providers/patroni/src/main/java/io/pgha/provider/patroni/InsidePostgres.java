package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lives inside the PostgreSQL of a cluster: asked of the servers on all its nodes, changed on
 * the one that is not in recovery.
 *
 * @param cluster the cluster
 * @param nodes its nodes
 */
record InsidePostgres(ClusterConfig cluster, List<NodeConfig> nodes) {
  /**
   * What a destroyed object that stays is marked with, so that the next apply may resume with it.
   */
  static final String KEPT = "pgha: kept when its resource was destroyed";

  static Optional<InsidePostgres> of(Instance instance) {
    return instance
        .reference(AttributePath.of("cluster"))
        .map(ClusterConfig::of)
        .map(cluster -> new InsidePostgres(cluster, cluster.nodes()));
  }

  /** One query to the server of every node. */
  List<PlacedProbe> probes(String query) {
    List<PlacedProbe> probes = new ArrayList<>();
    for (NodeConfig node : nodes) {
      if (!node.host().isEmpty()) {
        probes.add(new PlacedProbe(node.host(), question(node, query)));
      }
    }
    return probes;
  }

  private Probe<SqlRows> question(NodeConfig node, String query) {
    return new Probe.OfSql(node.port(), cluster.socketDirectory(node), "postgres", query);
  }

  /**
   * A server that takes writes, and its answer.
   *
   * @param row the query's first row; its column in_recovery is f
   */
  record Primary(NodeConfig node, Map<String, String> row) {}

  /** The server that is not in recovery; empty where none answers, or more than one. */
  Optional<Primary> primary(String query, ProbeResults answers) {
    List<Primary> primaries = primaries(query, answers);
    return primaries.size() == 1 ? Optional.of(primaries.getFirst()) : Optional.empty();
  }

  /** The questions of {@link #leader}: {@link #probes}, and who leads by Patroni's word. */
  List<PlacedProbe> leaderProbes(String query) {
    List<PlacedProbe> probes = new ArrayList<>(probes(query));
    probes.addAll(ClusterView.probes(nodes, "/cluster"));
    return probes;
  }

  /**
   * The server that takes writes, where it is certain that it is the one: a former leader that was
   * cut off takes itself for it too. So where any other node is silent Patroni must name it.
   */
  Optional<Primary> leader(String query, ProbeResults answers) {
    return primary(query, answers)
        .filter(primary ->
            nodes.stream().allMatch(node -> answered(node, query, answers))
                || ClusterView.of(nodes, answers)
                    .flatMap(ClusterView::leader)
                    .filter(leader -> leader.name().equals(primary.node().name()))
                    .isPresent());
  }

  private boolean answered(NodeConfig node, String query, ProbeResults answers) {
    return !node.host().isEmpty()
        && answers.get(node.host(), question(node, query)).found().isPresent();
  }

  /** Why a node's server did not answer a query; empty where it did. */
  Optional<String> failure(NodeConfig node, String query, ProbeResults answers) {
    return switch (answers.get(node.host(), question(node, query))) {
      case ProbeResult.Found<SqlRows> _ -> Optional.empty();
      case ProbeResult.Absent<SqlRows> _ ->
          Optional.of(
              "psql is not there, or no server listens on port %d in %s"
                  .formatted(node.port(), cluster.socketDirectory(node)));
      case ProbeResult.Failed<SqlRows>(String reason) -> Optional.of(reason);
      case ProbeResult.Unreachable<SqlRows>(String reason) -> Optional.of(reason);
    };
  }

  /** All servers that are not in recovery. */
  List<Primary> primaries(String query, ProbeResults answers) {
    List<Primary> primaries = new ArrayList<>();
    for (NodeConfig node : nodes) {
      if (!node.host().isEmpty()) {
        answers
            .get(node.host(), question(node, query))
            .found()
            .map(SqlRows::first)
            .filter(row -> "f".equals(row.get("in_recovery")))
            .ifPresent(row -> primaries.add(new Primary(node, row)));
      }
    }
    return List.copyOf(primaries);
  }

  /** What to do where something is to go from a cluster that nobody leads. */
  static Diagnostic nobodyLeads(String what, Instance instance) {
    return Diagnostic.warning(
            "nobody-leads",
            "Nobody leads, who could take the " + what + " away",
            "It is there as long as no server took it away: apply fails where none leads by then."
                + " See why with patronictl list on one of the nodes. Where the whole cluster goes"
                + " and will not lead again, run first: pgha state rm '"
                + instance.address()
                + "'.")
        .about(instance.address());
  }

  /** A step of SQL on the primary, or on whoever leads by then. */
  PlacedStep step(
      Optional<Primary> primary, String description, List<Fragment> sql, boolean transaction) {
    NodeConfig node =
        primary
            .map(Primary::node)
            .or(() -> nodes.stream().findFirst())
            .orElseThrow(() -> new IllegalStateException("the cluster has no node"));
    Target target =
        primary
            .<Target>map(found -> new Target.Host(found.node().host()))
            .orElseGet(() -> new Target.Leader(cluster.address()));
    List<Fragment> quiet = new ArrayList<>();
    // A verifier is no password, yet it has no business in the server's log either.
    quiet.add(Fragment.plain("SET log_statement = 'none';\n"));
    quiet.addAll(sql);
    return new PlacedStep(
        target,
        new Step.RunSql(
            description,
            node.port(),
            cluster.socketDirectory(node),
            "postgres",
            quiet,
            transaction,
            Duration.ofMinutes(2)));
  }
}
