package io.pgha.state;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A resource instance as it was last applied.
 *
 * @param address its address
 * @param deposed the key of an object that a replacement put aside and that is still to be deleted;
 *     empty for the current one
 * @param provider the provider that made it, with its alias; empty for its type's default provider
 * @param schemaVersion the version of the schema that its attributes follow
 * @param attributes its attributes without secrets and what moves by itself, unmarked; what isn't
 *     known yet is kept as a null of its type
 * @param sensitivePaths the attributes that are not to be shown
 * @param artifacts what it owns on its hosts
 * @param machineIds the ids of the machines it lives on, by the host's address
 * @param dependencies the addresses of the instances it needs
 * @param createBeforeDestroy whether its replacement is made before it is deleted
 * @param tainted whether it is to be made anew
 * @param incomplete whether it was begun and not finished: what is there may be a part of it
 * @param claims the ids of the machines on which steps for it were begun whose result isn't
 *     recorded, by the host's address: what is found there may be of our own making
 * @param privateData what its provider keeps for itself, and under names that begin with {@code
 *     pgha.} what the engine does
 */
public record InstanceState(
    InstanceAddress address,
    String deposed,
    String provider,
    int schemaVersion,
    ObjectValue attributes,
    List<AttributePath> sensitivePaths,
    List<ArtifactState> artifacts,
    Map<String, String> machineIds,
    Set<String> dependencies,
    boolean createBeforeDestroy,
    boolean tainted,
    boolean incomplete,
    Map<String, String> claims,
    Map<String, String> privateData) {
  /** What private data says of an instance that was there before pgha managed it. */
  private static final String IMPORTED = "pgha.imported";

  public InstanceState {
    sensitivePaths = List.copyOf(sensitivePaths);
    artifacts = List.copyOf(artifacts);
    machineIds = ArtifactState.sorted(machineIds);
    dependencies = Collections.unmodifiableSet(new TreeSet<>(dependencies));
    claims = ArtifactState.sorted(claims);
    privateData = ArtifactState.sorted(privateData);
  }

  /** A current instance of its type's default provider. */
  public InstanceState(
      InstanceAddress address,
      int schemaVersion,
      ObjectValue attributes,
      List<AttributePath> sensitivePaths,
      List<ArtifactState> artifacts,
      Map<String, String> machineIds,
      Set<String> dependencies,
      boolean tainted,
      boolean incomplete) {
    this(
        address,
        "",
        "",
        schemaVersion,
        attributes,
        sensitivePaths,
        artifacts,
        machineIds,
        dependencies,
        false,
        tainted,
        incomplete,
        Map.of(),
        Map.of());
  }

  /** This instance as one that was found, not made: it is incomplete until it is applied. */
  public InstanceState asImported() {
    Map<String, String> more = new TreeMap<>(privateData);
    more.put(IMPORTED, "true");
    return copy(address, deposed, provider, createBeforeDestroy, tainted, true, claims, more);
  }

  /** Whether it was found rather than made, and never applied since. */
  public boolean isImported() {
    return incomplete && privateData.containsKey(IMPORTED);
  }

  /** An instance that was begun and of which nothing else is known. */
  static InstanceState begun(InstanceAddress address, Map<String, String> claims) {
    return new InstanceState(
            address, 0, ObjectValue.EMPTY, List.of(), List.of(), claims, Set.of(), false, true)
        .withClaims(claims);
  }

  /** What tells it from all others: its address, and its deposed key where it has one. */
  public String id() {
    return new Id(address, Optional.of(deposed).filter(key -> !key.isEmpty())).toString();
  }

  /**
   * What {@link #id} says.
   *
   * @param deposed the key of the deposed object; empty for the current one
   */
  public record Id(InstanceAddress address, Optional<String> deposed) {
    private static final String BEFORE_KEY = " (deposed ";

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException where it is none, with a message for the user
     */
    public static Id parse(String id) {
      int key = id.endsWith(")") ? id.lastIndexOf(BEFORE_KEY) : -1;
      return key < 0
          ? new Id(InstanceAddress.parse(id), Optional.empty())
          : new Id(
              InstanceAddress.parse(id.substring(0, key)),
              Optional.of(id.substring(key + BEFORE_KEY.length(), id.length() - 1)));
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
      return address.text() + deposed.map(key -> BEFORE_KEY + key + ")").orElse("");
    }
  }

  /** This instance at another address. */
  public InstanceState withAddress(InstanceAddress moved) {
    return copy(moved, deposed, provider, createBeforeDestroy, tainted, claims);
  }

  /** This object put aside under a key, or made the current one again by an empty key. */
  public InstanceState withDeposed(String key) {
    return copy(address, key, provider, createBeforeDestroy, tainted, claims);
  }

  /** This instance of a provider. */
  public InstanceState withProvider(String owner) {
    return copy(address, deposed, owner, createBeforeDestroy, tainted, claims);
  }

  /** This instance with its replacement made before or after its deletion. */
  public InstanceState withCreateBeforeDestroy(boolean before) {
    return copy(address, deposed, provider, before, tainted, claims);
  }

  /** This instance tainted or not. */
  public InstanceState withTainted(boolean spoilt) {
    return copy(address, deposed, provider, createBeforeDestroy, spoilt, claims);
  }

  /** This instance with claims added to its own. */
  public InstanceState withClaims(Map<String, String> added) {
    Map<String, String> all = new TreeMap<>(claims);
    all.putAll(added);
    return copy(address, deposed, provider, createBeforeDestroy, tainted, all);
  }

  /** This instance as it was seen: that is what was last applied from now on. */
  public InstanceState withSeen(ObjectValue seen, List<ArtifactState> owned) {
    return copy(schemaVersion, seen, sensitivePaths, owned, dependencies);
  }

  /** This instance with its attributes as another version of its schema has them. */
  public InstanceState withAttributes(int version, ObjectValue changed) {
    return copy(version, changed, sensitivePaths, artifacts, dependencies);
  }

  /** This instance, which needs others by now. */
  public InstanceState withDependencies(Set<String> needed) {
    return copy(schemaVersion, attributes, sensitivePaths, artifacts, needed);
  }

  /** This instance, of which other parts are sensitive by now. */
  public InstanceState withSensitivePaths(List<AttributePath> sensitive) {
    return copy(schemaVersion, attributes, sensitive, artifacts, dependencies);
  }

  private InstanceState copy(
      int newSchemaVersion,
      ObjectValue newAttributes,
      List<AttributePath> newSensitivePaths,
      List<ArtifactState> newArtifacts,
      Set<String> newDependencies) {
    return new InstanceState(
        address,
        deposed,
        provider,
        newSchemaVersion,
        newAttributes,
        newSensitivePaths,
        newArtifacts,
        machineIds,
        newDependencies,
        createBeforeDestroy,
        tainted,
        incomplete,
        claims,
        privateData);
  }

  private InstanceState copy(
      InstanceAddress newAddress,
      String newDeposed,
      String newProvider,
      boolean newCreateBeforeDestroy,
      boolean newTainted,
      Map<String, String> newClaims) {
    return copy(
        newAddress,
        newDeposed,
        newProvider,
        newCreateBeforeDestroy,
        newTainted,
        incomplete,
        newClaims,
        privateData);
  }

  private InstanceState copy(
      InstanceAddress newAddress,
      String newDeposed,
      String newProvider,
      boolean newCreateBeforeDestroy,
      boolean newTainted,
      boolean newIncomplete,
      Map<String, String> newClaims,
      Map<String, String> newPrivateData) {
    return new InstanceState(
        newAddress,
        newDeposed,
        newProvider,
        schemaVersion,
        attributes,
        sensitivePaths,
        artifacts,
        machineIds,
        dependencies,
        newCreateBeforeDestroy,
        newTainted,
        newIncomplete,
        newClaims,
        newPrivateData);
  }
}
