package io.pgha.core.configuration;

import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.List;

/** The word {@code resource}, which may stand before the type in references to resources. */
public final class ResourcePrefix {
  private ResourcePrefix() {}

  /** Whether a reference begins with it, and a type and a name follow. */
  public static boolean isAt(ScopeTraversal reference) {
    List<Traverser> steps = reference.steps();
    return reference.root().equals("resource")
        && steps.size() > 1
        && steps.get(0) instanceof Traverser.Attribute
        && steps.get(1) instanceof Traverser.Attribute;
  }

  /** The reference without it. */
  public static ScopeTraversal without(ScopeTraversal reference) {
    return isAt(reference) && reference.steps().getFirst() instanceof Traverser.Attribute type
        ? new ScopeTraversal(
            type.name(),
            reference.rootRange(),
            reference.steps().subList(1, reference.steps().size()),
            reference.range())
        : reference;
  }
}
