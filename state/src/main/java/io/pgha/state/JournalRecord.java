package io.pgha.state;

import java.util.List;
import java.util.Map;

/** Something that happened since the snapshot. */
public sealed interface JournalRecord {

  /**
   * A journal begins: its first record, which binds it to one snapshot.
   *
   * @param journal the journal's own id; a snapshot that names it has all of it
   * @param lineage the lineage of the snapshot
   * @param serial the serial of the snapshot; 0 where there is none yet
   * @param toolVersion the version of pgha that writes it
   * @param started when, in ISO 8601
   */
  record Begun(String journal, String lineage, long serial, String toolVersion, String started)
      implements JournalRecord {}

  /**
   * A step is about to be done.
   *
   * @param id the instance it is done for
   * @param step its number among the instance's steps
   * @param description what it does, in one line without secrets
   * @param machineIds the machines it is done on, by the host's address
   */
  record Intended(String id, int step, String description, Map<String, String> machineIds)
      implements JournalRecord {
    public Intended {
      machineIds = ArtifactState.sorted(machineIds);
    }
  }

  /** A step was done. */
  record Done(String id, int step) implements JournalRecord {}

  /** What an instance is now; its claims so far are settled. */
  record Recorded(InstanceState instance) implements JournalRecord {}

  /** An instance is gone. */
  record Removed(String id) implements JournalRecord {}

  /** How a host is reached and which machine it is. */
  record HostRecorded(String address, HostState host) implements JournalRecord {}

  /** A host is gone. */
  record HostRemoved(String address) implements JournalRecord {}

  /** A run came to its end with these outputs and checks. */
  record Ended(Map<String, OutputState> outputs, List<CheckResult> checks)
      implements JournalRecord {
    public Ended {
      outputs = ArtifactState.sorted(outputs);
      checks = List.copyOf(checks);
    }
  }

  /** Several that hold together or not at all. */
  record Together(List<JournalRecord> records) implements JournalRecord {
    public Together {
      records = List.copyOf(records);
    }
  }
}
