package io.pgha.state;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A resource instance as it was last applied.
 *
 * @param address its address
 * @param schemaVersion the version of the schema that its attributes follow
 * @param attributes its attributes without secrets and what moves by itself
 * @param sensitivePaths the attributes that are not to be shown, in text form
 * @param artifacts what it owns on its hosts
 * @param machineIds the ids of the machines it lives on, by the host's address
 * @param dependencies the addresses of the instances it needs
 * @param tainted whether it is to be made anew
 * @param incomplete whether it was begun and not finished: what is there may be a part of it
 */
public record InstanceState(
    InstanceAddress address,
    int schemaVersion,
    ObjectValue attributes,
    List<AttributePath> sensitivePaths,
    List<ArtifactState> artifacts,
    Map<String, String> machineIds,
    Set<String> dependencies,
    boolean tainted,
    boolean incomplete) {
  public InstanceState {
    sensitivePaths = List.copyOf(sensitivePaths);
    artifacts = List.copyOf(artifacts);
    machineIds = java.util.Collections.unmodifiableMap(new TreeMap<>(machineIds));
    dependencies = java.util.Collections.unmodifiableSet(new TreeSet<>(dependencies));
  }
}
