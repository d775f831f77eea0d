package io.pgha.provider.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.testing.Certificates;
import io.pgha.provider.testing.Drifts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A certificate among the files of a host: by another one, by its end, and by both. */
class CertificateFileTests {
  private static final String PATH = "/etc/ssl/certs/app.pem";

  /** Somebody else's. */
  private static final String FOREIGN =
      """
      -----BEGIN CERTIFICATE-----
      MIIBQjCB6qADAgECAgh8qoQSv9tMYDAKBggqhkjOPQQDAjAOMQwwCgYDVQQDEwNO
      ZXcwHhcNMjYwMTAxMDAwMDAwWhcNMzUxMjMwMDAwMDAwWjAOMQwwCgYDVQQDEwNO
      ZXcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARmnt8gIV+Oh2xKzH7NZ6Zl1uie
      d5OT+kWtGe0Wi1uaCH6Xcl5u36P7nFyXQ3j9IrMvFuKui9q0zKJyT+ibX7ohozIw
      MDAdBgNVHQ4EFgQUpE0XArCYZgRLyLAy05WpRmEZCs0wDwYDVR0TAQH/BAUwAwEB
      /zAKBggqhkjOPQQDAgNHADBEAiAloWCQU5kPumQmdwZqiFnv2UISIn2xN+uG08Cc
      Wg4orAIgMUNYgmHRkn5h4naq324PBqogANUYEjI5Uu00+gRP0GQ=
      -----END CERTIFICATE-----
      """;

  private final AppliedHost host =
      new AppliedHost(Map.of("files", Map.of(PATH, Map.of("content", Certificates.ENDED))));

  /** Has the machine say what certificates the file holds. */
  private void holds(String text) {
    Probe<?> question =
        CertificateDrift.probes(AppliedHost.ADDRESS, List.of(PATH)).getFirst().probe();
    host.machines.command(AppliedHost.ADDRESS, (Probe.OfCommand) question, 0, text);
  }

  @Test
  void thatHasEndedIsToldThoughNobodyChangedIt() {
    holds(Certificates.ENDED);
    assertThat(Drifts.words(host.drift()))
        .containsExactly(
            "degraded certificate-expiry certificate:/etc/ssl/certs/app.pem: expired on"
                + " 2025-12-29, expected valid for 30 days more");
  }

  @Test
  void thatIsAnotherOneSettlesWhoIsTrusted() {
    holds("");
    host.machines.file(AppliedHost.ADDRESS, PATH, FOREIGN, 0644, "root", "root");
    host.machines.written(AppliedHost.ADDRESS, PATH, 1_790_000_000L);
    assertThat(host.drift())
        .singleElement()
        .returns("file-content", Difference::code)
        .returns("file:" + PATH, Difference::subject)
        .returns(Grade.SECURITY, Difference::grade)
        .satisfies(told -> assertThat(told.since().at()).isEqualTo(1_790_000_000L))
        .satisfies(told -> assertThat(told.detail()).startsWith("It settles who gets in"));
  }

  @Test
  void thatIsAnotherOneAndHasEndedIsBoth() {
    String both = FOREIGN + Certificates.ENDED;
    holds(Certificates.ENDED);
    host.machines.file(AppliedHost.ADDRESS, PATH, both, 0644, "root", "root");
    assertThat(host.drift())
        .extracting(Difference::code)
        .containsExactlyInAnyOrder("file-content", "certificate-expiry");
  }
}
