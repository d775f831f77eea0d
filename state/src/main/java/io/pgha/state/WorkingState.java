package io.pgha.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state while it changes: a change costs as little in a state of 100,000 instances as in one of
 * ten; only a snapshot costs as much as there is. For one thread at a time.
 */
final class WorkingState {
  private String lineage;
  private long serial;
  private String toolVersion;
  private String journal;
  private final TreeMap<String, InstanceState> instances;
  private final TreeMap<String, InstanceState> deposed;
  private final TreeMap<String, OutputState> outputs;
  private final TreeMap<String, HostState> hosts;
  private List<CheckResult> checks;
  private final Map<String, JournalRecord.Intended> unfinished = new LinkedHashMap<>();
  private @Nullable State snapshot;

  WorkingState(State start) {
    lineage = start.lineage();
    serial = start.serial();
    toolVersion = start.toolVersion();
    journal = start.journal();
    instances = new TreeMap<>(start.instances());
    deposed = new TreeMap<>(start.deposed());
    outputs = new TreeMap<>(start.outputs());
    hosts = new TreeMap<>(start.hosts());
    checks = start.checks();
  }

  /** Changes the state as the record says. */
  void apply(JournalRecord entry) {
    snapshot = null;
    switch (entry) {
      case JournalRecord.Begun begun -> lineage = begun.lineage();
      case JournalRecord.Intended intended -> claim(intended);
      case JournalRecord.Done(String id, int step) -> unfinished.remove(stepKey(id, step));
      case JournalRecord.Recorded(InstanceState instance) -> {
        objects(instance).put(instance.id(), instance);
        settle(instance.id());
      }
      case JournalRecord.Removed(String id) -> {
        if (instances.remove(id) == null) {
          deposed.remove(id);
        }
        settle(id);
      }
      case JournalRecord.HostRecorded(String address, HostState host) -> hosts.put(address, host);
      case JournalRecord.HostRemoved(String address) -> hosts.remove(address);
      case JournalRecord.Ended(Map<String, OutputState> all, List<CheckResult> results) -> {
        outputs.clear();
        outputs.putAll(all);
        checks = results;
      }
      case JournalRecord.Together(List<JournalRecord> records) -> records.forEach(this::apply);
    }
  }

  private Map<String, InstanceState> objects(InstanceState instance) {
    return instance.deposed().isEmpty() ? instances : deposed;
  }

  private void claim(JournalRecord.Intended intended) {
    unfinished.put(stepKey(intended.id(), intended.step()), intended);
    String id = intended.id();
    InstanceState known = instances.getOrDefault(id, deposed.get(id));
    if (known == null) {
      instances.put(id, InstanceState.begun(InstanceAddress.parse(id), intended.machineIds()));
    } else if (!known.claims().entrySet().containsAll(intended.machineIds().entrySet())) {
      objects(known).put(id, known.withClaims(intended.machineIds()));
    }
  }

  private static String stepKey(String id, int step) {
    return step + " " + id;
  }

  private void settle(String id) {
    if (!unfinished.isEmpty()) {
      unfinished.values().removeIf(intended -> intended.id().equals(id));
    }
  }

  /** The steps that were begun and neither done nor followed by a result. */
  List<JournalRecord.Intended> unfinished() {
    return new ArrayList<>(unfinished.values());
  }

  /** One object as it is now. */
  Optional<InstanceState> instance(String id) {
    InstanceState found = instances.get(id);
    return Optional.ofNullable(found == null ? deposed.get(id) : found);
  }

  String lineage() {
    return lineage;
  }

  long serial() {
    return serial;
  }

  /** Takes note that the state was written. */
  void written(State state) {
    serial = state.serial();
    toolVersion = state.toolVersion();
    journal = state.journal();
    lineage = state.lineage();
    snapshot = null;
  }

  /** The state as it is now, for good; the same object as long as nothing changes. */
  State snapshot() {
    State current = snapshot;
    if (current == null) {
      current =
          new State(
              lineage, serial, toolVersion, journal, instances, deposed, outputs, hosts, checks);
      snapshot = current;
    }
    return current;
  }
}
