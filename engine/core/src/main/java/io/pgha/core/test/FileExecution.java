package io.pgha.core.test;

import io.pgha.core.configuration.TestFile;
import io.pgha.core.execution.Stop;
import io.pgha.core.test.TestSuite.Prepared;
import io.pgha.core.test.TestSuite.PreparedRun;
import io.pgha.core.test.TestSuite.Setup;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.value.Value;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Runs the runs of one file in their order, and destroys what they applied in the reverse one. */
final class FileExecution {
  private final Prepared prepared;
  private final Setup setup;
  private final SourceFiles sources;
  private final TestListener listener;
  private final Stop stop;

  /** The outputs of the runs so far. */
  private final Map<String, Value> outputs = new HashMap<>();

  /** The states by what names them, the one that was used last at the end. */
  private final SequencedMap<String, Kept> states = new LinkedHashMap<>();

  private boolean anythingLeft;

  /** A state, and the run that used it last. */
  private record Kept(StateSession session, PreparedRun last) {}

  FileExecution(
      Prepared prepared, Setup setup, SourceFiles sources, TestListener listener, Stop stop) {
    this.prepared = prepared;
    this.setup = setup;
    this.sources = sources;
    this.listener = listener;
    this.stop = stop;
  }

  /** Runs all; returns what each came to. */
  List<Status> run() throws InterruptedException, StateException {
    TestFile file = prepared.file();
    listener.started(file);
    List<Status> all = new ArrayList<>();
    boolean skipping = false;
    for (PreparedRun run : prepared.runs().values()) {
      skipping |= stop.isRequested();
      RunResult result = skipping ? RunResult.skipped() : run(run);
      skipping |= result.status() == Status.ERROR || stop.isRequested();
      all.add(result.status());
      listener.ended(file, run.run(), result);
    }
    listener.tearingDown(file);
    tearDown();
    Status worst = all.stream().reduce(Status.PASS, Status::or);
    listener.ended(file, anythingLeft || stop.isRequested() ? worst.or(Status.ERROR) : worst);
    return all;
  }

  private RunResult run(PreparedRun run) throws InterruptedException, StateException {
    listener.started(prepared.file(), run.run());
    Kept kept = states.remove(run.state());
    StateSession session =
        kept == null ? StateSession.inMemory(setup.toolVersion()) : kept.session();
    states.put(run.state(), new Kept(session, run));
    return new RunExecution(prepared, run, setup, sources, session, outputs, stop).run();
  }

  /** Whether something could not be destroyed. */
  boolean isAnythingLeft() {
    return anythingLeft;
  }

  private void tearDown() throws InterruptedException, StateException {
    for (Kept kept : states.sequencedValues().reversed()) {
      try (StateSession session = kept.session()) {
        if (isEmpty(session.state())) {
          continue;
        }
        listener.tearingDown(prepared.file(), kept.last().run());
        Diagnostics diagnostics = new Diagnostics();
        try {
          TearDown.of(kept.last(), setup, session, diagnostics);
        } catch (RuntimeException | StackOverflowError e) {
          diagnostics.add(Unforeseen.in("the tear-down", e));
        }
        State left = session.state();
        List<Diagnostic> errors = diagnostics.all().stream().filter(Diagnostic::isError).toList();
        if (!isEmpty(left) || !errors.isEmpty()) {
          anythingLeft = true;
          List<String> ids = new ArrayList<>(left.instances().keySet());
          ids.addAll(left.deposed().keySet());
          listener.leftBehind(prepared.file(), kept.last().run(), ids, errors);
        }
      }
    }
  }

  private static boolean isEmpty(State state) {
    return state.instances().isEmpty() && state.deposed().isEmpty();
  }
}
