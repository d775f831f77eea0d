package io.pgha.language.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects diagnostics, so that many are shown in one run. Thread-safe. */
public final class Diagnostics {
  /** What was collected; whoever holds its monitor may touch it and the count. */
  private final List<Diagnostic> all = new ArrayList<>();

  private int errors;

  /** Adds one. */
  public void add(Diagnostic diagnostic) {
    synchronized (all) {
      all.add(diagnostic);
      errors += diagnostic.isError() ? 1 : 0;
    }
  }

  /** Adds several. */
  public void addAll(Collection<Diagnostic> diagnostics) {
    diagnostics.forEach(this::add);
  }

  /** Whether an error is among them. */
  public boolean hasErrors() {
    synchronized (all) {
      return errors > 0;
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
      errors = 0;
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
