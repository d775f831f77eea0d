package io.pgha.core.execution;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the user asked to stop: running steps are finished, no further one is begun. */
public final class Stop {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks to stop. */
  public void request() {
    requested.set(true);
  }

  /** Whether somebody asked. */
  public boolean isRequested() {
    return requested.get();
  }
}
