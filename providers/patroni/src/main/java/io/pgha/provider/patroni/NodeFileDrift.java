package io.pgha.provider.patroni;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How grave it is that Patroni's file says something else: by the settings that differ. */
final class NodeFileDrift {
  private NodeFileDrift() {}

  static Difference graded(Difference each, NodeConfig node, NodeLive live) {
    Map<String, Object> found = LiveNodeFile.of(node, live.answers()).tree();
    if (found.isEmpty()) {
      return each.because("Patroni can't read it: it is no YAML.");
    }
    Map<String, Object> desired =
        new LinkedHashMap<>(
            Trees.merge(NodeFile.tree(node, live.cluster()), node.concealedSettings()));
    // It counted only while there was no cluster.
    desired.remove("bootstrap");
    found = new LinkedHashMap<>(found);
    found.remove("bootstrap");
    List<String> paths = new ArrayList<>();
    differing("", desired, found, paths);
    if (paths.isEmpty()) {
      return each.graded(Grade.COSMETIC)
          .because("Only comments, spelling or the bootstrap section differ.");
    }
    Grade grade = Grade.COSMETIC;
    for (String path : paths) {
      grade = grade.or(grade(path));
    }
    return each.graded(grade).because("What differs: " + String.join(", ", paths) + ".");
  }

  private static Grade grade(String path) {
    if (path.equals("postgresql.data_dir") || path.matches("scope|namespace|etcd3?\\b.*")) {
      return Grade.DANGER;
    }
    Grade gravest = Grade.DEGRADED;
    for (String name : path.split("\\.")) {
      gravest = gravest.or(SettingGrade.of(name));
    }
    return gravest;
  }

  /** The paths whose values differ, a list as a whole. */
  private static void differing(String path, Object desired, Object found, List<String> paths) {
    Object want = desired instanceof Secret(Object value) ? value : desired;
    if (want instanceof Map<?, ?> wanted && found instanceof Map<?, ?> there) {
      Set<String> names = new TreeSet<>();
      wanted.keySet().forEach(name -> names.add(String.valueOf(name)));
      there.keySet().forEach(name -> names.add(String.valueOf(name)));
      for (String name : names) {
        differing(
            path.isEmpty() ? name : path + "." + name,
            Optional.<Object>ofNullable(wanted.get(name)).orElse(NOTHING),
            Optional.<Object>ofNullable(there.get(name)).orElse(NOTHING),
            paths);
      }
    } else if (want instanceof List<?> wanted && found instanceof List<?> there) {
      List<String> left = wanted.stream().map(NodeFileDrift::text).toList();
      List<String> right = there.stream().map(NodeFileDrift::text).toList();
      if (!left.equals(right)) {
        paths.add(path);
      }
    } else if (!text(want).equals(text(found))) {
      paths.add(path);
    }
  }

  private static final Object NOTHING = "(nothing)";

  private static String text(Object scalar) {
    Object plain = scalar instanceof Secret(Object value) ? value : scalar;
    return plain instanceof Map || plain instanceof List
        ? Trees.json(plain)
        : Objects.toString(Trees.text(plain));
  }
}
