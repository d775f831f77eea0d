package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Runs a POSIX shell script as root on a machine. The script goes over standard input, whole,
 * before its first line runs; the command line is always the same and tells nothing.
 *
 * <p>A script must be one that does nothing where its end is missing, for the connection may break
 * while it is sent.
 */
public final class ScriptChannel {
  /** No script of pgha's prints as much: 64 files of the largest size that is read. */
  private static final int MOST_OUTPUT = 64 << 20;

  private static final String READ_AND_RUN = "eval \"$(cat)\"";

  private final Link link;
  private final HostConnection host;

  /** Scripts for the machine at the other end of a connection. */
  public ScriptChannel(Link link) {
    this.link = link;
    this.host = link.host();
  }

  /**
   * Runs a script.
   *
   * @param nonce what the script prints first of all, so that a script that never started is told
   *     from one that failed
   * @param repeatable whether it may be sent a second time where the connection broke
   */
  public ScriptOutput run(String nonce, String script, Duration timeout, boolean repeatable)
      throws TransportException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (int attempt = 1; ; attempt++) {
      SSHClient client = link.client();
      Session session = null;
      boolean sent = false;
      try {
        session = session(client);
        Session.Command command = session.exec(commandLine(nonce));
        sent = true;
        return new Conversation(session, command, nonce, script, deadline, timeout).hold();
      } catch (IOException e) {
        if (Failures.isInterruption(e)) {
          throw interrupted(e);
        }
        boolean dead = !client.getTransport().isRunning();
        if (dead) {
          link.discard(client);
        }
        // A connection that died while nobody looked is noticed only now, before anything was done.
        if (dead && attempt == 1 && (!sent || repeatable)) {
          continue;
        }
        throw Failures.lost(host, e);
      } finally {
        if (session != null) {
          closeLater(session);
        }
      }
    }
  }

  /** A connection that ended since it was looked at is none that somebody forgot to open. */
  private static Session session(SSHClient client) throws IOException {
    try {
      return client.startSession();
    } catch (IllegalStateException e) {
      throw new IOException("the connection ended", e);
    }
  }

  private static InterruptedException interrupted(IOException cause) {
    InterruptedException interruption = new InterruptedException("interrupted while waiting");
    interruption.initCause(cause);
    return interruption;
  }

  /** Closing waits for the other side's answer: nobody else need wait for that. */
  private static void closeLater(Session session) {
    Thread.ofVirtual()
        .name("ssh-close")
        .start(() -> {
          try {
            session.close();
          } catch (IOException alreadyGone) {
            // The connection is gone, and the channel with it.
          }
        });
  }

  private String commandLine(String nonce) {
    return switch (host.sudo()) {
      case HostConnection.Sudo.None none -> "sh -c '" + READ_AND_RUN + "'";
      case HostConnection.Sudo.WithoutPassword without ->
          "env LC_ALL=C sudo -n -- sh -c '" + READ_AND_RUN + "'";
      case HostConnection.Sudo.WithPassword with ->
          // Where sudo asks for no password, the password's line is still there: passed over.
          "env LC_ALL=C sudo -S -p '' -- sh -c 'echo "
              + nonce
              + " root; while IFS= read -r l; do test \"$l\" = "
              + nonce
              + " && break; done; "
              + READ_AND_RUN
              + "'";
    };
  }

  /** One script's way: password where needed, script in, output out. */
  private final class Conversation {
    private final Session session;
    private final Session.Command command;
    private final String nonce;
    private final String script;
    private final long deadline;
    private final Duration timeout;
    private final Received output = new Received();
    private final Received errors = new Received();

    Conversation(
        Session session,
        Session.Command command,
        String nonce,
        String script,
        long deadline,
        Duration timeout) {
      this.session = session;
      this.command = command;
      this.nonce = nonce;
      this.script = script;
      this.deadline = deadline;
      this.timeout = timeout;
    }

    ScriptOutput hold() throws IOException, TransportException, InterruptedException {
      output.readAll(command.getInputStream());
      errors.readAll(command.getErrorStream());
      if (host.sudo() instanceof HostConnection.Sudo.WithPassword with) {
        becomeRoot(with.password());
      }
      long sentAt = System.currentTimeMillis();
      // A script larger than the channel's window is taken only as the machine reads it.
      CompletableFuture<Void> writing = write(script);
      await(output.ended);
      await(errors.ended);
      session.join(Math.max(1, remaining()), TimeUnit.NANOSECONDS);
      Integer status = command.getExitStatus();
      if (!contains(output.bytes(), nonce)) {
        throw notStarted(status == null ? -1 : status);
      }
      writing.cancel(true);
      return new ScriptOutput(
          output.bytes(),
          errors.bytes(),
          status == null ? -1 : status,
          sentAt,
          output.firstAtMillis == 0 ? sentAt : output.firstAtMillis);
    }

    /**
     * Sends the password alone and waits until sudo takes it, so that it asks for no second one.
     */
    private void becomeRoot(String password)
        throws IOException, TransportException, InterruptedException {
      OutputStream in = command.getOutputStream();
      in.write((password + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      CompletableFuture<Void> refused = errors.whenContaining("try again", "sudo:");
      CompletableFuture<Void> root = output.whenContaining(nonce + " root");
      await(CompletableFuture.anyOf(refused, root, output.ended));
      if (!root.isDone()) {
        if (!refused.isDone()) {
          // It ended without a word here: the word is in what it says of errors, perhaps underway.
          await(errors.ended);
        }
        throw Elevation.failed(host, errors.text(), 1);
      }
      output.clear();
      in.write((nonce + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<Void> write(String text) {
      CompletableFuture<Void> written = new CompletableFuture<>();
      Thread.ofVirtual()
          .name("ssh-write-" + host.name())
          .start(() -> {
            try (OutputStream in = command.getOutputStream()) {
              in.write(text.getBytes(StandardCharsets.UTF_8));
              in.flush();
              written.complete(null);
            } catch (IOException e) {
              // What the machine printed before it stopped reading says more than this does.
              written.completeExceptionally(e);
            }
          });
      return written;
    }

    private void await(CompletableFuture<?> event)
        throws IOException, TransportException, InterruptedException {
      try {
        event.get(Math.max(1, remaining()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new TransportException(
            Code.TIMED_OUT,
            "%s gave no answer within %s; what was started there may still run"
                .formatted(host, Failures.seconds(timeout)));
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
      }
    }

    private long remaining() {
      return deadline - System.nanoTime();
    }

    private TransportException notStarted(int status) throws IOException {
      if (status == -1) {
        throw new IOException("the machine closed the channel before the script had started");
      }
      return Elevation.failed(host, errors.text(), status);
    }
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  /** Collects a stream while others wait for what it holds. */
  private static final class Received {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private String[] awaited = {};
    private CompletableFuture<Void> found = new CompletableFuture<>();
    private volatile long firstAtMillis;

    void readAll(InputStream stream) {
      Thread.ofVirtual()
          .name("ssh-read")
          .start(() -> {
            byte[] buffer = new byte[32 * 1024];
            try {
              for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(buffer, count);
                if (size() > MOST_OUTPUT) {
                  throw new IOException("it prints without end");
                }
              }
              ended.complete(null);
            } catch (IOException e) {
              ended.completeExceptionally(e);
            }
          });
    }

    private synchronized int size() {
      return bytes.size();
    }

    private synchronized void add(byte[] buffer, int count) {
      if (firstAtMillis == 0) {
        firstAtMillis = System.currentTimeMillis();
      }
      bytes.write(buffer, 0, count);
      look();
    }

    synchronized CompletableFuture<Void> whenContaining(String... texts) {
      awaited = texts;
      found = new CompletableFuture<>();
      look();
      return found;
    }

    private void look() {
      if (awaited.length > 0) {
        String text = text();
        for (String one : awaited) {
          if (text.contains(one)) {
            found.complete(null);
          }
        }
      }
    }

    synchronized void clear() {
      bytes.reset();
      awaited = new String[0];
      firstAtMillis = 0;
    }

    synchronized byte[] bytes() {
      return bytes.toByteArray();
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
