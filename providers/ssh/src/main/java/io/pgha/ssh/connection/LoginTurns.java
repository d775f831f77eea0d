package io.pgha.ssh.connection;

import java.util.concurrent.Semaphore;

/**
 * How many logins of a run are under way at once. Each costs both sides tens of milliseconds of
 * computing, and all of hundreds at once take so long that the deadline passes on healthy machines.
 *
 * <p>Connecting and logging in have turns of their own, so that machines that don't answer keep few
 * others waiting.
 */
public final class LoginTurns {
  /** A connection that waits for its machine costs next to nothing, here and there. */
  private static final int CONNECTIONS_A_LOGIN = 4;

  /** Enough to fill the way to distant machines. */
  private static final int LOGINS = 8;

  private static final int LOGINS_A_PROCESSOR = 4;

  private final Semaphore connections;
  private final Semaphore logins;

  /** As many as suit the processors here. */
  public LoginTurns() {
    this(Math.max(LOGINS, LOGINS_A_PROCESSOR * Runtime.getRuntime().availableProcessors()));
  }

  /** So many logins at once, at least one. */
  public LoginTurns(int logins) {
    this.logins = new Semaphore(logins, true);
    this.connections = new Semaphore(logins * CONNECTIONS_A_LOGIN, true);
  }

  /** Waits until one more may connect, first come, first served. */
  Turn connect() throws InterruptedException {
    connections.acquire();
    return connections::release;
  }

  /** Waits until one more may log in; for who has a turn to connect. */
  Turn logIn() throws InterruptedException {
    logins.acquire();
    return logins::release;
  }

  /** A turn, which ends when it is closed. */
  @FunctionalInterface
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
