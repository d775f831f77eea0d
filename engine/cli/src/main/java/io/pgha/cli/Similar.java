package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says once what holds for many instances: a host that is down is one error, not ten. */
final class Similar {
  private Similar() {}

  private record Kind(String summary, String detail, Optional<String> host) {}

  static List<Diagnostic> merge(List<Diagnostic> diagnostics) {
    Map<Kind, List<Diagnostic>> kinds = new LinkedHashMap<>();
    List<Diagnostic> merged = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.host().isPresent() && diagnostic.address().isPresent()) {
        Kind kind = new Kind(diagnostic.summary(), diagnostic.detail(), diagnostic.host());
        kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(diagnostic);
      } else {
        merged.add(diagnostic);
      }
    }
    kinds.values().forEach(all -> merged.add(all.size() == 1 ? all.getFirst() : one(all)));
    return merged;
  }

  private static Diagnostic one(List<Diagnostic> all) {
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
