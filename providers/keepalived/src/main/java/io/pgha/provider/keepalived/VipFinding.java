package io.pgha.provider.keepalived;

import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import java.util.List;

/** What only a floating address can tell of a member that is not as last applied. */
final class VipFinding {
  static final FindingKind SECOND_HOLDER =
      FindingKind.passing(
          "vip-second-holder",
          Grade.DANGER,
          "The address is on more than one host, or on one that is not to have it.");
  static final FindingKind NOWHERE =
      FindingKind.passing(
          "vip-nowhere", Grade.DEGRADED, "No host has the address although Keepalived runs.");
  static final FindingKind TAKEN =
      FindingKind.passing(
              "vip-taken", Grade.DANGER, "A machine that is none of the members has the address.")
          .repairedByHand();

  /** All of them. */
  static final List<FindingKind> ALL = List.of(SECOND_HOLDER, NOWHERE, TAKEN);

  private VipFinding() {}
}
