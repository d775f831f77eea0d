package io.pgha.core.execution;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.step.Step;
import java.time.Duration;

/** Is told how a run goes on, from many threads at once. */
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = new Progress() {};

  /** Moves and imports were recorded, before anything else is done. */
  default void recorded(StateChanges changes) {}

  /** So many instances were forgotten, after everything else. */
  default void forgotten(int instances) {}

  /** An instance's turn has come. */
  default void started(PlannedInstance instance) {}

  /**
   * A part of a replacement begins.
   *
   * @param part what it is: to create, or to delete
   */
  default void partStarted(PlannedInstance instance, Action part) {}

  /** A part of a replacement was done and recorded. */
  default void partDone(PlannedInstance instance, Action part, Duration took) {}

  /** A step begins on a host. */
  default void stepStarted(PlannedInstance instance, String hostName, Step step) {}

  /** A step was done. */
  default void stepDone(PlannedInstance instance, String hostName, Step step, Duration took) {}

  /** An instance waits for something. */
  default void waiting(PlannedInstance instance, String reason) {}

  /** An instance was applied and recorded. */
  default void done(PlannedInstance instance, Duration took) {}

  /** An instance could not be applied. */
  default void failed(PlannedInstance instance, Diagnostic why) {}
}
