package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a reference was probably meant as that names no resource of its module. It may be one of
 * another kind: any root that is misspelt reads as a resource type.
 */
final class MeantReference {
  private static final List<String> EVERYWHERE =
      List.of(
          "each.key",
          "each.value",
          "count.index",
          "path.module",
          "path.root",
          "path.cwd",
          "terraform.workspace",
          "terraform.applying");

  /** The kinds of references whose type comes after a root. */
  private static final List<String> TYPED = List.of("data", "ephemeral");

  private final Module module;
  private final ScopeTraversal reference;

  private MeantReference(Module module, ScopeTraversal reference) {
    this.module = module;
    this.reference = reference;
  }

  /**
   * What was meant, if something is near enough.
   *
   * @param name the part of the reference that was to be a resource's name
   */
  static Optional<String> of(Module module, String name, ScopeTraversal reference) {
    MeantReference meant = new MeantReference(module, reference);
    return meant
        .ofResource(name)
        .or(() -> NearestName.of(name, meant.others()))
        .or(meant::withOtherRoot);
  }

  /**
   * The resource that was meant: of the type that is written, if there are any, one whose name is
   * near; what all of them have in common makes none nearer.
   */
  private Optional<String> ofResource(String name) {
    String type = name.substring(0, name.lastIndexOf('.') + 1);
    Set<String> keys = module.resources().keySet();
    List<String> alike =
        keys.stream()
            .filter(key -> key.startsWith(type))
            .map(key -> key.substring(type.length()))
            .toList();
    return NearestName.of(name.substring(type.length()), alike)
        .map(type::concat)
        .or(() ->
            NearestName.of(name, keys.stream().filter(key -> !key.startsWith(type)).toList()));
  }

  /** What else there is to refer to, by names of two parts. */
  private List<String> others() {
    List<String> others = new ArrayList<>(EVERYWHERE);
    module.variables().keySet().forEach(name -> others.add("var." + name));
    module.locals().keySet().forEach(name -> others.add("local." + name));
    module.calls().keySet().forEach(name -> others.add("module." + name));
    return others;
  }

  /** The reference with the root that is nearest to its own, where that has nothing declared. */
  private Optional<String> withOtherRoot() {
    List<String> roots = Stream.concat(NameScope.OTHERS.stream().sorted(), TYPED.stream()).toList();
    return isOfKnownType()
        ? Optional.empty()
        : NearestName.of(reference.root(), roots).map(this::withRoot);
  }

  private boolean isOfKnownType() {
    return TYPED.contains(reference.root())
        || module.resources().keySet().stream()
            .anyMatch(key -> key.startsWith(reference.root() + "."));
  }

  private String withRoot(String root) {
    List<String> names = NameScope.names(reference);
    int named = Math.min(names.size(), TYPED.contains(root) ? 2 : root.equals("self") ? 0 : 1);
    return String.join(
        ".", Stream.concat(Stream.of(root), names.subList(0, named).stream()).toList());
  }
}
