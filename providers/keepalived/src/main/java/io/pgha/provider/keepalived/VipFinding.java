package io.pgha.provider.keepalived;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What only a floating address can tell of a member that is not as last applied. */
enum VipFinding {
  /** The address is on more than one host, or on one that is not to have it. */
  SECOND_HOLDER("vip-second-holder", Grade.DANGER, true),
  /** No host has the address although Keepalived runs. */
  NOWHERE("vip-nowhere", Grade.DEGRADED, true),
  /** A machine that is none of the members has the address. */
  TAKEN("vip-taken", Grade.DANGER, true);

  private final String code;
  private final Grade grade;
  private final boolean passing;

  VipFinding(String code, Grade grade, boolean passing) {
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
