package io.pgha.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session on any backend: state = snapshot + journal.
 *
 * <p>Threads that commit at the same time queue their records; whoever gets the turn writes all
 * that are queued with one write and one sync, and the others find theirs written.
 */
final class JournaledSession implements StateSession {
  private static final long LARGE_JOURNAL = 64L << 20;

  private final StateStore store;

  /** Changed under the turn and its own monitor; read under either. */
  private final WorkingState working;

  private final String toolVersion;
  private final long largeJournal;
  private final List<String> notices;
  private final List<JournalRecord.Intended> interrupted;

  /** Held by the one thread that writes, or opens, or ends. Whoever only reads need not wait. */
  private final ReentrantLock turn = new ReentrantLock();

  private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();

  /** The journal that holds what the snapshot doesn't; empty for none. */
  private String journal;

  /** Whether that journal may be appended to: it is this run's own, and no append failed. */
  private boolean appendable;

  /** Whether the journal that was found is one that the snapshot has all of. */
  private boolean leftover;

  private boolean closed;

  /** A record on its way. Written by the thread that has the turn, read under the turn. */
  private static final class Pending {
    private final JournalRecord entry;
    private boolean settled;
    private @Nullable StateException failure;

    private Pending(JournalRecord entry) {
      this.entry = entry;
    }
  }

  private JournaledSession(
      StateStore store,
      Replay replay,
      List<String> notices,
      String toolVersion,
      long largeJournal) {
    this.store = store;
    this.working = replay.state();
    this.journal = replay.journal();
    this.leftover = replay.leftover();
    this.notices = List.copyOf(notices);
    this.interrupted = working.unfinished();
    this.toolVersion = toolVersion;
    this.largeJournal = largeJournal;
  }

  static StateSession open(StateStore store, String location, String toolVersion)
      throws StateException {
    return open(store, location, toolVersion, LARGE_JOURNAL);
  }

  /** Opens a session that folds its journal whenever it has more than the given bytes. */
  static StateSession open(StateStore store, String location, String toolVersion, long largeJournal)
      throws StateException {
    try {
      StoredState stored = store.load();
      Replay replay = Replay.of(stored, location);
      List<String> notices = new ArrayList<>(store.notices());
      notices.addAll(stored.warnings());
      return new JournaledSession(store, replay, notices, toolVersion, largeJournal);
    } catch (StateException | RuntimeException e) {
      try {
        store.close();
      } catch (StateException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  @Override
  public State state() {
    synchronized (working) {
      return working.snapshot();
    }
  }

  @Override
  public Optional<InstanceState> instance(String id) {
    synchronized (working) {
      return working.instance(id);
    }
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public List<JournalRecord.Intended> interrupted() {
    return interrupted;
  }

  // Nothing but the number of writes depends on which thread goes on first.
  @SuppressWarnings("ThreadPriorityCheck")
  @Override
  public void commit(JournalRecord entry) throws StateException {
    Pending mine = new Pending(entry);
    queue.add(mine);
    turn.lock();
    try {
      if (!mine.settled) {
        // Whoever could go on at once may hand in a record first: one write to the disk serves all.
        Thread.yield();
        writeQueued();
      }
      StateException failure = mine.failure;
      if (failure != null) {
        // Every waiting thread gets an exception of its own.
        throw new StateException(failure.reason(), String.valueOf(failure.getMessage()), failure);
      }
    } finally {
      turn.unlock();
    }
  }

  private void writeQueued() {
    List<Pending> batch = new ArrayList<>();
    for (Pending next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
    }
    List<JournalRecord> records = batch.stream().map(pending -> pending.entry).toList();
    StateException failure = null;
    try {
      append(records);
    } catch (StateException e) {
      failure = e;
    }
    for (Pending pending : batch) {
      pending.failure = failure;
      pending.settled = true;
    }
  }

  private void append(List<JournalRecord> records) throws StateException {
    if (closed) {
      throw new StateException("The state was closed before this was recorded.");
    }
    if (appendable && store.journalBytes() > largeJournal) {
      fold();
    }
    if (!appendable) {
      begin();
    }
    try {
      store.appendJournal(records);
    } catch (StateException e) {
      // What the disk has of these records is not known: nothing may follow them.
      appendable = false;
      throw e;
    }
    apply(records);
  }

  private void apply(List<JournalRecord> records) {
    synchronized (working) {
      records.forEach(working::apply);
    }
  }

  private void begin() throws StateException {
    if (!journal.isEmpty()) {
      fold();
    }
    String lineage = working.lineage().isEmpty() ? UUID.randomUUID().toString() : working.lineage();
    JournalRecord.Begun begun =
        new JournalRecord.Begun(
            UUID.randomUUID().toString(),
            lineage,
            working.serial(),
            toolVersion,
            Instant.now().toString());
    store.appendJournal(List.of(begun));
    leftover = false;
    apply(List.of(begun));
    journal = begun.journal();
    appendable = true;
  }

  /** Writes a snapshot that has all of the journal. */
  private void fold() throws StateException {
    State now = state();
    State next =
        new State(
            now.lineage(),
            now.serial() + 1,
            toolVersion,
            journal,
            now.instances(),
            now.deposed(),
            now.outputs(),
            now.hosts(),
            now.checks());
    appendable = false;
    store.writeSnapshot(next);
    synchronized (working) {
      working.written(next);
    }
    journal = "";
  }

  @Override
  public void finish(Map<String, OutputState> outputs, List<CheckResult> checks)
      throws StateException {
    turn.lock();
    try {
      State now = state();
      if (!now.outputs().equals(outputs) || !now.checks().equals(checks)) {
        commit(new JournalRecord.Ended(outputs, checks));
      }
      if (!journal.isEmpty() || (store.isOutdated() && !now.lineage().isEmpty())) {
        fold();
      } else if (leftover) {
        store.removeFoldedJournal();
        leftover = false;
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() throws StateException {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        store.close();
      }
    } finally {
      turn.unlock();
    }
  }
}
