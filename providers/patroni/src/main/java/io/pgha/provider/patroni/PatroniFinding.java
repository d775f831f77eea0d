package io.pgha.provider.patroni;

import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import java.util.List;

/**
 * What only Patroni and PostgreSQL can tell of what is not as last applied. The grade is the usual
 * one: that of a setting follows from {@link SettingGrade}.
 */
final class PatroniFinding {
  static final FindingKind DYNAMIC =
      FindingKind.staying(
          "dynamic-configuration",
          Grade.DEGRADED,
          "A declared setting is another one in Patroni's dynamic configuration.");
  static final FindingKind DYNAMIC_UNDECLARED =
      FindingKind.staying(
          "dynamic-configuration-undeclared",
          Grade.DEGRADED,
          "Patroni's dynamic configuration has a setting that nobody declares.");
  static final FindingKind ALTER_SYSTEM =
      FindingKind.staying(
          "alter-system",
          Grade.DEGRADED,
          "`ALTER SYSTEM` overrides a declared parameter on a server.");
  static final FindingKind ALTER_SYSTEM_UNDECLARED =
      FindingKind.staying(
              "alter-system-undeclared",
              Grade.DEGRADED,
              "`ALTER SYSTEM` set a parameter on a server that nobody declares.")
          .repairedByHand();
  static final FindingKind RUNNING_SETTING =
      FindingKind.staying(
          "running-setting",
          Grade.DEGRADED,
          "A server goes by another value, from a file or by itself.");
  static final FindingKind PENDING_RESTART =
      FindingKind.staying(
          "pending-restart", Grade.DEGRADED, "A server takes a value only once it is restarted.");
  static final FindingKind PAUSED =
      FindingKind.staying(
          "patroni-paused", Grade.DANGER, "Nobody fails over while Patroni is paused.");
  static final FindingKind NO_LEADER =
      FindingKind.passing("no-leader", Grade.DANGER, "Nobody leads: nobody takes writes.")
          .repairedByHand();
  static final FindingKind TWO_PRIMARIES =
      FindingKind.passing(
              "two-primaries", Grade.DANGER, "Two servers take writes at the same time.")
          .repairedByHand();
  static final FindingKind UNASKED =
      FindingKind.passing(
              "postgresql-unasked",
              Grade.DEGRADED,
              "PostgreSQL runs, and could not be asked for its settings and passwords.")
          .repairedByHand();
  static final FindingKind FOREIGN_MEMBER =
      FindingKind.staying(
              "patroni-foreign-member",
              Grade.DANGER,
              "A member that nobody declares may become the leader.")
          .repairedByHand();
  static final FindingKind KEYS_MISSING =
      FindingKind.staying(
          "patroni-keys-missing", Grade.DANGER, "The cluster's keys are gone from etcd.");
  static final FindingKind DATA_MISSING =
      FindingKind.staying(
          "data-missing", Grade.DANGER, "The data directory is not there, or holds nothing.");
  static final FindingKind SILENT =
      FindingKind.passing(
              "patroni-silent",
              Grade.DEGRADED,
              "Patroni's unit runs, and its REST API does not answer.")
          .repairedByHand();
  static final FindingKind NOT_A_MEMBER =
      FindingKind.passing(
              "node-not-a-member",
              Grade.DEGRADED,
              "Patroni runs, and the cluster does not have the node as a member.")
          .repairedByHand();
  static final FindingKind LEADER_NOT_RUNNING =
      FindingKind.passing(
              "leader-not-running", Grade.DEGRADED, "The leader's PostgreSQL does not run.")
          .repairedByHand();
  static final FindingKind NOT_STREAMING =
      FindingKind.passing(
              "replica-not-streaming",
              Grade.DEGRADED,
              "The replica does not take in what the leader writes.")
          .repairedByHand();
  static final FindingKind OTHER_TIMELINE =
      FindingKind.passing(
              "replica-on-other-timeline",
              Grade.DANGER,
              "The replica's history is another one than the leader's.")
          .repairedByHand();
  static final FindingKind LAGS =
      FindingKind.passing("replica-lags", Grade.DEGRADED, "The replica is far behind.")
          .repairedByHand();
  static final FindingKind FORMER_VERSION =
      FindingKind.staying(
          "former-version",
          Grade.DEGRADED,
          "The server was started before the package that is installed now came.");
  static final FindingKind OTHER_DATA_VERSION =
      FindingKind.staying(
              "other-data-version", Grade.DANGER, "The data is of another major version.")
          .repairedByHand();
  static final FindingKind OTHER_CLUSTERS =
      FindingKind.staying(
              "other-clusters", Grade.DEGRADED, "Other clusters of PostgreSQL run on the host.")
          .repairedByHand();
  static final FindingKind HBA =
      FindingKind.staying(
              "pg-hba", Grade.SECURITY, "A server's `pg_hba.conf` has other lines than declared.")
          .repairedByHand();
  static final FindingKind ROLE_MISSING =
      FindingKind.staying("role-missing", Grade.DEGRADED, "A role is not there.");
  static final FindingKind ROLE_ATTRIBUTE =
      FindingKind.staying(
          "role-attribute", Grade.DEGRADED, "An attribute of a role is another one.");
  static final FindingKind ROLE_MEMBERSHIP =
      FindingKind.staying("role-membership", Grade.SECURITY, "A role belongs to other roles.");
  static final FindingKind ROLE_PASSWORD =
      FindingKind.staying(
          "role-password", Grade.SECURITY, "The server has another password for a role.");
  static final FindingKind DATABASE_MISSING =
      FindingKind.staying("database-missing", Grade.DANGER, "A database is not there.");
  static final FindingKind DATABASE_OWNER =
      FindingKind.staying("database-owner", Grade.SECURITY, "A database belongs to somebody else.");
  static final FindingKind DATABASE_ATTRIBUTE =
      FindingKind.staying(
          "database-attribute", Grade.DEGRADED, "Another attribute of a database is another one.");
  static final FindingKind DATABASE_REMADE =
      FindingKind.staying(
              "database-remade",
              Grade.DANGER,
              "A database has another encoding or locale: it is not the one that was made.")
          .repairedByHand();

  /** Those of a cluster. */
  static final List<FindingKind> CLUSTER =
      List.of(
          DYNAMIC,
          DYNAMIC_UNDECLARED,
          ALTER_SYSTEM,
          ALTER_SYSTEM_UNDECLARED,
          RUNNING_SETTING,
          PENDING_RESTART,
          PAUSED,
          NO_LEADER,
          TWO_PRIMARIES,
          UNASKED,
          FOREIGN_MEMBER,
          KEYS_MISSING);

  /** Those of a node. */
  static final List<FindingKind> NODE =
      List.of(
          DATA_MISSING,
          SILENT,
          NOT_A_MEMBER,
          LEADER_NOT_RUNNING,
          NOT_STREAMING,
          OTHER_TIMELINE,
          LAGS,
          FORMER_VERSION,
          OTHER_DATA_VERSION,
          OTHER_CLUSTERS,
          HBA);

  /** Those of a role. */
  static final List<FindingKind> ROLE =
      List.of(ROLE_MISSING, ROLE_ATTRIBUTE, ROLE_MEMBERSHIP, ROLE_PASSWORD);

  /** Those of a database. */
  static final List<FindingKind> DATABASE =
      List.of(DATABASE_MISSING, DATABASE_OWNER, DATABASE_ATTRIBUTE, DATABASE_REMADE);

  private PatroniFinding() {}
}
