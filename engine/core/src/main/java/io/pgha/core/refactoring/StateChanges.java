package io.pgha.core.refactoring;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What changes in state alone. Moves and imports are recorded before anything is done on a machine;
 * what is forgotten is, after everything else, since what goes may still need it.
 *
 * @param moves the instances with another address
 * @param forgotten the ids of what state forgets, by its new addresses
 * @param imported what is taken over, by address
 * @param refreshed what is no longer as it was last applied, by address
 * @param amended what state says from now on, by id, of something about which nothing changed that
 *     anybody is told of: it needs others by now, or is kept as a newer schema has it
 */
public record StateChanges(
    Moves moves,
    Set<String> forgotten,
    Map<String, Import> imported,
    Map<String, Refreshed> refreshed,
    Map<String, InstanceState> amended) {
  /** Nothing changes. */
  public static final StateChanges NONE =
      new StateChanges(Moves.NONE, Set.of(), Map.of(), Map.of(), Map.of());

  public StateChanges {
    forgotten = Collections.unmodifiableSet(new TreeSet<>(forgotten));
    imported = Collections.unmodifiableMap(new TreeMap<>(imported));
    refreshed = Collections.unmodifiableMap(new TreeMap<>(refreshed));
    amended = Collections.unmodifiableMap(new TreeMap<>(amended));
  }

  /**
   * Something that is taken over.
   *
   * @param id what configuration calls it by; may be empty
   * @param state what state says of it until it is applied
   */
  public record Import(String id, InstanceState state) {}

  /**
   * Something that was changed outside pgha, and is taken as it is.
   *
   * @param applied what state says of it so far
   * @param seen what state says of it from now on; empty where it is gone
   * @param artifacts what of its artifacts was changed, and how
   */
  public record Refreshed(
      InstanceState applied, Optional<InstanceState> seen, List<ArtifactChange> artifacts) {
    public Refreshed {
      artifacts = List.copyOf(artifacts);
    }
  }

  /** Whether nothing changes that anybody is told of. */
  public boolean isEmpty() {
    return forgotten.isEmpty() && moves.isEmpty() && imported.isEmpty() && refreshed.isEmpty();
  }

  /** Whether there is something to record before anything is done. */
  public boolean isAnythingFirst() {
    return !moves.isEmpty() || !imported.isEmpty() || !refreshed.isEmpty() || !amended.isEmpty();
  }

  /**
   * What a journal says of what is forgotten: it holds as a whole or not at all.
   *
   * @param state the state when all else is done
   * @param kept what is not forgotten after all
   */
  public JournalRecord lastRecords(State state, Set<String> kept) {
    List<JournalRecord> records = new ArrayList<>();
    for (String id : forgotten) {
      if (!kept.contains(id)) {
        records.add(new JournalRecord.Removed(id));
        if (state.hosts().containsKey(id)) {
          records.add(new JournalRecord.HostRemoved(id));
        }
      }
    }
    return new JournalRecord.Together(records);
  }

  /**
   * What a journal says of moves, imports, what was seen and what is amended: it holds as a whole
   * or not at all.
   *
   * @param state the state before them
   */
  public JournalRecord firstRecords(State state, TypeRegistry types) {
    List<JournalRecord> records = new ArrayList<>(moves.records(state, types));
    imported.values().stream()
        .map(each -> new JournalRecord.Recorded(each.state()))
        .forEach(records::add);
    refreshed.forEach((address, each) ->
        records.add(
            each.seen()
                .<JournalRecord>map(JournalRecord.Recorded::new)
                .orElseGet(() -> new JournalRecord.Removed(address))));
    amended.values().stream().map(JournalRecord.Recorded::new).forEach(records::add);
    return new JournalRecord.Together(records);
  }

  /** How many instances are recorded as they are; those that are gone are none of them. */
  public int refreshedCount() {
    return (int) refreshed.values().stream().filter(each -> each.seen().isPresent()).count();
  }

  /** How many instances are gone. */
  public int goneCount() {
    return refreshed.size() - refreshedCount();
  }

  /** How many instances move, are imported or are recorded as they are, in words. */
  public List<String> counts() {
    return Stream.of(
            count(moves.addresses().size(), "moved"),
            count(imported.size(), "imported"),
            count(refreshedCount(), "recorded as they are"),
            count(goneCount(), "gone"))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String count(int number, String what) {
    return number == 0 ? "" : number + " " + what;
  }
}
