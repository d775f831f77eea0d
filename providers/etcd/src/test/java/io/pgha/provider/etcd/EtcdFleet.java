package io.pgha.provider.etcd;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Type;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The guide's machines with their etcd, in memory: what curl answers follows from who runs. */
final class EtcdFleet {
  /** A stand-in for the type {@code host}: a member needs its address only. */
  private static final ResourceType HOST =
      new ResourceType() {
        @Override
        public String name() {
          return "host";
        }

        @Override
        public Schema schema() {
          return new Schema(1, "", List.of(Attribute.required("address", Type.STRING, "")), "");
        }

        @Override
        public List<PlacedProbe> probes(Instance instance) {
          return List.of();
        }

        @Override
        public Live read(Instance instance, ProbeResults results) {
          return new Live(Live.Presence.DEFAULT, "", ObjectValue.EMPTY, List.of(), results);
        }

        @Override
        public Change plan(PlanRequest request) {
          return Change.none(ObjectValue.EMPTY);
        }
      };

  /** The ids that the guide prints, in decimal as the gateway gives them. */
  static final Map<Integer, String> IDS =
      Map.of(
          1, "7322717562411929391",
          2, "8295553310555208448",
          3, "4090101436374083188",
          4, "444",
          5, "555");

  private static String id(int number) {
    return IDS.getOrDefault(number, "0");
  }

  final FakeInstance.World world = new FakeInstance.World();
  final FakeMachines machines =
      new FakeMachines().available("etcd-server", "3.5.16-4").available("etcd-client", "3.5.16-4");
  final EtcdMemberType type = new EtcdMemberType();
  private final Map<String, Prior> priors = new TreeMap<>();
  private final Map<Integer, String> line = new TreeMap<>();
  private final Set<Integer> healthy = new java.util.TreeSet<>();
  private String loopback = "";
  private int leader = 3;

  static String host(int number) {
    return "host.db[\"psql-db-" + number + "\"]";
  }

  static String address(int number) {
    return "etcd_member.db[\"psql-db-" + number + "\"]";
  }

  static Map<String, Object> peers(int... numbers) {
    Map<String, Object> peers = new LinkedHashMap<>();
    for (int number : numbers) {
      peers.put("etcd-" + number, "192.168.228.14" + number);
    }
    return peers;
  }

  /** Declares members with these peers. */
  EtcdFleet declare(Map<String, Object> peers, int... numbers) {
    return declare(peers, Map.of(), numbers);
  }

  EtcdFleet declare(Map<String, Object> peers, Map<String, Object> more, int... numbers) {
    for (int number : numbers) {
      world.add(HOST, host(number), Map.of("address", "192.168.228.14" + number));
    }
    for (int number : numbers) {
      Map<String, Object> arguments = new HashMap<>();
      arguments.put("host", host(number));
      arguments.put("name", "etcd-" + number);
      arguments.put("peers", peers);
      arguments.putAll(more);
      world.add(type, address(number), arguments);
    }
    return this;
  }

  FakeInstance instance(int number) {
    return world.get(address(number));
  }

  EtcdMember member(int number) {
    return EtcdMember.of(instance(number)).orElseThrow();
  }

  /** A member that is in the list, started, and healthy or not. */
  EtcdFleet runs(int number, boolean isHealthy) {
    line.put(number, entry(number, "etcd-" + number, true, false));
    if (isHealthy) {
      healthy.add(number);
    } else {
      healthy.remove(number);
    }
    return this;
  }

  /** A line of the member list. */
  EtcdFleet listed(int number, String name, boolean started, boolean learner) {
    line.put(number, entry(number, name, started, learner));
    return this;
  }

  /** No line of the member list any more. */
  EtcdFleet unlisted(int number) {
    line.remove(number);
    healthy.remove(number);
    return this;
  }

  EtcdFleet leads(int number) {
    leader = number;
    return this;
  }

  /** What listens on loopback of every machine without being a declared member. */
  EtcdFleet onLoopback(String clusterId, String revision) {
    loopback =
        fields(
            true,
            status(clusterId, "1", "1", revision),
            list(
                clusterId,
                "1",
                "{\"ID\":\"1\",\"name\":\"x\",\"peerURLs\":[\"http://localhost:2380\"],\"clientURLs\":[\"http://localhost:2379\"]}"));
    return this;
  }

