package io.pgha.core.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does things beside each other, on all processors. */
final class Concurrently {
  private Concurrently() {}

  /** Something that is being done; to close it interrupts it, where that comes before its end. */
  static final class Begun<R> implements AutoCloseable {
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<R> running;

    private Begun(Callable<R> task) {
      running = thread.submit(task);
    }

    /** What came of it, once it is done; what it throws is thrown. */
    R get() throws InterruptedException {
      return result(running);
    }

    @Override
    public void close() {
      thread.shutdownNow();
      thread.close();
    }
  }

  /** Begins something that is interruptible, and throws nothing else that is checked. */
  static <R> Begun<R> begin(Callable<R> task) {
    return new Begun<>(task);
  }

  /**
   * The results for all, in their order.
   *
   * @param function thread-safe; what it throws is thrown, of several the first in order
   */
  static <T, R> List<R> each(List<T> all, Function<T, R> function) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> running = new ArrayList<>();
      for (T one : all) {
        running.add(threads.submit(() -> function.apply(one)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> each : running) {
        results.add(result(each));
      }
      return results;
    }
  }

  private static <R> R result(Future<R> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case InterruptedException interruption -> throw interruption;
        case null, default ->
            throw new IllegalStateException("no other exception can be thrown", e);
      }
    }
  }
}
