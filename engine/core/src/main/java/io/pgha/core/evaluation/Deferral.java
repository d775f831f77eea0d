package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.state.InstanceAddress;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resource or module of which it can't be told yet which instances there are, or an import block
 * of which it can't be told which it names, since that is decided by a data source, or by what only
 * an apply tells.
 */
public final class Deferral {
  private final Cell<?> deciding;
  private final Diagnostic why;
  private final String question;

  private Deferral(Cell<?> deciding, Diagnostic why, String question) {
    this.deciding = deciding;
    this.why = why;
    this.question = question;
  }

  /** A resource or a module. */
  static Deferral ofInstances(Cell<?> deciding, Diagnostic why) {
    return new Deferral(deciding, why, "Which instances there are");
  }

  /** An import block. */
  static Deferral ofImport(Cell<?> deciding, Diagnostic why) {
    return new Deferral(deciding, why, "Which instances are imported");
  }

  /** What can't be told, as the beginning of a sentence. */
  public String question() {
    return question;
  }

  /**
   * The address of the resource, or of the module call: all instances are below it. For an import
   * block that of what it imports, up to the first key.
   */
  public String address() {
    return deciding.name();
  }

  /** The error that it is where it can't be told at all. */
  public Diagnostic why() {
    return why;
  }

  /** The names of what it needs directly, as an instance's dependencies name that. */
  public Set<String> needs() {
    return deciding.nodesUsed();
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
    Set<String> sources = new TreeSet<>(deciding.nodesReached());
    sources.removeIf(node -> !isData(node));
    return sources;
  }

  /** What the decision is made in. */
  Cell<?> deciding() {
    return deciding;
  }

  /** Whether the address of an instance, or of all instances of a resource, is a data source's. */
  static boolean isData(String node) {
    return node.contains(TypeRegistry.Kind.DATA.prefix())
        && InstanceAddress.parse(node).mode() == InstanceAddress.Mode.DATA;
  }
}
