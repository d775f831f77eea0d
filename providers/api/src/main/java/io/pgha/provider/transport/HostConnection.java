package io.pgha.provider.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a machine.
 *
 * @param host the address of the {@code host} instance
 * @param name the host's name, for people
 * @param address IP address or DNS name
 * @param port TCP port of its SSH server
 * @param user whom to log in as
 * @param privateKeyFile the private key's file on the operator's machine; empty: the standard files
 * @param privateKeyPassphrase the passphrase of an encrypted key
 * @param password for password authentication
 * @param agent whether keys of the SSH agent are tried
 * @param hostKeys the host's public keys as {@code ssh-ed25519 AAAA…}; where given only they count
 * @param knownHostsFiles where host keys are looked up otherwise
 * @param acceptNewHostKey whether an unknown key is taken and remembered; a changed one never is
 * @param sudo how to become root where the user is not
 * @param bastion the machine through which this one is reached
 * @param connectTimeout how long to wait for the connection
 */
public record HostConnection(
    String host,
    String name,
    String address,
    int port,
    String user,
    Optional<String> privateKeyFile,
    Optional<String> privateKeyPassphrase,
    Optional<String> password,
    boolean agent,
    List<String> hostKeys,
    List<String> knownHostsFiles,
    boolean acceptNewHostKey,
    Sudo sudo,
    Optional<HostConnection> bastion,
    Duration connectTimeout) {
  public HostConnection {
    hostKeys = List.copyOf(hostKeys);
    knownHostsFiles = List.copyOf(knownHostsFiles);
  }

  /** How to become root. */
  public sealed interface Sudo {
    /** The user is root. */
    record None() implements Sudo {}

    /** By sudo without a password. */
    record WithoutPassword() implements Sudo {}

    /** By sudo with a password, which goes over standard input only. */
    record WithPassword(String password) implements Sudo {
      @Override
      public String toString() {
        return "WithPassword[(sensitive)]";
      }
    }
  }

  /** Names whom and where, never a secret. */
  @Override
  public String toString() {
    return "%s (%s@%s:%d)".formatted(name, user, address, port);
  }
}
