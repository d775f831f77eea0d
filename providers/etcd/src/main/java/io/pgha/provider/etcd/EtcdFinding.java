package io.pgha.provider.etcd;

import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import java.util.List;

/** What only etcd can tell of a member that is not as last applied. */
final class EtcdFinding {
  static final FindingKind FOREIGN_MEMBER =
      FindingKind.staying(
          "etcd-foreign-member",
          Grade.DANGER,
          "The member list has somebody whom nobody declares: the quorum is counted with it.");
  static final FindingKind NO_QUORUM =
      FindingKind.passing(
              "etcd-no-quorum",
              Grade.DANGER,
              "Too few voters are well: nothing can be written, and Patroni soon has no leader.")
          .repairedByHand();
  static final FindingKind UNHEALTHY =
      FindingKind.passing(
              "etcd-member-unhealthy",
              Grade.DEGRADED,
              "The member says that it is ill while the cluster is well.")
          .repairedByHand();
  static final FindingKind SILENT =
      FindingKind.passing(
              "etcd-member-silent", Grade.DEGRADED, "The unit runs, and nobody answers.")
          .repairedByHand();
  static final FindingKind LEARNER =
      FindingKind.passing("etcd-member-learner", Grade.DEGRADED, "The member does not vote yet.");
  static final FindingKind EXPELLED =
      FindingKind.staying(
          "etcd-member-expelled", Grade.DEGRADED, "The others took the member off their list.");
  static final FindingKind DATA_MISSING =
      FindingKind.staying(
          "etcd-data-missing", Grade.DANGER, "The member's log and snapshots are gone.");
  static final FindingKind OTHER_CLUSTER =
      FindingKind.staying(
          "etcd-other-cluster", Grade.DANGER, "What runs there is a member of another cluster.");

  /** All of them. */
  static final List<FindingKind> ALL =
      List.of(
          FOREIGN_MEMBER,
          NO_QUORUM,
          UNHEALTHY,
          SILENT,
          LEARNER,
          EXPELLED,
          DATA_MISSING,
          OTHER_CLUSTER);

  private EtcdFinding() {}
}
