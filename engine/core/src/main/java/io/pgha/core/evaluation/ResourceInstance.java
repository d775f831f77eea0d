package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Lifecycle;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A resource instance as evaluated.
 *
 * @param address its address
 * @param modulePath the address of its module instance; empty for the root module
 * @param type the resource type
 * @param name the resource's name
 * @param key which of its instances it is
 * @param values arguments with defaults, and attributes that are known already; unmarked
 * @param sensitivePaths the paths whose values came marked as sensitive
 * @param arguments the arguments as written, by name
 * @param dependencies the addresses of the instances that its values or depends_on refer to
 * @param triggers what has it made anew when it changes
 * @param range the header of its block
 */
public record ResourceInstance(
    String address,
    String modulePath,
    String type,
    String name,
    InstanceKey key,
    ObjectValue values,
    List<AttributePath> sensitivePaths,
    SequencedMap<String, Attribute> arguments,
    Set<String> dependencies,
    Lifecycle lifecycle,
    List<Trigger> triggers,
    SourceRange range) {
  /** Whether all arguments are written that its type requires; one that is not was reported. */
  public boolean hasRequired(Schema schema) {
    return schema.attributes().stream()
        .filter(attribute -> attribute.presence() == Presence.REQUIRED)
        .allMatch(attribute -> arguments.containsKey(attribute.name()));
  }
}
