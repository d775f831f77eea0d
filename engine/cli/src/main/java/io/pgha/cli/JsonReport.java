package io.pgha.cli;

import io.pgha.cli.view.PlanView;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.Mode;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells a program. */
record JsonReport(JsonLines lines) implements RunReport {

  @Override
  public void planned(PlanView plan) {
    lines.planned(plan);
  }

  @Override
  public Observer told(Observer machines) {
    return new JsonRefresh(machines, lines);
  }

  @Override
  public Running running(boolean anythingToDo, Function<String, Optional<InstanceState>> recorded) {
    return new JsonProgress(lines, recorded, System::nanoTime).ticking();
  }

  @Override
  public void incomplete(Mode mode, boolean stopped, Outcome outcome, String goOn) {
    String word = mode == Mode.DESTROY ? "Destroy" : "Apply";
    String what = word + (stopped ? " stopped: " : " not complete: ") + outcome.counts() + ".";
    outcome.rest().lines().map(String::strip).forEach(lines::log);
    summary(mode, what + " To go on: " + goOn, outcome);
  }

  @Override
  public void complete(Mode mode, boolean anythingDone, Outcome outcome) {
    String word = mode == Mode.DESTROY ? "Destroy" : "Apply";
    summary(mode, word + " complete! Resources: " + outcome.counts() + ".", outcome);
  }

  private void summary(Mode mode, String message, Outcome outcome) {
    lines.applied(mode == Mode.DESTROY ? "destroy" : "apply", message, outcome);
  }

  @Override
  public void outputs(Map<String, OutputState> outputs) {
    lines.outputs(outputs);
  }
}
