package io.pgha.core.refactoring;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What changes in state alone. It is recorded before anything is done on a machine.
 *
 * @param moves the instances with another address
 * @param forgotten the ids of what state forgets, by its new addresses
 * @param imported what is taken over, by address
 */
public record StateChanges(Moves moves, Set<String> forgotten, Map<String, Import> imported) {
  /** Nothing changes. */
  public static final StateChanges NONE = new StateChanges(Moves.NONE, Set.of(), Map.of());

  public StateChanges {
    forgotten = java.util.Collections.unmodifiableSet(new TreeSet<>(forgotten));
    imported = java.util.Collections.unmodifiableMap(new TreeMap<>(imported));
  }

  /**
   * Something that is taken over.
   *
   * @param id what configuration calls it by; may be empty
   * @param state what state says of it until it is applied
   */
  public record Import(String id, InstanceState state) {}

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return moves.isEmpty() && forgotten.isEmpty() && imported.isEmpty();
  }

  /**
   * What a journal says of the changes: it holds as a whole or not at all.
   *
   * @param state the state before them
   */
  public JournalRecord records(State state, TypeRegistry types) {
    List<JournalRecord> records = new ArrayList<>(moves.records(state, types));
    State moved = moves.applied(state, types);
    forgotten.stream().map(JournalRecord.Removed::new).forEach(records::add);
    forgotten.stream()
        .filter(address -> moved.hosts().containsKey(address))
        .map(JournalRecord.HostRemoved::new)
        .forEach(records::add);
    imported.values().stream()
        .map(each -> new JournalRecord.Recorded(each.state()))
        .forEach(records::add);
    return new JournalRecord.Together(records);
  }

  /** How many instances it is about, by what happens to them. */
  public List<String> counts() {
    return Stream.of(
            count(moves.addresses().size(), "moved"),
            count(imported.size(), "imported"),
            count(forgotten.size(), "forgotten"))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String count(int number, String what) {
    return number == 0 ? "" : number + " " + what;
  }
}
