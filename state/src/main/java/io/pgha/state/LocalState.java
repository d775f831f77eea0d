package io.pgha.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The state in a folder: {@code pgha.state.json}, with journal and lock beside it.
 *
 * @param folder the folder
 */
public record LocalState(Path folder) {
  private static final String NAME = "pgha.state.json";
  private static final String JOURNAL = "pgha.state.journal";
  private static final String LOCK = "pgha.state.lock";

  /** Reads the state without locking and without writing anything. */
  public State read() throws StateException {
    StateFile file = new StateFile(folder.resolve(NAME));
    State snapshot = file.read();
    Journal journal = new Journal(folder.resolve(JOURNAL));
    return replay(
        snapshot, journal.read(snapshot.lineage(), snapshot.serial()).records(), journalPath());
  }

  /**
   * Locks the state and opens it for writing.
   *
   * @param operation what the lock is for, for others who find it
   * @param patience how long to wait for a lock that another holds
   * @param notices is told what the user should know, such as a dead process's lock
   */
  public StateSession open(String operation, Duration patience, Consumer<String> notices)
      throws StateException, InterruptedException {
    StateLock lock = StateLock.acquire(folder.resolve(LOCK), operation, patience, notices);
    try {
      StateFile file = new StateFile(folder.resolve(NAME));
      State snapshot = file.read();
      Journal journal = new Journal(folder.resolve(JOURNAL));
      Journal.Content content = journal.read(snapshot.lineage(), snapshot.serial());
      if (content.damagedTail()) {
        notices.accept(
            "The journal "
                + journalPath()
                + " ends in a record that was not written whole: that last step is looked at"
                + " again on the machine.");
      }
      State state = replay(snapshot, content.records(), journalPath());
      return new LocalSession(lock, file, journal, snapshot, state, content.records());
    } catch (StateException e) {
      lock.close();
      throw e;
    }
  }

  /** Removes a lock by its id. */
  public void forceUnlock(String id) throws StateException {
    StateLock.force(folder.resolve(LOCK), id);
  }

  private Path journalPath() {
    return folder.resolve(JOURNAL);
  }

  private static State replay(State snapshot, List<JsonNode> records, Path journal)
      throws StateException {
    TreeMap<String, InstanceState> instances = new TreeMap<>(snapshot.instances());
    for (JsonNode node : records) {
      try {
        switch (node.path("kind").asText()) {
          case "instance" -> {
            InstanceState instance = StateJson.instance(StateJson.required(node, "instance"));
            instances.put(instance.address().text(), instance);
          }
          case "removed" -> instances.remove(StateJson.required(node, "address").asText());
          default -> {
            // intents and the like change nothing: what they were about is looked at again
          }
        }
      } catch (IOException | IllegalArgumentException e) {
        throw new StateException(
            "The journal "
                + journal
                + " holds a record that can't be used: "
                + e.getMessage()
                + ".");
      }
    }
    return new State(snapshot.lineage(), snapshot.serial(), instances, snapshot.outputs());
  }
}
