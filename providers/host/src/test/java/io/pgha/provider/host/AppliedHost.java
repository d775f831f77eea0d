package io.pgha.provider.host;

import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.testing.Drifts;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine with a host as it was applied, that a test then changes. */
final class AppliedHost {
  static final String ADDRESS = "host.db[\"psql-db-1\"]";

  final FakeMachines machines =
      new FakeMachines().machine(ADDRESS, FakeMachines.debian13("psql-db-1"));
  private final HostType type = new HostType(Map.of());
  private final FakeInstance host;
  private final Prior prior;

  /** A host with these arguments beside its name and address. */
  AppliedHost(Map<String, Object> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("name", "psql-db-1");
    all.put("address", "192.168.228.141");
    host = new FakeInstance.World().add(type, ADDRESS, all);
    machines.file(ADDRESS, "/run/systemd/container", "systemd-nspawn", 0444, "root", "root");
    Change change = type.plan(new PlanRequest(host, false, Optional.empty(), live(), false));
    machines.run(change.prepare());
    machines.run(change.activate());
    prior = new Prior(host.stored(), live().artifacts());
  }

  private Live live() {
    return type.read(host, machines.askedOnly(type.probes(host)));
  }

  /** What has drifted. */
  List<Difference> drift() {
    return Drifts.of(type, new PlanRequest(host, false, Optional.of(prior), live(), true));
  }
}
