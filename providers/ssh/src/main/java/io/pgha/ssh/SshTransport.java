package io.pgha.ssh;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.HostSession;
import io.pgha.provider.transport.Transport;
import io.pgha.provider.transport.TransportException;
import io.pgha.ssh.connection.Algorithms;
import io.pgha.ssh.connection.KeepAlive;
import io.pgha.ssh.connection.Link;
import io.pgha.ssh.connection.LocalFiles;
import io.pgha.ssh.connection.LoginTurns;
import io.pgha.ssh.connection.Rehearsal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reaches machines by SSH: one connection a machine however often it is opened, bastions shared.
 * Thread-safe.
 */
public final class SshTransport implements Transport {
  static {
    Algorithms.leaveOutBouncyCastle();
  }

  private final LocalFiles files;
  private final KeepAlive keepAlive;
  private final LoginTurns turns;
  private final Map<HostConnection, Link> links = new HashMap<>();

  /** A transport without connections that uses the files and the agent of who runs it. */
  public SshTransport() {
    this(
        new LocalFiles(
            Path.of(System.getProperty("user.home", "/")),
            Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                .filter(socket -> !socket.isEmpty())
                .map(Path::of)));
  }

  /**
   * A transport without connections.
   *
   * @param files what it uses of the operator's machine
   */
  public SshTransport(LocalFiles files) {
    this(files, KeepAlive.STANDARD);
  }

  /**
   * A transport without connections.
   *
   * @param files what it uses of the operator's machine
   * @param keepAlive how a dead connection is noticed
   */
  public SshTransport(LocalFiles files, KeepAlive keepAlive) {
    this(files, keepAlive, new LoginTurns());
  }

  /**
   * A transport without connections.
   *
   * @param files what it uses of the operator's machine
   * @param keepAlive how a dead connection is noticed
   * @param turns how many logins are under way at once
   */
  public SshTransport(LocalFiles files, KeepAlive keepAlive, LoginTurns turns) {
    this.files = files;
    this.keepAlive = keepAlive;
    this.turns = turns;
  }

  @Override
  public void prepare() {
    Rehearsal.run();
  }

  @Override
  public HostSession open(HostConnection connection)
      throws TransportException, InterruptedException {
    Link link = link(connection);
    link.connect();
    return new SshSession(link);
  }

  private Link link(HostConnection connection) {
    synchronized (links) {
      Link known = links.get(connection);
      if (known == null) {
        Link bastion = connection.bastion().map(this::link).orElse(null);
        known = new Link(connection, bastion, files, keepAlive, turns);
        links.put(connection, known);
      }
      return known;
    }
  }

  /** Closes every connection, those to bastions last. */
  @Override
  public void close() {
    synchronized (links) {
      links.values().stream().filter(Link::hasBastion).forEach(Link::close);
      links.values().forEach(Link::close);
      links.clear();
    }
  }
}
