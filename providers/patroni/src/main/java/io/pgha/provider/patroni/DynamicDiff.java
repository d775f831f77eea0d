package io.pgha.provider.patroni;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares Patroni's dynamic configuration, whole, by meaning. */
final class DynamicDiff {
  private DynamicDiff() {}

  /**
   * The body of the {@code PATCH /config} that takes the live configuration to the desired one:
   * only what differs, deletions as {@link Trees.Deletion}. Empty where nothing does.
   */
  static Map<String, Object> patch(Map<String, Object> desired, Map<String, Object> live) {
    Map<String, Object> patch = new LinkedHashMap<>();
    TreeSet<String> keys = new TreeSet<>(desired.keySet());
    keys.addAll(live.keySet());
    for (String key : keys) {
      Object want = desired.get(key);
      Object is = live.get(key);
      if (want == null) {
        if (!(is instanceof Map<?, ?> map) || !map.isEmpty()) {
          patch.put(key, Trees.Deletion.DELETED);
        }
      } else if (is == null) {
        if (!(want instanceof Map<?, ?> map) || !map.isEmpty()) {
          patch.put(key, want);
        }
      } else if (want instanceof Map<?, ?> inner && is instanceof Map<?, ?> now) {
        Map<String, Object> deeper = patch(Trees.strings(inner), Trees.strings(now));
        if (!deeper.isEmpty()) {
          patch.put(key, deeper);
        }
      } else if (!same(key, want, is)) {
        patch.put(key, want);
      }
    }
    return patch;
  }

  /** Whether two values under a key mean the same. */
  static boolean same(String key, Object left, Object right) {
    if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
      return patch(Trees.strings(first), Trees.strings(second)).isEmpty();
    }
    if (left instanceof List<?> first && right instanceof List<?> second) {
      if (first.size() != second.size()) {
        return false;
      }
      for (int index = 0; index < first.size(); index++) {
        Object one = first.get(index);
        Object other = second.get(index);
        if (one == null || other == null || !same(key, one, other)) {
          return false;
        }
      }
      return true;
    }
    if (left instanceof Map
        || right instanceof Map
        || left instanceof List
        || right instanceof List) {
      return false;
    }
    return PostgresSetting.same(key, Trees.text(left), Trees.text(right));
  }

  /**
   * The parameters that a patch touches.
   *
   * @param before the live text; empty where there is none
   * @param after the desired text; empty where it goes
   */
  record ParameterChange(String name, Optional<String> before, Optional<String> after) {
    /**
     * Lowering these on a replica first is refused by PostgreSQL: the primary goes first. With what
     * Patroni takes where they are not set. Source: ConfigHandler.CMDLINE_OPTIONS of Patroni 4.
     */
    private static final Map<String, String> PRIMARY_FIRST =
        Map.of(
            "max_connections", "100",
            "max_prepared_transactions", "0",
            "max_locks_per_transaction", "64",
            "max_wal_senders", "10",
            "max_worker_processes", "8");

    boolean needsRestart() {
      return PostgresSetting.named(name).map(PostgresSetting::needsRestart).orElse(false);
    }

    /** The change with what Patroni takes where one side says nothing, as far as that is known. */
    ParameterChange resolved() {
      Optional<String> otherwise = Optional.ofNullable(PRIMARY_FIRST.get(name));
      return new ParameterChange(name, before.or(() -> otherwise), after.or(() -> otherwise));
    }

    /** Whether the primary must be restarted before the replicas. */
    boolean isPrimaryFirst() {
      if (!PRIMARY_FIRST.containsKey(name)) {
        return false;
      }
      PostgresSetting setting = PostgresSetting.named(name).orElseThrow();
      Optional<java.math.BigDecimal> old = resolved().before().flatMap(setting::number);
      Optional<java.math.BigDecimal> now = resolved().after().flatMap(setting::number);
      return old.isPresent() && now.filter(each -> each.compareTo(old.get()) < 0).isPresent();
    }
  }

  /** The parameters that a patch touches, by name. */
  static List<ParameterChange> parameters(Map<String, Object> patch, Map<String, Object> live) {
    Map<String, Object> now = Trees.child(Trees.child(live, "postgresql"), "parameters");
    Map<String, Object> changed = Trees.child(Trees.child(patch, "postgresql"), "parameters");
    return new TreeMap<>(changed)
        .entrySet().stream()
            .map(each ->
                new ParameterChange(
                    each.getKey(),
                    Optional.ofNullable(now.get(each.getKey())).map(Trees::text),
                    each.getValue() instanceof Trees.Deletion
                        ? Optional.empty()
                        : Optional.of(Trees.text(each.getValue()))))
            .toList();
  }
}
