package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to a machine: made when first needed, made anew at the next use after it was
 * lost. Thread-safe.
 */
public final class Link implements AutoCloseable {
  private final HostConnection host;
  private final @Nullable Link bastion;
  private final LocalFiles files;
  private final KeepAlive keepAlive;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable SSHClient client;
  private volatile boolean closed;

  /**
   * A connection that is not open yet.
   *
   * @param bastion the connection through which the machine is reached; null: directly
   */
  public Link(HostConnection host, @Nullable Link bastion, LocalFiles files, KeepAlive keepAlive) {
    this.host = host;
    this.bastion = bastion;
    this.files = files;
    this.keepAlive = keepAlive;
  }

  /** The machine at the other end. */
  public HostConnection host() {
    return host;
  }

  /** Whether another machine lies between. */
  public boolean hasBastion() {
    return bastion != null;
  }

  /** Opens the connection, or opens it anew where it was lost. */
  public void connect() throws TransportException, InterruptedException {
    var _ = client();
  }

  /** The open connection. */
  SSHClient client() throws TransportException, InterruptedException {
    SSHClient open = client;
    if (open != null && alive(open)) {
      return open;
    }
    connecting.lockInterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the connection to " + host + " was closed");
      }
      open = client;
      if (open != null && alive(open)) {
        return open;
      }
      if (open != null) {
        quietly(open);
      }
      SSHClient fresh = connectInTime();
      client = fresh;
      return fresh;
    } finally {
      connecting.unlock();
    }
  }

  /** Gives a connection up that turned out to be dead. */
  void discard(SSHClient dead) {
    quietly(dead);
  }

  private static boolean alive(SSHClient client) {
    return client.getTransport().isRunning() && client.isAuthenticated();
  }

  /** sshj has no deadline for a server that accepts and stays silent, so there is one around it. */
  private SSHClient connectInTime() throws TransportException, InterruptedException {
    SSHClient through = bastion == null ? null : bastion.client();
    AtomicReference<@Nullable SSHClient> started = new AtomicReference<>();
    FutureTask<SSHClient> task = new FutureTask<>(() -> connect(through, started));
    Thread.ofVirtual().name("ssh-connect-" + host.name()).start(task);
    try {
      return task.get(host.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Failures.timedOut(host);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof TransportException refused) {
        throw refused;
      }
      throw Failures.connecting(host, cause);
    } catch (CancellationException e) {
      throw Failures.connecting(host, e);
    } finally {
      SSHClient half = started.get();
      if (half != null && !(task.isDone() && isOpen(half))) {
        task.cancel(true);
        quietly(half);
      }
    }
  }

  private static boolean isOpen(SSHClient half) {
    return half.isAuthenticated();
  }

  private SSHClient connect(
      @Nullable SSHClient through, AtomicReference<@Nullable SSHClient> started)
      throws TransportException, IOException {
    Login login = new Login(host, files);
    List<Path> knownHosts = host.knownHostsFiles().stream().map(files::expand).toList();
    HostKeyPolicy policy = new HostKeyPolicy(host, knownHosts);
    SSHClient fresh = new SSHClient(new Algorithms());
    started.set(fresh);
    int timeout = Math.toIntExact(Math.min(host.connectTimeout().toMillis(), Integer.MAX_VALUE));
    fresh.setSocketFactory(new NoDelaySocketFactory());
    fresh.setConnectTimeout(timeout);
    fresh.getTransport().setTimeoutMs(timeout);
    fresh.addHostKeyVerifier(policy);
    if (fresh.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
      runner.setKeepAliveInterval(keepAlive.intervalSeconds());
      runner.setMaxAliveCount(keepAlive.unanswered());
    }
    try {
      if (through == null) {
        fresh.connect(host.address(), host.port());
      } else {
        DirectConnection tunnel = through.newDirectConnection(host.address(), host.port());
        fresh.connectVia(tunnel);
      }
      login.authenticate(fresh);
      return fresh;
    } catch (IOException e) {
      if (policy.refusal().isPresent()) {
        throw policy.refusal().get();
      }
      throw e;
    }
  }

  private static void quietly(SSHClient client) {
    try {
      client.disconnect();
    } catch (IOException alreadyGone) {
      // Nothing is left to be closed.
    }
  }

  /** Closes the connection for good. */
  @Override
  public void close() {
    closed = true;
    SSHClient open = client;
    if (open != null) {
      quietly(open);
    }
  }
}