  private static String entry(int number, String name, boolean started, boolean learner) {
    String url = "http://192.168.228.14" + number;
    return "{\"ID\":\"%s\", \"name\":\"%s\", \"peerURLs\":[\"%s:2380\"], \"clientURLs\":[%s]%s}"
        .formatted(
            id(number),
            name,
            url,
            started ? "\"" + url + ":2379\"" : "",
            learner ? ", \"isLearner\":true" : "");
  }

  private static String status(String cluster, String id, String leads, String revision) {
    return "{\"header\":{\"cluster_id\":\"%s\", \"member_id\":\"%s\", \"revision\":\"%s\"}, \"version\":\"3.5.16\", \"leader\":\"%s\"}"
        .formatted(cluster, id, revision, leads);
  }

  private static String list(String cluster, String id, String members) {
    return "{\"header\":{\"cluster_id\":\"%s\", \"member_id\":\"%s\"}, \"members\":[%s]}"
        .formatted(cluster, id, members);
  }

  private static String fields(boolean isHealthy, String status, String list) {
    return "{\"health\":\"%s\",\"reason\":\"\"}\t%s\t%s\t".formatted(isHealthy, status, list);
  }

  /** Puts what curl answers on a machine in place. */
  void answer(int number) {
    EtcdMember member = member(number);
    StringBuilder output = new StringBuilder();
    for (String peer : member.peers().keySet()) {
      int other = Integer.parseInt(peer.substring(peer.length() - 1));
      output.append(peer).append('\t').append(answerOf(other)).append('\n');
    }
    output
        .append(ClusterView.LOOPBACK)
        .append('\t')
        .append(loopback.isEmpty() ? answerOf(number) : loopback)
        .append('\n');
    machines.command(host(number), ClusterView.probe(member), 0, output.toString());
  }

  private String answerOf(int number) {
    boolean up = line.containsKey(number) && line.get(number).contains("2379");
    return up && (healthy.contains(number) || isIll(number))
        ? fields(
            healthy.contains(number),
            status("3990937823521030424", id(number), id(leader), "7"),
            list("3990937823521030424", id(number), String.join(", ", line.values())))
        : "\t\t\t";
  }

  private final Set<Integer> ill = new java.util.TreeSet<>();

  /** A member that answers and says that it is not healthy. */
  EtcdFleet ails(int number) {
    runs(number, false);
    ill.add(number);
    return this;
  }

  private boolean isIll(int number) {
    return ill.contains(number);
  }

  Live live(int number) {
    answer(number);
    Instance instance = instance(number);
    return type.read(instance, machines.askedOnly(type.probes(instance)));
  }

  Change plan(int number) {
    return plan(number, false, priors.containsKey(address(number)));
  }

  Change plan(int number, boolean deletion, boolean claimed) {
    return type.plan(
        new PlanRequest(
            instance(number),
            deletion,
            Optional.ofNullable(priors.get(address(number))),
            live(number),
            claimed));
  }

  /** What state keeps of a member. */
  Prior prior(int number) {
    return java.util.Objects.requireNonNull(priors.get(address(number)));
  }

  /** Does the steps of a change; returns those that only a real machine can do. */
  List<PlacedStep> run(Change change) {
    List<PlacedStep> rest = new ArrayList<>(machines.run(change.prepare()));
    rest.addAll(machines.run(change.activate()));
    return rest;
  }

  /** Keeps what is there now as the member's state. */
  EtcdFleet record(int... numbers) {
    for (int number : numbers) {
      List<ArtifactDigest> digests = live(number).artifacts();
      priors.put(address(number), new Prior(instance(number).stored(), digests));
    }
    return this;
  }

  /** The guide's three members, made and recorded. */
  static EtcdFleet made() {
    return made(Map.of());
  }

  /** The same with further arguments of each member. */
  static EtcdFleet made(Map<String, Object> more) {
    EtcdFleet fleet = new EtcdFleet().declare(peers(1, 2, 3), more, 1, 2, 3);
    for (int number : new int[] {1, 2, 3}) {
      fleet.run(fleet.plan(number));
      fleet.machines.directory(
          host(number), fleet.member(number).membership(), 0700, "etcd", "etcd");
      fleet.runs(number, true);
    }
    return fleet.record(1, 2, 3);
  }

  Group group(Set<String> removed, int... numbers) {
    List<Instance> members = new ArrayList<>();
    Map<String, Live> live = new TreeMap<>();
    for (int number : numbers) {
      members.add(instance(number));
      live.put(address(number), live(number));
    }
    return new Group("etcd cluster etcd-cluster", members, live, removed);
  }

  static List<String> words(List<PlacedStep> steps) {
    return steps.stream().map(each -> each.step().describe()).toList();
  }
}
