package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Which key a host may show: a declared one, else one from known_hosts. A refusal is kept, because
 * sshj only tells that there was one.
 */
final class HostKeyPolicy implements HostKeyVerifier {
  private final HostConnection host;
  private final List<Path> files;
  private final List<HostKey> declared;
  private final KnownHosts known;
  private volatile @Nullable TransportException refusal;

  HostKeyPolicy(HostConnection host, List<Path> files) throws TransportException {
    this.host = host;
    this.files = files;
    this.declared = declaredKeys(host);
    try {
      this.known = KnownHosts.read(declared.isEmpty() ? files : List.of());
    } catch (IOException e) {
      throw new TransportException(
          Code.UNKNOWN_HOST_KEY,
          "can't read the known hosts for %s: %s".formatted(host, Failures.reason(e)));
    }
  }

  private static List<HostKey> declaredKeys(HostConnection host) throws TransportException {
    List<HostKey> keys = new ArrayList<>();
    for (String text : host.hostKeys()) {
      Optional<HostKey> key = HostKey.parse(text);
      if (key.isEmpty()) {
        throw new TransportException(
            Code.UNKNOWN_HOST_KEY,
            ("the host key declared for %s is not a public key: \"%s\"; write it as in the host's"
                    + " /etc/ssh/ssh_host_ed25519_key.pub, such as \"ssh-ed25519 AAAA…\"")
                .formatted(host, text));
      }
      keys.add(key.get());
    }
    return List.copyOf(keys);
  }

  /** Why the key was refused, if it was. */
  Optional<TransportException> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    List<HostKey> keys =
        declared.isEmpty()
            ? known.entriesFor(host.address(), host.port()).stream()
                .filter(entry -> !entry.revoked())
                .map(KnownHosts.Entry::key)
                .toList()
            : declared;
    return keys.stream().flatMap(key -> key.algorithms().stream()).distinct().toList();
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    Optional<TransportException> reason = judge(HostKey.of(key));
    reason.ifPresent(refused -> refusal = refused);
    return reason.isEmpty();
  }

  private Optional<TransportException> judge(HostKey shown) {
    if (!declared.isEmpty()) {
      return declared.contains(shown) ? Optional.empty() : Optional.of(notDeclared(shown));
    }
    List<KnownHosts.Entry> entries = known.entriesFor(host.address(), host.port());
    for (KnownHosts.Entry entry : entries) {
      if (entry.revoked() && entry.key().equals(shown)) {
        return Optional.of(
            new TransportException(
                Code.CHANGED_HOST_KEY,
                "%s shows the %s key %s, which %s marks as revoked: nothing was sent to it"
                    .formatted(host, shown.kind(), shown.fingerprint(), entry.place())));
      }
    }
    List<KnownHosts.Entry> valid = entries.stream().filter(entry -> !entry.revoked()).toList();
    if (valid.stream().anyMatch(entry -> entry.key().equals(shown))) {
      return Optional.empty();
    }
    if (!valid.isEmpty()) {
      return Optional.of(changed(shown, valid));
    }
    return host.acceptNewHostKey() ? acceptNew(shown) : Optional.of(unknown(shown));
  }

  private TransportException notDeclared(HostKey shown) {
    return new TransportException(
        Code.CHANGED_HOST_KEY,
        ("%s shows another host key than the declared one: %s key %s instead of %s. Either the"
                + " machine was installed anew, or someone is between you and it; nothing was sent."
                + " If the new key is right, declare \"%s\"")
            .formatted(
                host,
                shown.kind(),
                shown.fingerprint(),
                declared.stream().map(HostKey::fingerprint).collect(Collectors.joining(", ")),
                shown.text()));
  }

  private TransportException changed(HostKey shown, List<KnownHosts.Entry> entries) {
    return new TransportException(
        Code.CHANGED_HOST_KEY,
        ("the host key of %s has changed: it shows the %s key %s, but %s holds %s. Either the"
                + " machine was installed anew, or someone is between you and it; nothing was sent."
                + " If the new key is right, remove the old one with: ssh-keygen -R '%s'")
            .formatted(
                host,
                shown.kind(),
                shown.fingerprint(),
                entries.stream().map(KnownHosts.Entry::place).collect(Collectors.joining(", ")),
                entries.stream()
                    .map(entry -> entry.key().fingerprint())
                    .distinct()
                    .collect(Collectors.joining(", ")),
                KnownHosts.nameOf(host.address(), host.port())));
  }

  private TransportException unknown(HostKey shown) {
    String looked =
        files.isEmpty()
            ? "no known_hosts file is configured"
            : "not found in "
                + files.stream().map(Path::toString).collect(Collectors.joining(", "));
    return new TransportException(
        Code.UNKNOWN_HOST_KEY,
        ("the host key of %s is unknown (%s): it shows the %s key %s. Compare that with"
                + " `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the machine itself; if it"
                + " is right, declare the host key \"%s\" or add it with: ssh-keyscan -p %d %s >>"
                + " ~/.ssh/known_hosts")
            .formatted(
                host,
                looked,
                shown.kind(),
                shown.fingerprint(),
                shown.text(),
                host.port(),
                host.address()));
  }

  private Optional<TransportException> acceptNew(HostKey shown) {
    if (files.isEmpty()) {
      return Optional.of(
          new TransportException(
              Code.UNKNOWN_HOST_KEY,
              "new host keys are to be accepted for %s, but there is no known_hosts file to keep"
                      .formatted(host)
                  + " them in: configure one"));
    }
    try {
      KnownHosts.remember(files.getFirst(), host.address(), host.port(), shown);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new TransportException(
              Code.UNKNOWN_HOST_KEY,
              "the new host key of %s can't be kept in %s: %s"
                  .formatted(host, files.getFirst(), Failures.reason(e))));
    }
  }
}
