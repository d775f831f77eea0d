package io.pgha.provider.keepalived;

import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The guide's two load balancers and the address that floats between them. */
final class Pair {
  static final String VIP = "192.168.228.140";
  static final List<String> PEERS = List.of("192.168.228.144", "192.168.228.145");

  final VipType type = new VipType();
  final FakeInstance.World world = new FakeInstance.World();
  final FakeMachines machines = new FakeMachines();

  Pair() {
    world.add(Neighbour.NODE, "patroni_node.db", Map.of());
    for (int number = 1; number <= 2; number++) {
      String address = PEERS.get(number - 1);
      world.add(
          Neighbour.HOST, host(number), Map.of("name", "psql-lb-" + number, "address", address));
      world.add(
          Neighbour.LB,
          "haproxy_lb.main[\"psql-lb-" + number + "\"]",
          Map.of("host", host(number), "nodes", List.of("patroni_node.db")));
      holds(number, false);
    }
    member(1, Map.of());
    member(2, Map.of());
    says(1, "");
    says(2, "");
  }

  static String host(int number) {
    return "host.lb[\"psql-lb-" + number + "\"]";
  }

  static String name(int number) {
    return "vip.main[\"psql-lb-" + number + "\"]";
  }

  /** A member as the guide has it, with some arguments of its own. */
  FakeInstance member(int number, Map<String, ?> more) {
    Map<String, Object> arguments = new TreeMap<>();
    arguments.put("host", host(number));
    arguments.put("address", VIP);
    arguments.put("peers", PEERS);
    arguments.put("virtual_router_id", 51);
    arguments.put("priority", 102 - number);
    arguments.put("auth_pass", "s3cret_x");
    arguments.putAll(more);
    arguments.values().removeIf(value -> value.equals("none"));
    return world.add(type, name(number), arguments);
  }

  /** Whether the host's interface has the address. */
  void holds(int number, boolean held) {
    List<String> addresses = new ArrayList<>();
    addresses.add("eth0 " + PEERS.get(number - 1) + "/24");
    if (held) {
      addresses.add("eth0 " + VIP + "/24");
    }
    MachineFacts plain = FakeMachines.debian13("psql-lb-" + number);
    machines.machine(
        host(number),
        new MachineFacts(
            plain.machineId(),
            plain.hostName(),
            plain.osId(),
            plain.osVersion(),
            plain.osCodename(),
            plain.kernel(),
            plain.architecture(),
            plain.processors(),
            plain.memoryBytes(),
            addresses,
            0,
            plain.bootId()));
  }

  /** What the host says of the address. */
  void says(int number, String output) {
    FakeInstance member = world.get(name(number));
    machines.command(host(number), VipStatus.probe(VipConfig.of(member)), 0, output);
  }

  static final String ANSWERED =
      "answers\nmac 02:00:00:00:00:01\npeer 02:00:00:00:00:01\npeer 02:00:00:00:00:02\n";

  Change plan(FakeInstance member, boolean deletion, Optional<Prior> prior) {
    ProbeResults answers = machines.askedOnly(type.probes(member));
    Live live = type.read(member, answers);
    return type.plan(new PlanRequest(member, deletion, prior, live, prior.isPresent()));
  }

  Live live(int number) {
    return type.read(world.get(name(number)), machines);
  }

  /** Makes both members, the first one holding the address, and says what state keeps of them. */
  List<Prior> make() {
    List<Prior> priors = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      Change change = plan(world.get(name(number)), false, Optional.empty());
      machines.run(change.prepare());
      machines.run(change.activate());
    }
    holds(1, true);
    says(1, "state master\nheld\n");
    says(2, "state backup\n" + ANSWERED);
    for (int number = 1; number <= 2; number++) {
      FakeInstance member = world.get(name(number));
      priors.add(new Prior(member.stored(), type.read(member, machines).artifacts()));
    }
    return priors;
  }

  Change update(int number, List<Prior> priors) {
    return plan(world.get(name(number)), false, Optional.of(priors.get(number - 1)));
  }

  static List<String> described(List<PlacedStep> steps) {
    return steps.stream().map(PlacedStep::step).map(Step::describe).toList();
  }
}
