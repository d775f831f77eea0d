package io.pgha.provider.haproxy;

import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import java.util.List;

/** What only HAProxy can tell of a load balancer that is not as last applied. */
final class LbFinding {
  static final FindingKind OUT_OF_SERVICE =
      FindingKind.staying(
          "haproxy-server-out-of-service",
          Grade.DEGRADED,
          "Somebody took a server out of service on the admin socket.");
  static final FindingKind UNDECLARED =
      FindingKind.staying(
          "haproxy-server-undeclared",
          Grade.DANGER,
          "The process leads to a server that nobody declares.");
  static final FindingKind MISSING =
      FindingKind.staying(
          "haproxy-server-missing",
          Grade.DEGRADED,
          "The process does not have a server that is declared.");
  static final FindingKind MOVED =
      FindingKind.staying(
          "haproxy-server-moved",
          Grade.DANGER,
          "The process leads a declared server's clients elsewhere.");
  static final FindingKind CLOSED =
      FindingKind.staying(
          "listener-closed",
          Grade.DEGRADED,
          "Somebody closed a listener on the admin socket: it takes no connection.");
  static final FindingKind SILENT =
      FindingKind.passing(
          "haproxy-silent", Grade.DEGRADED, "The process does not answer on its admin socket.");
  static final FindingKind WITHOUT_SERVER =
      FindingKind.passing("listener-without-server", Grade.DEGRADED, "A listener leads nowhere.")
          .repairedByHand();
  static final FindingKind TWO_PRIMARIES =
      FindingKind.passing(
              "listener-with-two-primaries",
              Grade.DANGER,
              "A listener for writes leads to two servers that both say that they are the primary.")
          .repairedByHand();

  /** All of them. */
  static final List<FindingKind> ALL =
      List.of(
          OUT_OF_SERVICE,
          UNDECLARED,
          MISSING,
          MOVED,
          CLOSED,
          SILENT,
          WITHOUT_SERVER,
          TWO_PRIMARIES);

  private LbFinding() {}
}
