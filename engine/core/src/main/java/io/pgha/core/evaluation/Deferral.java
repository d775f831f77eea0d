package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.state.InstanceAddress;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resource or module of which it can't be told yet which instances there are, since that is
 * decided by a data source, or by what only an apply tells.
 */
public final class Deferral {
  private final Cell<Expansion> expansion;
  private final Diagnostic why;

  Deferral(Cell<Expansion> expansion, Diagnostic why) {
    this.expansion = expansion;
    this.why = why;
  }

  /** The address of the resource, or of the module call: all instances are below it. */
  public String address() {
    return expansion.name();
  }

  /** The error that it is where it can't be told at all. */
  public Diagnostic why() {
    return why;
  }

  /** The names of what it needs directly, as an instance's dependencies name that. */
  public Set<String> needs() {
    return expansion.nodesUsed();
  }

  /** Whether an address is its own, or one of an instance that may be there or not. */
  public boolean covers(String other) {
    String own = address();
    return other.equals(own) || other.startsWith(own + "[") || other.startsWith(own + ".");
  }

  /**
   * The names of the data sources that decide it, those too that decide what is asked of others.
   */
  public Set<String> sources() {
    Set<String> sources = new TreeSet<>(expansion.nodesReached());
    sources.removeIf(node -> !isData(node));
    return sources;
  }

  Cell<Expansion> expansion() {
    return expansion;
  }

  /** Whether the address of an instance, or of all instances of a resource, is a data source's. */
  static boolean isData(String node) {
    return node.contains(TypeRegistry.Kind.DATA.prefix())
        && InstanceAddress.parse(node).mode() == InstanceAddress.Mode.DATA;
  }
}
