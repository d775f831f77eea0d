package io.pgha.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All runs so far. */
final class Results {
  private final Map<Key, List<Run>> runs = new LinkedHashMap<>();

  /** What is measured: a step of a tool at a size. */
  record Key(int instances, Step step, String tool) {}

  void add(Key key, Run run) {
    runs.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
  }

  /** The runs of one kind, in their order. */
  List<Run> of(Key key) {
    return List.copyOf(runs.getOrDefault(key, List.of()));
  }

  /** Whether a run of this kind was ended before its time. */
  boolean gaveUp(Key key) {
    return of(key).stream().anyMatch(run -> !run.finished());
  }

  /** Whether it is known that a run of this kind does not finish: at this or a smaller size. */
  boolean hopeless(Key key) {
    return runs.keySet().stream()
        .filter(known -> known.tool().equals(key.tool()) && known.step() == key.step())
        .anyMatch(known -> known.instances() <= key.instances() && gaveUp(known));
  }

  /**
   * The median of the wall times, in seconds; empty where a run did not finish or there is none.
   */
  Optional<Double> seconds(Key key) {
    return gaveUp(key) ? Optional.empty() : median(of(key).stream().map(Run::seconds).toList());
  }

  /** The highest peak of memory, in MiB. */
  Optional<Double> peakMib(Key key) {
    return of(key).stream().map(run -> run.peakKib() / 1024.0).max(Comparator.naturalOrder());
  }

  /** The middle one; of an even number, the mean of the two in the middle. */
  static Optional<Double> median(List<Double> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return Optional.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }
}
