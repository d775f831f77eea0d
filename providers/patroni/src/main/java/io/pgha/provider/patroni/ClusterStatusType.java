package io.pgha.provider.patroni;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.DataType;
import io.pgha.provider.Instance;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The data source type {@code patroni_cluster}: who leads a cluster, and how its members are. */
final class ClusterStatusType implements DataType {
  private static final AttributePath CLUSTER = AttributePath.of("cluster");

  private static final String DOC =
      """
      How a cluster is right now, as its members say. It moves by itself: an output of it changes
      whenever another member leads.
      """;

  private static final String EXAMPLE =
      """
      data "patroni_cluster" "main" {
        cluster = patroni_cluster.main.id
      }

      output "leader" {
        value = data.patroni_cluster.main.leader
      }
      """;

  private static final Type MEMBER =
      new Type.ObjectType(
          new TreeMap<>(
              Map.of(
                  "role", Type.STRING,
                  "state", Type.STRING,
                  "timeline", Type.NUMBER,
                  "lag", Type.NUMBER)),
          java.util.Set.of());

  private static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("cluster", Type.STRING, "The cluster, as its `id`.")
                  .referringTo(PatroniClusterType.NAME),
              computed(
                  "leader",
                  Type.STRING,
                  "The name of the member that leads; null where none does."),
              computed("timeline", Type.NUMBER, "The leader's timeline."),
              computed("paused", Type.BOOL, "Whether automatic failover is switched off."),
              computed(
                  "members",
                  Type.map(MEMBER),
                  "By name, each member's `role` (such as `leader` or `replica`), `state` (such as"
                      + " `running` or `streaming`), `timeline`, and `lag` in bytes.")),
          EXAMPLE);

  @Override
  public String name() {
    return PatroniClusterType.NAME;
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<String> follows() {
    return List.of(PatroniNodeType.NAME);
  }

  private static List<NodeConfig> nodes(Instance instance) {
    return instance
        .reference(CLUSTER)
        .map(ClusterConfig::of)
        .map(ClusterConfig::nodes)
        .orElse(List.of());
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return ClusterView.probes(nodes(instance), "/cluster");
  }

  @Override
  public Reading read(Instance instance, ProbeResults results) {
    return ClusterView.of(nodes(instance), results)
        .<Reading>map(view -> new Reading.Found(of(view)))
        .orElseGet(() ->
            new Reading.Failed(
                Diagnostic.error(
                        "nobody-answers",
                        "No member of the cluster answers",
                        "None of its nodes tells who leads. See why with patronictl list on one of"
                            + " them.")
                    .about(instance.address())));
  }

  private static ObjectValue of(ClusterView view) {
    TreeMap<String, Value> members = new TreeMap<>();
    for (ClusterView.Member member : view.members()) {
      members.put(
          member.name(),
          ObjectValue.of(
              Map.of(
                  "role",
                  new Str(member.role()),
                  "state",
                  new Str(member.state()),
                  "timeline",
                  number(member.timeline()),
                  "lag",
                  number(member.lag()))));
    }
    Optional<ClusterView.Member> leader = view.leader();
    return ObjectValue.of(
        Map.of(
            "leader",
            leader
                .<Value>map(member -> new Str(member.name()))
                .orElseGet(() -> new Null(Type.STRING)),
            "timeline",
            number(leader.flatMap(ClusterView.Member::timeline)),
            "paused",
            view.paused() ? Bool.TRUE : Bool.FALSE,
            "members",
            new MapValue(MEMBER, members)));
  }

  private static Value number(Optional<BigDecimal> number) {
    return number.<Value>map(Num::new).orElseGet(() -> new Null(Type.NUMBER));
  }
}
