package io.pgha.language.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Collects diagnostics, so that many are shown in one run. Thread-safe. */
public final class Diagnostics {
  private final List<Diagnostic> all = Collections.synchronizedList(new ArrayList<>());

  /** Adds one. */
  public void add(Diagnostic diagnostic) {
    all.add(diagnostic);
  }

  /** Adds several. */
  public void addAll(Collection<Diagnostic> diagnostics) {
    all.addAll(diagnostics);
  }

  /** Whether an error is among them. */
  public boolean hasErrors() {
    synchronized (all) {
      return all.stream().anyMatch(Diagnostic::isError);
    }
  }

  /** Takes out what was collected, in order of arrival. */
  public List<Diagnostic> drain() {
    synchronized (all) {
      if (all.isEmpty()) {
        return List.of();
      }
      List<Diagnostic> taken = List.copyOf(all);
      all.clear();
      return taken;
    }
  }

  /** A copy of what was collected, in order of arrival. */
  public List<Diagnostic> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }
}
