package io.pgha.provider.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.testing.Drifts;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostDriftTests {
  private static final String HOST = "host.db[\"psql-db-1\"]";
  private static final String SUDOERS = "/etc/sudoers.d/app";
  private static final String NOTE = "/etc/motd";

  private final FakeInstance.World world = new FakeInstance.World();
  private final HostType type = new HostType(Map.of());
  private final FakeMachines machines =
      new FakeMachines().machine(HOST, FakeMachines.debian13("psql-db-1"));
  private final FakeInstance host =
      world.add(
          type,
          HOST,
          Map.of(
              "name",
              "psql-db-1",
              "address",
              "192.168.228.141",
              "files",
              Map.of(SUDOERS, Map.of("content", "app\n"), NOTE, Map.of("content", "hello\n"))));
  private final Prior prior;

  HostDriftTests() {
    machines.file(HOST, "/run/systemd/container", "systemd-nspawn", 0444, "root", "root");
    Change change = type.plan(new PlanRequest(host, false, Optional.empty(), live(), false));
    machines.run(change.activate());
    prior = new Prior(host.stored(), live().artifacts());
  }

  private Live live() {
    return type.read(host, machines.askedOnly(type.probes(host)));
  }

  private List<Difference> differences() {
    return Drifts.of(type, new PlanRequest(host, false, Optional.of(prior), live(), true));
  }

  private List<String> drift() {
    return Drifts.words(differences());
  }

  private void machine(String name, long memory, long offset) {
    MachineFacts plain = FakeMachines.debian13("psql-db-1");
    machines.machine(
        HOST,
        new MachineFacts(
            plain.machineId(),
            name,
            plain.osId(),
            plain.osVersion(),
            plain.osCodename(),
            plain.kernel(),
            plain.architecture(),
            plain.processors(),
            memory,
            plain.addresses(),
            offset,
            plain.bootId()));
  }

  @Test
  void whatIsAsAppliedIsNotTold() {
    assertThat(drift()).isEmpty();
  }

  @Test
  void filesAreGradedByWhatTheySettle() {
    machines.file(HOST, SUDOERS, "app ALL\n", 0644, "root", "root");
    machines.file(HOST, NOTE, "bye\n", 0644, "root", "root");
    assertThat(drift())
        .extracting(words -> words.replaceFirst(":.*", ""))
        .containsExactlyInAnyOrder("security file-content file", "degraded file-content file");
  }

  @Test
  void whatAFileSaysIsAsOldAsItAndItsPermissionsAsItsLastChange() {
    machines
        .file(HOST, SUDOERS, "app\n", 0666, "root", "root")
        .written(HOST, SUDOERS, 1_780_000_000)
        .changed(HOST, SUDOERS, 1_790_000_000);
    machines
        .file(HOST, NOTE, "bye\n", 0644, "root", "root")
        .written(HOST, NOTE, 1_790_000_100)
        .changed(HOST, NOTE, 1_790_000_200);
    assertThat(differences())
        .extracting(Difference::code, Difference::since)
        .containsExactlyInAnyOrder(
            tuple("file-permissions", new Since(1_790_000_000, "the file's last change")),
            tuple("file-content", new Since(1_790_000_100, "the file's time")));
  }

  @Test
  void whatIsOnlyWrittenAnewByThePlanDidNotDrift() {
    FakeInstance newer =
        new FakeInstance.World()
            .add(
                type,
                HOST,
                Map.of(
                    "name",
                    "psql-db-1",
                    "address",
                    "192.168.228.141",
                    "files",
                    Map.of(
                        SUDOERS,
                        Map.of("content", "app\n"),
                        NOTE,
                        Map.of("content", "hello, in other words\n"))));
    machines.file(HOST, NOTE, "hello\n", 0666, "root", "root");
    PlanRequest request = new PlanRequest(newer, false, Optional.of(prior), live(), true);
    assertThat(Drifts.of(type, request))
        .extracting(Difference::code)
        .as("what differs in configuration is no drift")
        .containsExactly("attribute", "file-permissions");
  }

  @Test
  void anotherNameAndAClockThatIsOffAreTold() {
    machine("other", 8L << 30, 5_000);
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "degraded host-name name: other, expected psql-db-1",
            "degraded clock-offset : off, expected right");
    assertThat(type.passing()).containsExactly("clock-offset");
  }

  @Test
  void anotherKernelIsNotAnotherMemory() {
    Value before = memory(8_000L << 20);
    assertThat(memory((8_000L << 20) + 4_000_000)).isEqualTo(before);
    assertThat(memory(16_000L << 20)).isNotEqualTo(before);
    machine("psql-db-1", 7_935L << 20, 0);
    ObjectValue applied = prior.attributes().with("memory_bytes", before);
    Change change =
        type.plan(
            new PlanRequest(
                host, false, Optional.of(new Prior(applied, prior.artifacts())), live(), true));
    assertThat(change.computed().get("memory_bytes")).isEqualTo(before);
  }

  private Value memory(long bytes) {
    machine("psql-db-1", bytes, 0);
    return live().attributes().get("memory_bytes");
  }
}
