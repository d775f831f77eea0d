package io.pgha.provider.haproxy;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What only HAProxy can tell of a load balancer that is not as last applied. */
enum LbFinding {
  /** Somebody took a server out of service on the admin socket. */
  OUT_OF_SERVICE("haproxy-server-out-of-service", Grade.DEGRADED, false),
  /** The process leads to a server that nobody declares. */
  UNDECLARED("haproxy-server-undeclared", Grade.DANGER, false),
  /** The process does not have a server that is declared. */
  MISSING("haproxy-server-missing", Grade.DEGRADED, false),
  /** The process does not answer on its admin socket. */
  SILENT("haproxy-silent", Grade.DEGRADED, true),
  /** A listener leads nowhere. */
  WITHOUT_SERVER("listener-without-server", Grade.DEGRADED, true),
  /** A listener for writes leads to two servers that both say that they are the primary. */
  TWO_PRIMARIES("listener-with-two-primaries", Grade.DANGER, true);

  private final String code;
  private final Grade grade;
  private final boolean passing;

  LbFinding(String code, Grade grade, boolean passing) {
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

  boolean is(Difference difference) {
    return difference.code().equals(code);
  }
}
