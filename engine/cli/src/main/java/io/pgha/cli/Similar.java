package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says once what holds for many instances: a host that is down is one error, not ten, and so is a
 * line that is wrong in each instance of its block.
 */
final class Similar {
  /** So many instances are named. */
  private static final int NAMED = 10;

  private Similar() {}

  /**
   * What similar ones have in common.
   *
   * @param place where it is written; what a host says may come of many places
   */
  private record Kind(
      String summary, String detail, Optional<String> host, Optional<SourceRange> place) {
    static Optional<Kind> of(Diagnostic diagnostic) {
      if (diagnostic.host().isPresent()) {
        return diagnostic
            .address()
            .map(_ ->
                new Kind(
                    diagnostic.summary(),
                    diagnostic.detail(),
                    diagnostic.host(),
                    Optional.empty()));
      }
      return diagnostic
          .subject()
          .map(place ->
              new Kind(
                  diagnostic.summary(), diagnostic.detail(), Optional.empty(), Optional.of(place)));
    }
  }

  static List<Diagnostic> merge(List<Diagnostic> diagnostics) {
    Map<Kind, List<Diagnostic>> onHosts = new LinkedHashMap<>();
    Map<Object, List<Diagnostic>> others = new LinkedHashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      Optional<Kind> kind = Kind.of(diagnostic);
      if (kind.isPresent() && diagnostic.host().isPresent()) {
        onHosts.computeIfAbsent(kind.get(), _ -> new ArrayList<>()).add(diagnostic);
      } else {
        Object key = kind.isPresent() ? kind.get() : diagnostic;
        others.computeIfAbsent(key, _ -> new ArrayList<>()).add(diagnostic);
      }
    }
    List<Diagnostic> merged = new ArrayList<>();
    others.values().forEach(all -> merged.add(all.size() == 1 ? all.getFirst() : written(all)));
    onHosts.values().forEach(all -> merged.add(all.size() == 1 ? all.getFirst() : stopping(all)));
    return merged;
  }

  /** The first of those that are written at one place, with the instances of the others. */
  private static Diagnostic written(List<Diagnostic> all) {
    Diagnostic first = all.getFirst();
    List<String> more =
        all.stream()
            .flatMap(each -> each.address().stream())
            .filter(address -> !first.address().equals(Optional.of(address)))
            .distinct()
            .toList();
    if (more.isEmpty()) {
      return first;
    }
    String named = String.join(", ", more.subList(0, Math.min(NAMED, more.size())));
    int unnamed = more.size() - NAMED;
    return first.explained(
        "\nThe same holds for " + named + (unnamed > 0 ? " and " + unnamed + " more." : "."));
  }

  /** What stops many instances, each of which may be written elsewhere. */
  private static Diagnostic stopping(List<Diagnostic> all) {
    Diagnostic first = all.getFirst();
    List<String> addresses = all.stream().map(d -> d.address().orElseThrow()).toList();
    return new Diagnostic(
        first.severity(),
        first.code(),
        first.summary(),
        first.detail() + "\nThis stops " + String.join(", ", addresses) + ".",
        first
            .subject()
            .filter(subject -> all.stream().allMatch(d -> d.subject().equals(first.subject()))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        first.host(),
        first.values());
  }
}
