package io.pgha.cli;

import io.pgha.core.plan.Mode;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.state.LockInfo;
import io.pgha.state.State;
import io.pgha.state.StateBackend;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.file.LocalBackend;
import io.pgha.state.file.StateFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the state of a project: the one place here that knows where it is kept. */
final class States {
  private States() {}

  /** The state as it is, without a lock. */
  static State read(Path directory) throws StateException {
    return backend(directory).read();
  }

  /** The state in a file that somebody names. */
  static State readFile(Path file) throws StateException {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.of(
          "no-state",
          "No state in " + file,
          "There is no such file. Without -state the folder's own state is taken, "
              + LocalBackend.FILE_NAME
              + ".");
    }
    return new LocalBackend(file).read();
  }

  /** Opens the state for writing; what the user should know of that becomes warnings. */
  static StateSession open(
      Path directory, String operation, LockOptions lock, Diagnostics diagnostics)
      throws StateException {
    String version = Version.current().number();
    StateSession session =
        lock.lock
            ? backend(directory).open(LockInfo.of(operation, version), lock.timeout)
            : backend(directory).openUnlocked(version);
    for (String notice : session.notices()) {
      diagnostics.add(Diagnostic.warning("state", "State", notice));
    }
    return session;
  }

  /**
   * Refuses to judge machines that a run is changing.
   *
   * @throws CommandFailure where the state is locked by a process that lives
   */
  static void checkIdle(Path directory) throws StateException {
    Optional<LockInfo> holder = backend(directory).holder();
    if (holder.isPresent()) {
      throw CommandFailure.of(
          "state-locked",
          "Somebody is changing these machines just now",
          "The state is locked: "
              + holder.get().text()
              + ". What that run has not done yet would look like drift: look again when it has"
              + " ended.");
    }
  }

  /**
   * Refuses to judge machines that a run was changing while they were looked at.
   *
   * @param before the state that was read before the look
   * @throws CommandFailure where a run is under way, or has written the state since
   */
  static void checkUnchanged(Path directory, State before) throws StateException {
    checkIdle(directory);
    State now = read(directory);
    // A run that was cut off leaves a journal, which does not count the serial up.
    boolean same =
        now.lineage().equals(before.lineage())
            && now.serial() == before.serial()
            && now.hasContentOf(before);
    if (!same) {
      throw CommandFailure.of(
          "state-locked",
          "Somebody has changed these machines just now",
          "The state was changed during the look. What was done meanwhile would look like drift:"
              + " look again.");
    }
  }

  /** Writes the state as it is kept; nothing where there is none yet. */
  static void write(Path directory, OutputStream target) throws StateException, IOException {
    State state = read(directory);
    if (!state.lineage().isEmpty()) {
      StateFormat.write(state, target);
    }
  }

  private static StateBackend backend(Path directory) {
    return new LocalBackend(directory.resolve(LocalBackend.FILE_NAME));
  }

  /** Work on a locked state. */
  interface Work {
    void on(StateSession session) throws StateException;
  }

  /** Changes the state by hand. */
  static void edit(Path directory, String operation, LockOptions lock, Console console, Work work)
      throws StateException {
    Diagnostics diagnostics = new Diagnostics();
    try (StateSession session = open(directory, operation, lock, diagnostics)) {
      work.on(session);
      session.finish(session.state().outputs());
    } finally {
      console.show(diagnostics, new SourceFiles());
    }
  }

  /** Removes a lock by its id. */
  static void unlock(Path directory, String id) throws StateException {
    backend(directory).forceUnlock(id);
  }

  /** What a lock says it is for. */
  static String operation(Mode mode) {
    return mode == Mode.DESTROY ? "destroy" : "apply";
  }

  static Diagnostic error(StateException e) {
    return Diagnostic.error(e.code(), "Problem with the state", String.valueOf(e.getMessage()));
  }
}
