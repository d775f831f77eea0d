package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.plan.Mode;
import io.pgha.core.storage.Storage;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.Severity;
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
import java.util.List;
import java.util.Optional;

/** Opens the state of a project: the one place here that knows where it is kept. */
final class States {
  private final StateBackend backend;

  private States(Storage storage) {
    this.backend = storage.backend();
  }

  /** The state of a project whose configuration was read without errors. */
  static States of(Project project) {
    return new States(project.storage().orElseThrow());
  }

  /**
   * The state of the folder that a command is for, which reads nothing else of its configuration.
   *
   * @throws CommandFailure where the configuration does not say where it is
   */
  static States of(Main main) throws Exception {
    return new States(storage(main));
  }

  /** Where the state of the folder that a command is for is kept, and how. */
  static Storage storage(Main main) throws Exception {
    return storage(main, new Project.Given(main.surroundings().environment(), List.of()));
  }

  /** The same, by variables that the command was given. */
  static Storage storage(Main main, Project.Given given) throws Exception {
    return DeepStack.call(() -> {
      Diagnostics diagnostics = new Diagnostics();
      SourceFiles sources = new SourceFiles();
      return Project.storage(main.directory(), given, Providers.types(), sources, diagnostics)
          .orElseThrow(() ->
              new CommandFailure(
                  diagnostics.all().stream()
                      .filter(each -> each.severity() == Severity.ERROR)
                      .findFirst()
                      .orElseThrow(),
                  sources));
    });
  }

  /** The state as it is, without a lock. */
  State read() throws StateException {
    return backend.read();
  }

  /** The state as it is kept, without a lock. */
  static State read(Storage storage) throws StateException {
    return new States(storage).read();
  }

  /** The state in a file that somebody names, kept as the folder's own. */
  static State readFile(Path file, Storage storage) throws StateException {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.of(
          "no-state",
          "No state in " + file,
          "There is no such file. Without -state the folder's own state is taken, "
              + LocalBackend.FILE_NAME
              + ".");
    }
    return new LocalBackend(file, storage.state()).read();
  }

  /** Opens the state for writing; what the user should know of that becomes warnings. */
  StateSession open(String operation, LockOptions lock, Diagnostics diagnostics)
      throws StateException {
    String version = Version.current().number();
    StateSession session =
        lock.lock
            ? backend.open(LockInfo.of(operation, version), lock.timeout)
            : backend.openUnlocked(version);
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
  void checkIdle() throws StateException {
    Optional<LockInfo> holder = backend.holder();
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
  void checkUnchanged(State before) throws StateException {
    checkIdle();
    State now = read();
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
  void write(OutputStream target) throws StateException, IOException {
    State state = read();
    if (!state.lineage().isEmpty()) {
      StateFormat.write(state, target);
    }
  }

  /** Work on a locked state. */
  interface Work {
    void on(StateSession session) throws StateException;
  }

  /** Changes the state by hand. */
  void edit(String operation, LockOptions lock, Console console, Work work) throws StateException {
    Diagnostics diagnostics = new Diagnostics();
    try (StateSession session = open(operation, lock, diagnostics)) {
      work.on(session);
      session.finish(session.state().outputs());
    } finally {
      console.show(diagnostics, new SourceFiles());
    }
  }

  /** Removes a lock by its id. */
  void unlock(String id) throws StateException {
    backend.forceUnlock(id);
  }

  /** What a lock says it is for. */
  static String operation(Mode mode) {
    return mode == Mode.DESTROY ? "destroy" : "apply";
  }

  static Diagnostic error(StateException e) {
    return Diagnostic.error(e.code(), "Problem with the state", String.valueOf(e.getMessage()));
  }
}
