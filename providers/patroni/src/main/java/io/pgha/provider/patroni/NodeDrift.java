package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.artifact.ServiceDrift;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.patroni.ClusterView.Member;
import io.pgha.provider.probe.ProbeResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of a node that is not as it was last applied. Its role is none of it. */
final class NodeDrift {
  private static final String UNIT = "unit:" + NodeLive.UNIT;
  private static final String FILE = "file:" + NodeFile.PATH;

  private final NodeConfig node;
  private final NodeLive live;
  private final ServiceDrift service;

  private NodeDrift(NodeConfig node, NodeLive live) {
    this.node = node;
    this.live = live;
    this.service = service(node);
  }

  static ServiceDrift service(NodeConfig node) {
    return new ServiceDrift(node.host(), "patroni", NodeLive.UNIT, NodeFile.PATH);
  }

  static List<Difference> of(PlanRequest applied, List<Difference> differences) {
    NodeConfig node = NodeConfig.of(applied.instance());
    if (node.cluster().isEmpty()) {
      return differences;
    }
    return new NodeDrift(node, NodeLive.of(node, applied.live().answers())).of(differences);
  }

  private List<Difference> of(List<Difference> differences) {
    if (differences.stream().anyMatch(each -> each.code().equals("gone"))) {
      return differences.stream()
          .map(each ->
              live.facts().answered()
                  ? each.graded(Grade.DANGER).because("Nothing of the node is left, nor data.")
                  : each.because("Nothing of the node was found. Its data could not be looked at."))
          .toList();
    }
    List<Difference> told = new ArrayList<>();
    for (Difference each : service.causes(differences, live.artifacts(), live.answers())) {
      if (!each.code().equals("unhealthy-node")) {
        told.add(graded(each));
      }
    }
    if (isDataMissing()) {
      told.removeIf(each ->
          each.code().equals("directory-missing")
              && each.subject().equals("directory:" + node.dataDirectory()));
      told.add(dataMissing());
    } else if (!service.isDown(live.answers())
        && told.stream().noneMatch(each -> each.code().equals("package-missing"))) {
      health().ifPresent(told::add);
      HbaDrift.of(node, live).ifPresent(told::add);
    }
    told.addAll(
        CertificateDrift.of(
            node.host(),
            NodeCertificates.paths(node, live.cluster()),
            live.answers(),
            Instant.now()));
    told.addAll(
        service.overrides(node.instance().reference(AttributePath.of("host")), live.answers()));
    return told;
  }

  /** A replica that Patroni is just making has no data yet; what nobody saw is not missing. */
  private boolean isDataMissing() {
    boolean making = live.member().filter(each -> each.state().startsWith("creating")).isPresent();
    return live.facts().answered() && !live.facts().hasData() && !making;
  }

  private Difference dataMissing() {
    return PatroniFinding.DATA_MISSING
        .on(node.host(), "directory:" + node.dataDirectory(), "the data of the cluster", "no data")
        .because(
            "The node has no copy of the data any more. Where it is no leader, Patroni makes a new"
                + " copy of the leader's.");
  }

  private Difference graded(Difference each) {
    return switch (each.code()) {
      case "file-content" ->
          each.subject().equals(FILE) ? NodeFileDrift.graded(each, node, live) : each;
      case "file-missing" ->
          each.because("Patroni runs on with what it has read, and can't be started again.");
      case "directory-missing" ->
          each.graded(Grade.DANGER).because("What the server would put there it can't keep.");
      case "unit-state" -> each.because(unitWords(each));
      case "attribute" -> PatroniFinding.FORMER_VERSION.like(each);
      case "patroni-too-old" -> each.graded(Grade.DEGRADED);
      case "other-clusters" -> PatroniFinding.OTHER_CLUSTERS.like(each);
      default -> each;
    };
  }

  private String unitWords(Difference each) {
    if (!each.subject().equals(UNIT)) {
      return "The distribution's own clusters run under it, beside Patroni's.";
    }
    return service.isDown(live.answers())
        ? "The cluster has one copy less of its data, and nobody on this host can take over."
        : "It runs, but would not come back after a restart of the machine.";
  }

