package io.pgha.provider.patroni;

import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Has the leader drop the physical replication slot of a member that left. Patroni 4 keeps it for
 * {@code member_slots_ttl} (half an hour by default), in case the member comes back, and WAL with
 * it; a slot dropped behind its back is made again. So the time is made short until the slot is
 * gone, and then what it was.
 */
final class SlotRemoval {
  private SlotRemoval() {}

  /** The name that Patroni gives a member's slot. Source: slot_name_from_member_name of Patroni. */
  static String slot(String member) {
    StringBuilder slot = new StringBuilder();
    member
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(point -> {
          if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') || point == '_') {
            slot.appendCodePoint(point);
          } else if (point == '-' || point == '.') {
            slot.append('_');
          } else {
            slot.append("u%04d".formatted(point));
          }
        });
    return slot.length() > 63 ? slot.substring(0, 63) : slot.toString();
  }

  /**
   * The step; none where nobody else is a member, or nobody may change the cluster. The member is
   * out of the list of members by then.
   */
  static Optional<PlacedStep> step(NodeConfig node, NodeLive live) {
    ClusterConfig cluster = live.cluster();
    List<NodeConfig> others =
        cluster.nodes().stream().filter(other -> !other.name().equals(node.name())).toList();
    List<Fragment> credentials =
        LiveNodeFile.of(node, live.answers())
            .restCredentials()
            .or(cluster::restCredentials)
            .map(NodeSteps::curlUser)
            .orElse(List.of());
    if (others.isEmpty() || credentials.isEmpty() || !live.etcd().answered()) {
      return Optional.empty();
    }
    return Optional.of(
        PlacedStep.on(
            node.host(),
            new Step.RunScript(
                "have the leader drop the replication slot of " + node.name(),
                script(node, cluster, others, before(live)),
                credentials,
                Duration.ofMinutes(2))));
  }

  /** The time as it is now, to be put back. */
  private static String before(NodeLive live) {
    Object now = live.etcd().config().map(config -> config.get("member_slots_ttl")).orElse(null);
    return "{\"member_slots_ttl\":" + (now == null ? "null" : Trees.json(now)) + "}";
  }

  private static String script(
      NodeConfig node, ClusterConfig cluster, List<NodeConfig> others, String before) {
    StringBuilder apis = new StringBuilder();
    others.forEach(other -> apis.append(' ').append(Shell.quote(other.api())));
    return """
    credentials=$(cat)
    leader=
    for api in%1$s; do
      if curl -sf --noproxy '*' --max-time 4 -o /dev/null "$api/primary"; then leader=$api; fi
    done
    if [ -z "$leader" ]; then
      echo 'no other member leads: there is nobody who keeps the slot'
      exit 0
    fi
    # 409: somebody else changed the configuration at that moment, such as another member that leaves
    patch() {
      for try in $(seq 1 20); do
        code=$(printf '%%s\\n' "$credentials" | curl -s --noproxy '*' --config - --max-time 10 \\
          -o /dev/null -w '%%{http_code}' -X PATCH -d "$1" "$leader/config")
        [ "$code" = 409 ] || break
        sleep 0.5
      done
      printf '%%s\\n' "$code"
    }
    status() {
    %2$s
      return 1
    }
    tries=0
    while
      found=$(status) || { echo 'etcd does not answer' >&2; patch %5$s; exit 1; }
      printf '%%s' "$found" | sed -n 's/.*"value":"\\([^"]*\\)".*/\\1/p' | base64 -d | grep -qF %3$s
    do
      if [ "$tries" = 60 ]; then
        patch %5$s
        echo 'the slot %4$s is still there: see pg_replication_slots on the leader' >&2
        exit 1
      fi
      said=$(patch '{"member_slots_ttl":1}')
      [ "$said" = 200 ] || { echo "PATCH $leader/config was answered with status $said" >&2; exit 1; }
      tries=$((tries + 1))
      sleep 1
    done
    said=$(patch %5$s)
    [ "$said" = 200 ] || { echo "PATCH $leader/config was answered with status $said" >&2; exit 1; }
    """
        .formatted(
            apis,
            EtcdGateway.of(cluster)
                .range(EtcdGateway.key(cluster.prefix() + "status"), "return")
                .indent(2)
                .stripTrailing(),
            Shell.quote("\"" + slot(node.name()) + "\""),
            slot(node.name()),
            Shell.quote(before));
  }
}
