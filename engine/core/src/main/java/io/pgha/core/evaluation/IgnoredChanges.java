package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Lifecycle;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps the applied values of arguments whose changes the lifecycle says to ignore. */
public final class IgnoredChanges {
  private final Lifecycle lifecycle;
  private final Schema schema;

  /** What a lifecycle says of arguments of a type. */
  IgnoredChanges(Lifecycle lifecycle, Schema schema) {
    this.lifecycle = lifecycle;
    this.schema = schema;
  }

  /**
   * Reports what ignore_changes names and no resource of its type has, in a module and in all that
   * it calls, whether there are instances or not.
   */
  public static void check(Module module, TypeRegistry types, Diagnostics diagnostics) {
    for (Resource resource : module.resources().values()) {
      types
          .type(resource.type())
          .ifPresent(type ->
              resource
                  .lifecycle()
                  .ignoreChanges()
                  .forEach(path -> check(path, type.schema(), diagnostics)));
    }
    for (Call call : module.calls().values()) {
      check(call.module(), types, diagnostics);
    }
  }

  private static void check(ScopeTraversal path, Schema schema, Diagnostics diagnostics) {
    Optional<Attribute> attribute = schema.attribute(path.root());
    if (attribute.isEmpty() && !path.root().equals("id")) {
      diagnostics.add(
          Diagnostic.error(
              "ignore-changes",
              "No such argument in ignore_changes",
              "This resource has no argument named \"" + path.root() + "\"." + hint(path, schema),
              path.range()));
    } else if (attribute.isEmpty() || attribute.get().presence() == Presence.COMPUTED) {
      diagnostics.add(
          Diagnostic.warning(
                  "ignore-changes",
                  "Redundant element in ignore_changes",
                  "\""
                      + path.root()
                      + "\" is no argument: configuration can't change it, so there is no change to"
                      + " ignore.")
              .at(path.range()));
    }
  }

  private static String hint(ScopeTraversal path, Schema schema) {
    if (path.root().equals("all") && path.steps().isEmpty()) {
      return " To ignore changes to all arguments, write ignore_changes = all, without brackets.";
    }
    Set<String> arguments = new TreeSet<>();
    for (Attribute attribute : schema.attributes()) {
      if (attribute.presence() != Presence.COMPUTED) {
        arguments.add(attribute.name());
      }
    }
    return NearestName.of(path.root(), arguments)
        .map(name -> " Did you mean \"" + name + "\"?")
        .orElse("");
  }

  /**
   * What is configured, with applied values where changes are ignored. What is computed is no
   * argument: it follows from what is kept.
   */
  ObjectValue kept(ObjectValue applied, ObjectValue configured) {
    TreeMap<String, Value> values = new TreeMap<>(configured.attributes());
    if (lifecycle.ignoreAll()) {
      values.replaceAll((name, value) ->
          isArgument(name) ? applied.attributes().getOrDefault(name, value) : value);
    }
    for (ScopeTraversal path : lifecycle.ignoreChanges()) {
      Value old = applied.attributes().get(path.root());
      Value desired = values.get(path.root());
      if (old != null && desired != null && isArgument(path.root())) {
        AttributePath inside = SourcePaths.of(path.steps());
        values.put(path.root(), inside.with(desired, inside.in(old)));
      }
    }
    return ObjectValue.of(values);
  }

  /**
   * The sensitive paths of all that is {@link #kept}.
   *
   * @param applied what was sensitive when it was applied
   * @param configured what is by the configuration
   */
  List<AttributePath> sensitive(List<AttributePath> applied, List<AttributePath> configured) {
    if (applied.isEmpty() || !(lifecycle.ignoreAll() || !lifecycle.ignoreChanges().isEmpty())) {
      return configured;
    }
    Set<AttributePath> all = new LinkedHashSet<>(configured);
    applied.stream().filter(this::isKept).forEach(all::add);
    return List.copyOf(all);
  }

  /** Whether what is at a path, or a part of it, is what was applied. */
  private boolean isKept(AttributePath path) {
    if (!(path.steps().getFirst() instanceof AttributePath.Name(String root))
        || !isArgument(root)) {
      return false;
    }
    AttributePath plain = plain(path);
    return lifecycle.ignoreAll()
        || lifecycle.ignoreChanges().stream()
            .map(ignored ->
                AttributePath.of(ignored.root()).then(SourcePaths.of(ignored.steps()).steps()))
            .map(IgnoredChanges::plain)
            .anyMatch(ignored -> plain.startsWith(ignored) || ignored.startsWith(plain));
  }

  /** A path by which a place has one name only: what is a key may have been an attribute. */
  private static AttributePath plain(AttributePath path) {
    return new AttributePath(
        path.steps().stream()
            .map(step ->
                step instanceof AttributePath.Key(String key) ? new AttributePath.Name(key) : step)
            .toList());
  }

  private boolean isArgument(String name) {
    return schema
        .attribute(name)
        .filter(attribute -> attribute.presence() != Presence.COMPUTED)
        .isPresent();
  }
}
