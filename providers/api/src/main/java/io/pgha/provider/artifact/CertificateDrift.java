package io.pgha.provider.artifact;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.Shell;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells of certificates that end soon: nobody changed anything, and still a night comes in which
 * nobody connects any more.
 */
public final class CertificateDrift {
  /** The code of a certificate that has ended or ends soon. */
  public static final String CODE = "certificate-expiry";

  /** How long before its end a certificate is told of. */
  public static final Duration NOTICE = Duration.ofDays(30);

  /** From then on it can't wait any more. */
  private static final Duration URGENT = Duration.ofDays(7);

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]++-----END CERTIFICATE-----");

  private CertificateDrift() {}

  /** Whether a text holds certificates. */
  public static boolean holdsCertificates(String text) {
    return PEM.matcher(text).find();
  }

  /** The questions for the files. */
  public static List<PlacedProbe> probes(String host, Collection<String> paths) {
    return paths.stream()
        .map(path -> new PlacedProbe(host, certificatesIn(path)))
        .distinct()
        .toList();
  }

  /** Follows links, as who reads the file does, and leaves a private key beside it where it is. */
  private static Probe.OfCommand certificatesIn(String path) {
    return Probe.OfCommand.of(
        "sed -n '/^-----BEGIN CERTIFICATE-----/,/^-----END CERTIFICATE-----/p' -- "
            + Shell.quote(path)
            + " | head -c 1048576");
  }

  /**
   * What is told of the files. One that is not there or holds no certificate is told by whoever
   * needs it.
   */
  public static List<Difference> of(
      String host, Collection<String> paths, ProbeResults answers, Instant now) {
    List<Difference> told = new ArrayList<>();
    paths.stream()
        .distinct()
        .forEach(path ->
            answers
                .get(host, certificatesIn(path))
                .found()
                .map(CommandOutput::output)
                .flatMap(CertificateDrift::ending)
                .filter(certificate -> end(certificate).isBefore(now.plus(NOTICE)))
                .ifPresent(certificate -> told.add(expiry(host, path, certificate, now))));
    return told;
  }

  /**
   * The certificate by whose end a file is of no use: of a server's chain the first to end, of
   * authorities only, among which old ones are kept on purpose, the last.
   */
  private static Optional<X509Certificate> ending(String text) {
    List<X509Certificate> all = certificates(text);
    Comparator<X509Certificate> byEnd = Comparator.comparing(CertificateDrift::end);
    return all.stream().allMatch(each -> each.getBasicConstraints() >= 0)
        ? all.stream().max(byEnd)
        : all.stream().min(byEnd);
  }

  private static List<X509Certificate> certificates(String text) {
    List<X509Certificate> all = new ArrayList<>();
    Matcher block = PEM.matcher(text);
    while (block.find()) {
      byte[] bytes = block.group().getBytes(StandardCharsets.US_ASCII);
      try {
        if (CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes))
            instanceof X509Certificate certificate) {
          all.add(certificate);
        }
      } catch (CertificateException unreadable) {
        // Who reads the file says so; when it ends nobody can tell.
      }
    }
    return all;
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static Difference expiry(
      String host, String path, X509Certificate certificate, Instant now) {
    Instant end = end(certificate);
    boolean urgent = end.isBefore(now.plus(URGENT));
    return Difference.of(
            CODE,
            "certificate:" + path,
            host,
            urgent ? Grade.DEGRADED : Grade.COSMETIC,
            "valid for %d days more".formatted(NOTICE.toDays()),
            (end.isBefore(now) ? "expired on " : "expires on ")
                + end.atOffset(ZoneOffset.UTC).toLocalDate())
        .because(
            "%s: whoever checks it connects no more after that. Put a new one there; the service that reads it is to be reloaded."
                .formatted(certificate.getSubjectX500Principal().getName()));
  }
}
