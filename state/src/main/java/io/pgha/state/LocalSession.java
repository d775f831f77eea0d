package io.pgha.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A locked local state. */
final class LocalSession implements StateSession {
  private final StateLock lock;
  private final StateFile file;
  private final Journal journal;
  private final List<JsonNode> earlier;
  private final TreeMap<String, InstanceState> instances;
  private State snapshot;
  private boolean begun;

  LocalSession(
      StateLock lock,
      StateFile file,
      Journal journal,
      State snapshot,
      State state,
      List<JsonNode> earlier) {
    this.lock = lock;
    this.file = file;
    this.journal = journal;
    this.snapshot = snapshot;
    this.earlier = earlier;
    this.instances = new TreeMap<>(state.instances());
  }

  @Override
  public synchronized State state() {
    return new State(snapshot.lineage(), snapshot.serial(), instances, snapshot.outputs());
  }

  @Override
  public synchronized Optional<InstanceState> instance(String address) {
    return Optional.ofNullable(instances.get(address));
  }

  /** The first record of a session needs a snapshot that it belongs to, and a journal to be in. */
  private synchronized void begin() throws StateException {
    if (begun) {
      return;
    }
    if (snapshot.lineage().isEmpty()) {
      snapshot = new State(UUID.randomUUID().toString(), 1, new TreeMap<>(), snapshot.outputs());
      file.write(snapshot);
    }
    if (earlier.isEmpty()) {
      journal.begin(snapshot.lineage(), snapshot.serial());
    } else {
      journal.resume(earlier);
    }
    begun = true;
  }

  @Override
  public void intent(String address, int step, String description) throws StateException {
    begin();
    journal.append(out -> {
      out.writeStringField("kind", "intent");
      out.writeStringField("address", address);
      out.writeNumberField("step", step);
      out.writeStringField("description", description);
    });
  }

  @Override
  public void done(String address, int step) throws StateException {
    begin();
    journal.append(out -> {
      out.writeStringField("kind", "done");
      out.writeStringField("address", address);
      out.writeNumberField("step", step);
    });
  }

  @Override
  public void record(InstanceState instance) throws StateException {
    begin();
    journal.append(out -> {
      out.writeStringField("kind", "instance");
      out.writeFieldName("instance");
      StateJson.write(out, instance);
    });
    synchronized (this) {
      instances.put(instance.address().text(), instance);
    }
  }

  @Override
  public void remove(String address) throws StateException {
    begin();
    journal.append(out -> {
      out.writeStringField("kind", "removed");
      out.writeStringField("address", address);
    });
    synchronized (this) {
      instances.remove(address);
    }
  }

  @Override
  public synchronized void finish(Map<String, OutputState> outputs) throws StateException {
    boolean changed =
        begun || !earlier.isEmpty() || !snapshot.outputs().equals(new TreeMap<>(outputs));
    if (!changed) {
      return;
    }
    String lineage =
        snapshot.lineage().isEmpty() ? UUID.randomUUID().toString() : snapshot.lineage();
    State next = new State(lineage, snapshot.serial() + 1, instances, new TreeMap<>(outputs));
    file.write(next);
    snapshot = next;
    journal.remove();
    begun = false;
  }

  @Override
  public void close() throws StateException {
    journal.close();
    lock.close();
  }
}
