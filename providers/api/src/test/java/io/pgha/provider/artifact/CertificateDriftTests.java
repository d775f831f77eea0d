package io.pgha.provider.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.testing.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateDriftTests {
  /** Of a server; ends on 2026-12-31. */
  private static final String LEAF =
      """
      -----BEGIN CERTIFICATE-----
      MIIBRDCB66ADAgECAggk2/T0OeZCyDAKBggqhkjOPQQDAjAXMRUwEwYDVQQDEwxk
      Yi0xLmV4YW1wbGUwHhcNMjYwMTAxMDAwMDAwWhcNMjYxMjMxMDAwMDAwWjAXMRUw
      EwYDVQQDEwxkYi0xLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATz
      ks7S1enFyynPmEELiDzaSOBhrr8oUbn5+kx3wbd99JQk9njbYrYSdbhUvjF8MJeS
      c715THhgs2An0PiF3BOXoyEwHzAdBgNVHQ4EFgQURg2oefg1+3aYPkP0Iev5sCmA
      ADAwCgYIKoZIzj0EAwIDSAAwRQIgMrWGrXLfdX7ytxLl9mbEBrDdoWSz2TXE+wUH
      XwzHemACIQC8sP465ENHh66BaEuNRzW769Crdcc8PgYNcpNoHlidZg==
      -----END CERTIFICATE-----
      """;

  /** Of an authority; ends on 2035-12-30. */
  private static final String AUTHORITY =
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

  private static final String PATH = "/etc/ssl/it's here.pem";
  private static final Instant CHRISTMAS = Instant.parse("2026-12-25T00:00:00Z");

  private static List<Difference> seen(String text, Instant now) {
    List<PlacedProbe> asked = CertificateDrift.probes("host.a", List.of(PATH, PATH));
    assertThat(asked).hasSize(1);
    ProbeResults answers =
        new ProbeResults() {
          @Override
          @SuppressWarnings("unchecked")
          public <F> ProbeResult<F> get(String host, Probe<F> probe) {
            assertThat(asked).containsExactly(new PlacedProbe(host, probe));
            return (ProbeResult<F>) new ProbeResult.Found<>(new CommandOutput(0, text, ""));
          }
        };
    return CertificateDrift.of("host.a", List.of(PATH, PATH), answers, now);
  }

  @Test
  void aServersCertificateIsToldOfAMonthBeforeItsEnd() {
    assertThat(seen(LEAF, Instant.parse("2026-11-30T23:59:00Z"))).isEmpty();
    assertThat(seen(LEAF, Instant.parse("2026-12-01T00:01:00Z")))
        .singleElement()
        .returns("certificate-expiry", Difference::code)
        .returns("certificate:" + PATH, Difference::subject)
        .returns(Grade.COSMETIC, Difference::grade)
        .returns("expires on 2026-12-31", Difference::found)
        .satisfies(told -> assertThat(told.detail()).startsWith("CN=db-1.example: "));
  }

  @Test
  void inItsLastWeekItCanNotWait() {
    assertThat(seen(LEAF, CHRISTMAS))
        .singleElement()
        .returns(Grade.DEGRADED, Difference::grade)
        .returns("expires on 2026-12-31", Difference::found);
    assertThat(seen(LEAF, Instant.parse("2027-01-02T00:00:00Z")))
        .singleElement()
        .returns(Grade.DEGRADED, Difference::grade)
        .returns("expired on 2026-12-31", Difference::found);
  }

  @Test
  void aChainEndsWithItsFirstAndAuthoritiesWithTheirLast() {
    assertThat(seen(LEAF + AUTHORITY, CHRISTMAS)).hasSize(1);
    assertThat(seen(Certificates.ENDED + AUTHORITY, CHRISTMAS)).isEmpty();
    assertThat(seen(Certificates.ENDED, CHRISTMAS)).hasSize(1);
  }

  @Test
  void whatIsNoCertificateIsToldByNobody() {
    assertThat(seen("", CHRISTMAS)).isEmpty();
    assertThat(seen("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", CHRISTMAS))
        .isEmpty();
    assertThat(CertificateDrift.holdsCertificates("-----BEGIN CERTIFICATE-----\n")).isFalse();
    assertThat(CertificateDrift.holdsCertificates("x\n" + LEAF)).isTrue();
  }

  @Test
  void theQuestionFollowsLinksAndLeavesAPrivateKeyWhereItIs(@TempDir Path folder) throws Exception {
    Path both =
        Files.writeString(
            folder.resolve("it's both.pem"),
            "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n" + LEAF);
    Path link = Files.createSymbolicLink(folder.resolve("a 'link'"), both);
    Probe<?> probe = CertificateDrift.probes("host.a", List.of(link.toString())).getFirst().probe();
    assertThat(probe).isInstanceOf(Probe.OfCommand.class);
    Process shell =
        new ProcessBuilder("sh", "-c", ((Probe.OfCommand) probe).script())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(LEAF);
  }
}
