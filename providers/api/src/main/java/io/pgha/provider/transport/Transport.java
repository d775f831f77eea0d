package io.pgha.provider.transport;

/** A way to reach machines, such as SSH. Thread-safe. */
public interface Transport extends AutoCloseable {
  /**
   * Makes ready what all connections need, and connects nowhere: what takes a while at a process's
   * first use and can be had while the machines are not known yet. Nothing depends on it.
   */
  default void prepare() {}

  /**
   * Opens a connection to a machine. One connection serves all that is done on it in a run.
   *
   * @throws TransportException where it can't be reached or refuses; its message says what and why
   */
  HostSession open(HostConnection connection) throws TransportException, InterruptedException;

  @Override
  void close();
}
