package io.pgha.provider.transport;

/** A way to reach machines, such as SSH. Thread-safe. */
public interface Transport extends AutoCloseable {
  /**
   * Opens a connection to a machine. One connection serves all that is done on it in a run.
   *
   * @throws TransportException where it can't be reached or refuses; its message says what and why
   */
  HostSession open(HostConnection connection) throws TransportException, InterruptedException;

  @Override
  void close();
}
