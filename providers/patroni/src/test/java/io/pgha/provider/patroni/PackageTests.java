package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import org.junit.jupiter.api.Test;

/** Holds, and another minor version of PostgreSQL. */
final class PackageTests {
  private final Fleet fleet = new Fleet();

  private void installed(String version, boolean held) {
    for (int number = 1; number <= 3; number++) {
      fleet.machines.software(Fleet.host(number), "postgresql-17", version, held);
      fleet.machines.software(Fleet.host(number), "patroni", "4.0.7-3", held);
    }
  }

  private void running(String argument, Object value, String version, boolean held) {
    fleet.node.put(argument, value);
    fleet.declare();
    fleet.running();
    installed(version, held);
    fleet.appliedAll();
  }

  @Test
  void holdPackagesWithoutTouchingTheServer() {
    running("hold_packages", true, "17.12-1", false);
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.effect()).isEqualTo(Effect.NONE);
    assertThat(change.artifacts())
        .extracting(each -> each.key() + " " + each.summary())
        .containsExactlyInAnyOrder(
            "package:postgresql-17 not on hold -> on hold",
            "package:patroni not on hold -> on hold");
    assertThat(Fleet.words(change.prepare())).containsExactly("hold patroni, postgresql-17");
    assertThat(change.activate()).isEmpty();
  }

  @Test
  void findAHoldThatSomebodyTookOff() {
    running("hold_packages", true, "17.12-1", true);
    assertThat(fleet.plan(Fleet.node(2)).action()).isEqualTo(Action.NO_OP);
    installed("17.12-1", false);
    assertThat(fleet.plan(Fleet.node(2)).artifacts())
        .extracting(ArtifactChange::reason)
        .containsExactly("changed outside pgha", "changed outside pgha");
  }

  @Test
  void leaveHoldsAloneWhereNobodyAsks() {
    fleet.running().appliedAll();
    installed("17.12-1", true);
    assertThat(fleet.plan(Fleet.node(2)).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void releaseWhatTheyHeldOnDestroy() {
    running("hold_packages", true, "17.12-1", true);
    assertThat(Fleet.words(fleet.plan(Fleet.node(2), true, true).activate()))
        .contains("unhold postgresql-17, patroni");
  }

  @Test
  void replaceAReplicasServerInItsTurn() {
    running("package_version", "17.12-1", "17.12-1", false);
    fleet.node.put("package_version", "17.13-1");
    fleet.declare();
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.effect()).isEqualTo(new Effect(Effect.Kind.RESTART, "restart of a replica"));
    assertThat(change.prepare()).isEmpty();
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "install postgresql-17=17.13-1",
            "POST /restart to psql-db-2",
            "wait until psql-db-2 leads or streams");
  }

  @Test
  void replaceTheServerOfAnImportedNodeInItsTurnToo() {
    fleet.running();
    installed("17.12-1", false);
    fleet.node.put("package_version", "17.13-1");
    fleet.declare();
    Change imported = fleet.plan(Fleet.node(2), false, true);
    assertThat(imported.action()).isEqualTo(Action.CREATE);
    assertThat(imported.effect().kind()).isEqualTo(Effect.Kind.RESTART);
    assertThat(fleet.plan(Fleet.node(1), false, true).effect().kind())
        .isEqualTo(Effect.Kind.SWITCHOVER);
  }

  @Test
  void replaceTheLeadersServerAfterItHandedOver() {
    running("package_version", "17.12-1", "17.12-1", false);
    fleet.node.put("package_version", "17.13-1");
    fleet.declare();
    Change change = fleet.plan(Fleet.node(1));
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.SWITCHOVER);
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "POST /switchover from psql-db-1 to psql-db-2",
            "wait until psql-db-1 streams as a replica",
            "install postgresql-17=17.13-1",
            "POST /restart to psql-db-1",
            "wait until psql-db-1 leads or streams");
  }

  @Test
  void finishARestartThatWasLeftBehindAnUpgrade() {
    running("package_version", "17.13-1", "17.13-1", false);
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.attributes())
        .extracting(each -> each.path() + ": " + each.reason())
        .containsExactly(
            "package_version: the server still runs the former version: it needs a restart");
    assertThat(Fleet.words(change.activate()))
        .containsExactly("POST /restart to psql-db-2", "wait until psql-db-2 leads or streams");
  }

  @Test
  void onlyWarnWhereNobodyAskedForAVersion() {
    fleet.running();
    installed("17.13-1", false);
    fleet.appliedAll();
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(change.diagnostics())
        .extracting(Diagnostic::summary)
        .containsExactly("psql-db-2 still runs PostgreSQL 17.12");
  }

  @Test
  void refuseTheVersionOfAnotherMajor() {
    fleet.node.put("package_version", "16.3-1");
    fleet.declare();
    assertThat(NodeValidation.of(fleet.config(1)))
        .extracting(Diagnostic::summary)
        .containsExactly("16.3-1 is not a version of PostgreSQL 17");
  }
}
