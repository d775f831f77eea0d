package io.pgha.core.drift;

import io.pgha.core.drift.Finding.Place;
import io.pgha.provider.Instance;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts together what has one cause, wherever it shows: the same edit on three hosts is one. */
final class Causes {
  private Causes() {}

  /** The findings, the gravest first; none says yet how to repair it. */
  static List<Finding> merge(Map<Instance, List<Difference>> differences, Places places) {
    Map<Cause, Group> groups = new LinkedHashMap<>();
    differences.forEach((instance, found) -> {
      for (Difference difference : found) {
        groups
            .computeIfAbsent(Cause.of(instance, difference), cause -> new Group(difference))
            .add(places.of(instance, difference));
      }
    });
    // What was found is no part of a fingerprint: the same file edited once more is the same drift.
    // Edited otherwise on another host it is one more of the kind, told apart by where it is.
    Map<List<String>, Integer> kinds = new HashMap<>();
    groups.keySet().forEach(cause -> kinds.merge(cause.kind(), 1, Integer::sum));
    List<Finding> findings = new ArrayList<>();
    groups.forEach((cause, group) -> {
      boolean single = kinds.getOrDefault(cause.kind(), 0) == 1;
      findings.add(group.finding(cause.fingerprint(single ? "" : group.firstPlace())));
    });
    return findings.stream()
        .sorted(
            Comparator.comparing(Finding::grade, Comparator.<Grade>reverseOrder())
                .thenComparing(finding -> finding.addresses().getFirst())
                .thenComparing(Finding::subject))
        .toList();
  }

  /**
   * What makes two differences one.
   *
   * @param owner the resource type of an attribute; empty for what is on a machine, which several
   *     types may own
   * @param lines the changed lines of a text
   */
  private record Cause(
      String code,
      String owner,
      String subject,
      Grade grade,
      String expected,
      String found,
      List<String> lines) {
    /** What it has in common with other causes that only what was found tells apart. */
    List<String> kind() {
      return List.of(code, owner, subject, expected);
    }

    String fingerprint(String place) {
      return Finding.digest(code, owner, subject, expected, place);
    }

    static Cause of(Instance instance, Difference difference) {
      boolean onMachine =
          difference.subject().matches("(?s)(file|directory|package|unit|command):.*");
      return new Cause(
          difference.code(),
          onMachine ? "" : difference.host().isEmpty() ? instance.address() : instance.type(),
          difference.subject(),
          difference.grade(),
          difference.expected(),
          difference.found(),
          difference.diff().stream()
              .filter(line -> line.startsWith("+") || line.startsWith("-"))
              .collect(Collectors.toList()));
    }
  }

  private static final class Group {
    private final Difference first;
    private final List<Place> places = new ArrayList<>();

    Group(Difference first) {
      this.first = first;
    }

    void add(Place place) {
      if (!places.contains(place)) {
        places.add(place);
      }
    }

    /** The least of its addresses and hosts. */
    String firstPlace() {
      return places.stream()
          .map(at -> at.address() + "\n" + at.host())
          .sorted()
          .findFirst()
          .orElse("");
    }

    Finding finding(String fingerprint) {
      return new Finding(
          first.code(),
          first.subject(),
          first.grade(),
          first.expected(),
          first.found(),
          first.detail(),
          first.diff(),
          places,
          "",
          fingerprint);
    }
  }
}