  /** The question for its keys needs curl too, and says so where there is none. */
  private boolean isUnasked() {
    return live.answers().get(node.host(), EtcdKeys.probe(live.cluster()))
        instanceof ProbeResult.Absent<?>;
  }

  private Optional<Difference> health() {
    if (!live.runs() && isUnasked()) {
      return Optional.of(ServiceDrift.commandMissing(node.host(), "curl"));
    }
    if (!live.runs()) {
      return Optional.of(
          PatroniFinding.SILENT
              .on(node.host(), "", "Patroni answers", "Patroni runs, but does not answer")
              .because(
                  "Its unit is active, but %s gives no answer. See journalctl -u patroni on that host."
                      .formatted(node.api())));
    }
    Optional<Member> leader = live.view().flatMap(ClusterView::leader);
    if (leader.isEmpty()) {
      // That is the cluster's to tell.
      return Optional.empty();
    }
    if (live.member().isEmpty()) {
      return Optional.of(
          PatroniFinding.NOT_A_MEMBER
              .on(node.host(), "", "a member of the cluster", "Patroni runs, but is no member")
              .because(
                  "It is not in the list of members in etcd. See journalctl -u patroni on that"
                      + " host."));
    }
    return trouble(live.member().get(), leader.get());
  }

  /**
   * What the node itself says counts beside what etcd has of it: that is as old as Patroni's last
   * loop.
   */
  private Optional<Difference> trouble(Member member, Member leader) {
    if (member.leads()) {
      boolean runs =
          member.state().equals("running")
              || ClusterView.text(live.patroni(), "state").equals("running");
      return runs
          ? Optional.empty()
          : Optional.of(
              PatroniFinding.LEADER_NOT_RUNNING
                  .on(node.host(), "state", "running", member.state())
                  .because("It has the leader's lock, and takes no writes."));
    }
    boolean streams =
        member.state().equals("streaming")
            || ClusterView.text(live.patroni(), "replication_state").equals("streaming");
    Optional<BigDecimal> own = ClusterView.number(live.patroni(), "timeline").or(member::timeline);
    boolean apart =
        own.isPresent()
            && leader.timeline().isPresent()
            && own.get().compareTo(leader.timeline().get()) != 0
            && !member.timeline().equals(leader.timeline());
    if (apart) {
      return Optional.of(otherTimeline(own.get(), leader));
    }
    if (!streams) {
      return Optional.of(notStreaming(member));
    }
    return member.state().equals("streaming")
            && member.lag().filter(lag -> lag.compareTo(LOW) > 0).isPresent()
        ? Optional.of(lags(member.lag().get()))
        : Optional.empty();
  }

  private static final BigDecimal LOW = BigDecimal.valueOf(ClusterView.LOW_LAG);

  private Difference otherTimeline(BigDecimal own, Member leader) {
    return PatroniFinding.OTHER_TIMELINE
        .on(
            node.host(),
            "timeline",
            leader.timeline().map(Trees::text).orElse("the leader's"),
            Trees.text(own))
        .because(
            "It went another way than the leader %s, and takes nothing in. What only it has is lost once it is rewound or made anew: see patronictl list, pg_rewind in the log, and patronictl reinit."
                .formatted(leader.name()));
  }

  private Difference notStreaming(Member member) {
    return PatroniFinding.NOT_STREAMING
        .on(node.host(), "state", "streaming", member.state())
        .because(
            "It takes in nothing that the leader writes. Patroni brings it back by itself where it"
                + " can; where it stays so, see the server's log and patronictl reinit.");
  }

  private Difference lags(BigDecimal bytes) {
    return PatroniFinding.LAGS
        .on(node.host(), "lag", "less than 16 MiB behind", "far behind")
        .because(
            "It is %s bytes behind the leader: a failover to it would lose them, or is refused."
                .formatted(Trees.text(bytes)));
  }
}
