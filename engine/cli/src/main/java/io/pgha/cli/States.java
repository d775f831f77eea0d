package io.pgha.cli;

import io.pgha.core.plan.Mode;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Value;
import io.pgha.state.LockInfo;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import io.pgha.state.StateBackend;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.file.LocalBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Opens the state of a project. */
final class States {
  private States() {}

  /** The state as it is, without a lock; the empty one where an error was reported. */
  static State read(Path directory, Diagnostics diagnostics) {
    try {
      return backend(directory).read();
    } catch (StateException e) {
      diagnostics.add(error(e));
      return State.EMPTY;
    }
  }

  /** Locks the state; empty where an error was reported. */
  static Optional<StateSession> open(
      Path directory, String operation, Duration patience, Diagnostics diagnostics) {
    try {
      StateSession session =
          backend(directory).open(LockInfo.of(operation, Version.current().number()), patience);
      for (String notice : session.notices()) {
        diagnostics.add(Diagnostic.warning("state", "State", notice));
      }
      return Optional.of(session);
    } catch (StateException e) {
      diagnostics.add(error(e));
      return Optional.empty();
    }
  }

  private static StateBackend backend(Path directory) {
    return new LocalBackend(directory.resolve(LocalBackend.FILE_NAME));
  }

  /** What a lock says it is for. */
  static String operation(Mode mode) {
    return mode == Mode.DESTROY ? "destroy" : "apply";
  }

  static Diagnostic error(StateException e) {
    return Diagnostic.error(e.code(), "Problem with the state", String.valueOf(e.getMessage()));
  }

  /** What the state keeps of outputs; those that are not wholly known are left out. */
  static Map<String, OutputState> outputs(Map<String, Value> values) {
    Map<String, OutputState> outputs = new TreeMap<>();
    values.forEach((name, value) -> {
      Value plain = Marks.removeDeep(value);
      if (io.pgha.provider.Values.whollyKnown(plain)) {
        outputs.put(name, new OutputState(plain, Marks.has(value, Mark.SENSITIVE)));
      }
    });
    return outputs;
  }
}
