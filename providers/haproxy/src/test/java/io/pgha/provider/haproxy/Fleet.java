package io.pgha.provider.haproxy;

import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The guide's three nodes and two load balancers. */
final class Fleet {
  static final String LB1 = "host.lb[\"psql-lb-1\"]";
  static final String LB2 = "host.lb[\"psql-lb-2\"]";
  static final String DEFAULT = "global\n  daemon\n";

  final HaproxyLbType type = new HaproxyLbType();
  final FakeInstance.World world = new FakeInstance.World();
  final FakeMachines machines = new FakeMachines();

  Fleet() {
    for (int number = 1; number <= 3; number++) {
      String host = "host.db[\"psql-db-" + number + "\"]";
      String address = "192.168.228." + (140 + number);
      world.add(Neighbour.HOST, host, Map.of("name", "psql-db-" + number, "address", address));
      world.add(
          Neighbour.NODE,
          node(number),
          Map.of(
              "host",
              host,
              "cluster",
              "patroni_cluster.main",
              "name",
              "psql-db-" + number,
              "address",
              address));
    }
    world.add(Neighbour.HOST, LB1, Map.of("name", "psql-lb-1", "address", "192.168.228.144"));
    world.add(Neighbour.HOST, LB2, Map.of("name", "psql-lb-2", "address", "192.168.228.145"));
  }

  static String node(int number) {
    return "patroni_node.db[\"psql-db-" + number + "\"]";
  }

  static List<String> nodes() {
    return List.of(node(1), node(2), node(3));
  }

  /** The guide's load balancer with some arguments of its own. */
  FakeInstance lb(String host, Map<String, ?> more) {
    Map<String, Object> arguments = new TreeMap<>();
    arguments.put("host", host);
    arguments.put("nodes", nodes());
    arguments.put("maxconn", 400);
    arguments.put("log", "127.0.0.1 local2");
    arguments.put("stats", Map.of("password", "s3cret-stats"));
    arguments.putAll(more);
    return world.add(type, host.replace("host.lb", "haproxy_lb.main"), arguments);
  }

  FakeInstance lb(Map<String, ?> more) {
    return lb(LB1, more);
  }

  /** A host after the package came. */
  void installed(String host) {
    machines.software(host, "haproxy", "3.0.11-1", false).software(host, "socat", "1.8", false);
    machines.packageDefault(host, LbFile.PATH, DEFAULT);
    machines.unit(host, LbLive.UNIT, true, false);
  }

  /** HAProxy with psql-db-1 as the primary. */
  static final String HEALTHY =
      stat(
          """
          production FRONTEND OPEN
          production psql-db-1 UP
          production psql-db-2 DOWN
          production psql-db-3 DOWN
          production BACKEND UP
          standby FRONTEND OPEN
          standby psql-db-1 DOWN
          standby psql-db-2 UP
          standby psql-db-3 UP
          standby BACKEND UP
          """);

  /**
   * What the host says where HAProxy answers: {@code show stat} as version 3.0 prints it.
   *
   * @param lines listener, server and status
   */
  static String stat(String lines) {
    StringBuilder output = new StringBuilder("asked\n");
    output.append(
        "# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck\n");
    lines
        .lines()
        .map(line -> line.split(" ", 3))
        .forEach(words ->
            output.append(
                "%s,%s,0,0,0,0,,0,0,0,,0,,0,0,0,0,%s,1,1,0\n".formatted((Object[]) words)));
    return output.append('\n').toString();
  }

  void status(String host, String output) {
    machines.command(host, LbStatus.probe(), 0, output);
  }

  Change plan(FakeInstance lb, boolean deletion, Optional<Prior> prior) {
    ProbeResults answers = machines.askedOnly(type.probes(lb));
    Live live = type.read(lb, answers);
    return type.plan(new PlanRequest(lb, deletion, prior, live, prior.isPresent()));
  }

  /** Makes the load balancer as an apply does, and says what state then keeps. */
  Prior make(FakeInstance lb) {
    Change change = plan(lb, false, Optional.empty());
    machines.run(change.prepare());
    machines.run(change.activate());
    String host = io.pgha.provider.Values.of(lb).text("host");
    machines.unit(host, LbLive.UNIT, true, true);
    status(host, HEALTHY);
    Live live = type.read(lb, machines);
    return new Prior(lb.stored(), live.artifacts());
  }

  Change update(FakeInstance lb, Prior prior) {
    return plan(lb, false, Optional.of(prior));
  }

  static List<String> described(List<PlacedStep> steps) {
    return steps.stream().map(PlacedStep::step).map(Step::describe).toList();
  }
}
