package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
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
  private final LoginTurns turns;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable SSHClient client;
  private volatile boolean closed;

  /**
   * A connection that is not open yet.
   *
   * @param bastion the connection through which the machine is reached; null: directly
   * @param turns shared by all connections of a run
   */
  public Link(
      HostConnection host,
      @Nullable Link bastion,
      LocalFiles files,
      KeepAlive keepAlive,
      LoginTurns turns) {
    this.host = host;
    this.bastion = bastion;
    this.files = files;
    this.keepAlive = keepAlive;
    this.turns = turns;
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
      if (closed) {
        quietly(fresh);
        throw new IllegalStateException("the connection to " + host + " was closed");
      }
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

  /** Connects and logs in, each in its turn; the deadline counts for each on its own. */
  private SSHClient connectInTime() throws TransportException, InterruptedException {
    SSHClient through = bastion == null ? null : bastion.client();
    try (LoginTurns.Turn _ = turns.connect()) {
      Socket socket = through == null ? dial() : null;
      boolean open = false;
      try (LoginTurns.Turn _ = turns.logIn()) {
        SSHClient fresh = logIn(through, socket);
        open = true;
        return fresh;
      } finally {
        if (socket != null && !open) {
          quietly(socket);
        }
      }
    }
  }

  private Socket dial() throws TransportException, InterruptedException {
    Socket socket = new Socket();
    return inTime(
        () -> {
          DialledSocket.dial(socket, host.address(), host.port(), timeoutMillis());
          return socket;
        },
        () -> quietly(socket));
  }

  private SSHClient logIn(@Nullable SSHClient through, @Nullable Socket socket)
      throws TransportException, InterruptedException {
    SSHClient fresh = new SSHClient(new Algorithms());
    return inTime(() -> logIn(fresh, through, socket), () -> quietly(fresh));
  }

  /**
   * What sshj and the name service have no deadline for has one around it: a server may accept and
   * stay silent.
   *
   * @param failed what is done where nothing came of it
   */
  private <T> T inTime(Callable<T> work, Runnable failed)
      throws TransportException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("ssh-connect-" + host.name()).start(task);
    boolean done = false;
    try {
      T made = task.get(host.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
      done = true;
      return made;
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
      if (!done) {
        task.cancel(true);
        failed.run();
      }
    }
  }

  private SSHClient logIn(SSHClient fresh, @Nullable SSHClient through, @Nullable Socket socket)
      throws TransportException, IOException {
    Login login = new Login(host, files);
    List<Path> knownHosts = host.knownHostsFiles().stream().map(files::expand).toList();
    HostKeyPolicy policy = new HostKeyPolicy(host, knownHosts);
    fresh.getTransport().setTimeoutMs(timeoutMillis());
    fresh.addHostKeyVerifier(policy);
    if (fresh.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
      runner.setKeepAliveInterval(keepAlive.intervalSeconds());
      runner.setMaxAliveCount(keepAlive.unanswered());
    }
    try {
      if (through != null) {
        fresh.connectVia(through.newDirectConnection(host.address(), host.port()));
      } else if (socket != null) {
        fresh.setSocketFactory(DialledSocket.of(socket));
        fresh.connect(host.address(), host.port());
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

  private int timeoutMillis() {
    return Math.toIntExact(Math.min(host.connectTimeout().toMillis(), Integer.MAX_VALUE));
  }

  private static void quietly(SSHClient client) {
    quietly(client::disconnect);
  }

  private static void quietly(Closeable connection) {
    try {
      connection.close();
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
