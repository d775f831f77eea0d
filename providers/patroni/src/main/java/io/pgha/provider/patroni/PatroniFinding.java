package io.pgha.provider.patroni;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What only Patroni and PostgreSQL can tell of what is not as last applied. The grade is the usual
 * one: that of a setting follows from {@link SettingGrade}.
 */
enum PatroniFinding {
  /** A declared setting is another one in Patroni's dynamic configuration. */
  DYNAMIC("dynamic-configuration", Grade.DEGRADED, Of.CLUSTER, false),
  /** Patroni's dynamic configuration has a setting that nobody declares. */
  DYNAMIC_UNDECLARED("dynamic-configuration-undeclared", Grade.DEGRADED, Of.CLUSTER, false),
  /** {@code ALTER SYSTEM} overrides a declared parameter on a server. */
  ALTER_SYSTEM("alter-system", Grade.DEGRADED, Of.CLUSTER, false),
  /** {@code ALTER SYSTEM} set a parameter on a server that nobody declares. */
  ALTER_SYSTEM_UNDECLARED("alter-system-undeclared", Grade.DEGRADED, Of.CLUSTER, false),
  /** A server goes by another value, from a file or by itself. */
  RUNNING_SETTING("running-setting", Grade.DEGRADED, Of.CLUSTER, false),
  /** A server takes a value only once it is restarted. */
  PENDING_RESTART("pending-restart", Grade.DEGRADED, Of.CLUSTER, false),
  /** Nobody fails over while Patroni is paused. */
  PAUSED("patroni-paused", Grade.DANGER, Of.CLUSTER, false),
  /** Nobody leads: nobody takes writes. */
  NO_LEADER("no-leader", Grade.DANGER, Of.CLUSTER, true),
  /** Two servers take writes at the same time. */
  TWO_PRIMARIES("two-primaries", Grade.DANGER, Of.CLUSTER, true),
  /** A member that nobody declares may become the leader. */
  FOREIGN_MEMBER("patroni-foreign-member", Grade.DANGER, Of.CLUSTER, false),
  /** The cluster's keys are gone from etcd. */
  KEYS_MISSING("patroni-keys-missing", Grade.DANGER, Of.CLUSTER, false),
  /** The data directory is not there, or holds nothing. */
  DATA_MISSING("data-missing", Grade.DANGER, Of.NODE, false),
  /** Patroni's unit runs, and its REST API does not answer. */
  SILENT("patroni-silent", Grade.DEGRADED, Of.NODE, true),
  /** Patroni runs, and the cluster does not have the node as a member. */
  NOT_A_MEMBER("node-not-a-member", Grade.DEGRADED, Of.NODE, true),
  /** The leader's PostgreSQL does not run. */
  LEADER_NOT_RUNNING("leader-not-running", Grade.DEGRADED, Of.NODE, true),
  /** The replica does not take in what the leader writes. */
  NOT_STREAMING("replica-not-streaming", Grade.DEGRADED, Of.NODE, true),
  /** The replica's history is another one than the leader's. */
  OTHER_TIMELINE("replica-on-other-timeline", Grade.DANGER, Of.NODE, true),
  /** The replica is far behind. */
  LAGS("replica-lags", Grade.DEGRADED, Of.NODE, true),
  /** The server was started before the package that is installed now came. */
  FORMER_VERSION("former-version", Grade.DEGRADED, Of.NODE, false),
  /** The data is of another major version. */
  OTHER_DATA_VERSION("other-data-version", Grade.DANGER, Of.NODE, false),
  /** Other clusters of PostgreSQL run on the host. */
  OTHER_CLUSTERS("other-clusters", Grade.DEGRADED, Of.NODE, false),
  /** A role is not there. */
  ROLE_MISSING("role-missing", Grade.DEGRADED, Of.INSIDE, false),
  /** An attribute of a role is another one. */
  ROLE_ATTRIBUTE("role-attribute", Grade.DEGRADED, Of.INSIDE, false),
  /** A role belongs to other roles. */
  ROLE_MEMBERSHIP("role-membership", Grade.SECURITY, Of.INSIDE, false),
  /** The server has another password for a role. */
  ROLE_PASSWORD("role-password", Grade.SECURITY, Of.INSIDE, false),
  /** A database is not there. */
  DATABASE_MISSING("database-missing", Grade.DANGER, Of.INSIDE, false),
  /** A database belongs to somebody else. */
  DATABASE_OWNER("database-owner", Grade.SECURITY, Of.INSIDE, false),
  /** Another attribute of a database is another one. */
  DATABASE_ATTRIBUTE("database-attribute", Grade.DEGRADED, Of.INSIDE, false),
  /** A database has another encoding or locale: it is not the one that was made. */
  DATABASE_REMADE("database-remade", Grade.DANGER, Of.INSIDE, false);

  /** Whose finding it is. */
  enum Of {
    CLUSTER,
    NODE,
    INSIDE
  }

  private final String code;
  private final Grade grade;
  private final Of of;
  private final boolean passing;

  PatroniFinding(String code, Grade grade, Of of, boolean passing) {
    this.code = code;
    this.grade = grade;
    this.of = of;
    this.passing = passing;
  }

  /** The codes of those of a kind that may pass by themselves. */
  static Set<String> codesThatPass(Of of) {
    return codes(each -> each.passing && each.of == of);
  }

  private static Set<String> codes(Predicate<PatroniFinding> some) {
    return Arrays.stream(values())
        .filter(some)
        .map(each -> each.code)
        .collect(Collectors.toUnmodifiableSet());
  }

  Difference on(String host, String subject, String expected, String found) {
    return Difference.of(code, subject, host, grade, expected, found);
  }

  /** A difference as this one, with what it says of expected and found. */
  Difference like(Difference other) {
    return new Difference(
        code,
        other.subject(),
        other.host(),
        grade,
        other.expected(),
        other.found(),
        other.detail(),
        other.diff(),
        other.since());
  }
}
