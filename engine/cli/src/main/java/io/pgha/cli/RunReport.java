package io.pgha.cli;

import io.pgha.cli.view.PlanView;
import io.pgha.core.execution.Progress;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.Mode;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells how a plan or an apply goes: to a person, or to a program. */
sealed interface RunReport permits TextReport, JsonReport {

  /** A report to whom the console writes for. */
  static RunReport to(Console console) {
    return console.json().<RunReport>map(JsonReport::new).orElseGet(() -> new TextReport(console));
  }

  /** Whoever asks machines, so that what is asked is told of where somebody wants to know. */
  default Observer told(Observer machines) {
    return machines;
  }

  /** What is planned. */
  void planned(PlanView plan);

  /**
   * Who is told how the steps go on.
   *
   * @param recorded what state has of an address by now
   */
  Running running(boolean anythingToDo, Function<String, Optional<InstanceState>> recorded);

  /**
   * Not everything was done.
   *
   * @param stopped whether the user asked to stop
   * @param goOn the command that does the rest
   */
  void incomplete(Mode mode, boolean stopped, Outcome outcome, String goOn);

  /** Everything was done. */
  void complete(Mode mode, boolean anythingDone, Outcome outcome);

  /** The outputs as they are now. */
  void outputs(Map<String, OutputState> outputs);

  /** Is told how the steps go on, until it is closed. */
  interface Running extends Progress, AutoCloseable {
    /** Shows a line that stays. */
    void say(String text);

    @Override
    default void close() {}
  }
}
