package io.pgha.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was applied.
 *
 * @param lineage names this state for as long as it lives; empty for one that was never written
 * @param serial counts up with every write
 * @param instances the instances by address
 * @param outputs the root module's outputs by name
 */
public record State(
    String lineage,
    long serial,
    SortedMap<String, InstanceState> instances,
    SortedMap<String, OutputState> outputs) {
  /** Nothing was ever applied. */
  public static final State EMPTY = new State("", 0, new TreeMap<>(), new TreeMap<>());

  public State {
    instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
  }
}
