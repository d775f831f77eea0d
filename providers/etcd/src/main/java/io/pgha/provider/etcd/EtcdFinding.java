package io.pgha.provider.etcd;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What only etcd can tell of a member that is not as last applied. */
enum EtcdFinding {
  /** The member list has somebody whom nobody declares: the quorum is counted with it. */
  FOREIGN_MEMBER("etcd-foreign-member", Grade.DANGER, false),
  /** Too few voters are well: nothing can be written, and Patroni soon has no leader. */
  NO_QUORUM("etcd-no-quorum", Grade.DANGER, true),
  /** The member says that it is ill while the cluster is well. */
  UNHEALTHY("etcd-member-unhealthy", Grade.DEGRADED, true),
  /** The unit runs, and nobody answers. */
  SILENT("etcd-member-silent", Grade.DEGRADED, true),
  /** The member does not vote yet. */
  LEARNER("etcd-member-learner", Grade.DEGRADED, true),
  /** The others took the member off their list. */
  EXPELLED("etcd-member-expelled", Grade.DEGRADED, false),
  /** The member's log and snapshots are gone. */
  DATA_MISSING("etcd-data-missing", Grade.DANGER, false),
  /** What runs there is a member of another cluster. */
  OTHER_CLUSTER("etcd-other-cluster", Grade.DANGER, false);

  private final String code;
  private final Grade grade;
  private final boolean passing;

  EtcdFinding(String code, Grade grade, boolean passing) {
    this.code = code;
    this.grade = grade;
    this.passing = passing;
  }

  /** The codes of those that may pass by themselves. */
  static Set<String> codesThatPass() {
    return Arrays.stream(values())
        .filter(each -> each.passing)
        .map(each -> each.code)
        .collect(Collectors.toUnmodifiableSet());
  }

  Difference on(String host, String subject, String expected, String found) {
    return Difference.of(code, subject, host, grade, expected, found);
  }
}
