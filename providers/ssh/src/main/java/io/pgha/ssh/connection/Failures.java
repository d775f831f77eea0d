package io.pgha.ssh.connection;

import io.pgha.provider.transport.HostConnection;
import io.pgha.provider.transport.TransportException;
import io.pgha.provider.transport.TransportException.Code;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Exceptions of the JDK and of sshj as sentences for the user. */
final class Failures {
  private Failures() {}

  /** What an exception says, without its class and without line breaks. */
  static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String text =
        switch (deepest) {
          case NoSuchFileException missing -> missing.getFile() + " is not there";
          case AccessDeniedException denied -> "no permission to read " + denied.getFile();
          default -> deepest.getMessage();
        };
    return text == null || text.isBlank()
        ? deepest.getClass().getSimpleName()
        : text.strip().replaceAll("\\s+", " ");
  }

  /** Whether an exception stands for an interruption of the thread. */
  static boolean isInterruption(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException
          || (cause instanceof InterruptedIOException
              && !(cause instanceof SocketTimeoutException))) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }

  /** Why no connection came about. */
  static TransportException connecting(HostConnection host, Throwable failure) {
    String way = host.bastion().map(bastion -> " through " + bastion).orElse("");
    if (find(failure, UnknownHostException.class).isPresent()) {
      return new TransportException(
          Code.UNREACHABLE,
          "can't reach %s%s: the name \"%s\" can't be resolved; check the address"
              .formatted(host, way, host.address()));
    }
    if (find(failure, SocketTimeoutException.class).isPresent()) {
      return timedOut(host);
    }
    if (find(failure, ConnectException.class).isPresent()
        || find(failure, NoRouteToHostException.class).isPresent()) {
      return new TransportException(
          Code.UNREACHABLE,
          "can't reach %s%s: %s; check that the machine is up and that sshd listens there"
              .formatted(host, way, reason(failure)));
    }
    return new TransportException(
        Code.UNREACHABLE,
        "can't open an SSH connection to %s%s: %s; check that an SSH server answers there"
            .formatted(host, way, reason(failure)));
  }

  /** No connection in time. */
  static TransportException timedOut(HostConnection host) {
    return new TransportException(
        Code.TIMED_OUT,
        "no SSH connection to %s within %s: nothing answers as an SSH server there; check address,"
                .formatted(host, seconds(host.connectTimeout()))
            + " port and firewall, or raise the connect timeout");
  }

  /** The connection broke while something ran. */
  static TransportException lost(HostConnection host, IOException failure) {
    return new TransportException(
        Code.CONNECTION_LOST, "the connection to %s was lost: %s".formatted(host, reason(failure)));
  }

  static String seconds(java.time.Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
