package io.pgha.cli;

import io.pgha.cli.view.PlanView;
import io.pgha.core.plan.Mode;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells a person. */
record TextReport(Console console) implements RunReport {

  @Override
  public void planned(PlanView plan) {
    boolean outputsStay = plan.outputs().stream().noneMatch(PlanView.OutputView::changed);
    if (!plan.changes().isEmpty() || !outputsStay) {
      console.line(PlanText.of(plan, console.paint()));
      return;
    }
    console.line(plan.nothing());
  }

  @Override
  public Running running(boolean anythingToDo, Function<String, Optional<InstanceState>> recorded) {
    return console.live() && anythingToDo
        ? new TerminalProgress(console, System::nanoTime).ticking()
        : new ProgressText(console, System::nanoTime);
  }

  @Override
  public void incomplete(Mode mode, boolean stopped, Outcome outcome, String goOn) {
    String word = mode == Mode.DESTROY ? "Destroy" : "Apply";
    String what = word + (stopped ? " stopped: " : " not complete: ") + outcome.counts() + ".";
    console.line(console.paint().removed(what) + "   " + outcome.times());
    console.out().print(outcome.rest());
    console.line("What was done is recorded. To go on: " + goOn);
  }

  @Override
  public void complete(Mode mode, boolean anythingDone, Outcome outcome) {
    String word = mode == Mode.DESTROY ? "Destroy" : "Apply";
    console.line(
        console.paint().added(word + " complete: " + outcome.counts() + ".")
            + (anythingDone ? "   " + outcome.times() : ""));
  }

  @Override
  public void outputs(Map<String, OutputState> outputs) {
    if (!outputs.isEmpty()) {
      console.line("\n" + OutputText.of(outputs).stripTrailing());
    }
  }
}
