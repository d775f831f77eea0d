package io.pgha.provider.schema;

import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One argument or attribute of a resource type, or of an object inside one.
 *
 * @param name its name
 * @param type its type; for a nested attribute the type that {@code nested} and {@code nesting}
 *     give
 * @param presence who gives the value
 * @param defaultValue the value where configuration gives none
 * @param flags what else the engine must know
 * @param reference the resource type whose {@code id} the value is; for a list, each element's
 * @param equivalence when two values mean the same
 * @param nesting how the nested attributes are held
 * @param nested the attributes of the object, or of each object of the list or map; else empty
 * @param doc one or two sentences of Markdown: meaning, unit, what happens on change
 * @param source where the fact comes from, such as {@code PostgreSQL 17 docs, 19.5.1}; may be empty
 */
public record Attribute(
    String name,
    Type type,
    Presence presence,
    Optional<Value> defaultValue,
    Set<Flag> flags,
    Optional<String> reference,
    Equivalence equivalence,
    Nesting nesting,
    List<Attribute> nested,
    String doc,
    String source) {

  public Attribute {
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
    nested = List.copyOf(nested);
  }

  /** Who gives a value. */
  public enum Presence {
    REQUIRED,
    OPTIONAL,
    COMPUTED,
    OPTIONAL_COMPUTED
  }

  /** How nested attributes are held. */
  public enum Nesting {
    NONE,
    SINGLE,
    LIST,
    MAP
  }

  /** What the engine must know of an attribute. */
  public enum Flag {
    /** A change needs the instance to be made anew. */
    FORCE_NEW,
    /** Write-only: never in state, plan, journal or log. */
    SECRET,
    /** Moves by itself (a role, a lag): neither stored nor compared. */
    VOLATILE,
    /** The engine makes the value where configuration gives none. */
    GENERATED,
    /** Only the declared keys of the map are managed; others are left alone. */
    DECLARED_KEYS
  }

  /** An argument that must be given. */
  public static Attribute required(String name, Type type, String doc) {
    return plain(name, type, Presence.REQUIRED, doc);
  }

  /** An argument that may be given. */
  public static Attribute optional(String name, Type type, String doc) {
    return plain(name, type, Presence.OPTIONAL, doc);
  }

  /** An argument that has a default. */
  public static Attribute optional(String name, Value defaultValue, String doc) {
    return optional(name, defaultValue.type(), doc).defaulting(defaultValue);
  }

  /** An attribute that the provider or the machine gives. */
  public static Attribute computed(String name, Type type, String doc) {
    return plain(name, type, Presence.COMPUTED, doc);
  }

  /** An optional object of the given attributes. */
  public static Attribute object(String name, List<Attribute> nested, String doc) {
    return holding(name, Nesting.SINGLE, nested, doc);
  }

  /** An optional list of objects of the given attributes. */
  public static Attribute objectList(String name, List<Attribute> nested, String doc) {
    return holding(name, Nesting.LIST, nested, doc);
  }

  /** An optional map of objects of the given attributes. */
  public static Attribute objectMap(String name, List<Attribute> nested, String doc) {
    return holding(name, Nesting.MAP, nested, doc);
  }

  private static Attribute plain(String name, Type type, Presence presence, String doc) {
    return new Attribute(
        name,
        type,
        presence,
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Equivalence.EQUAL,
        Nesting.NONE,
        List.of(),
        doc,
        "");
  }

  private static Attribute holding(
      String name, Nesting nesting, List<Attribute> nested, String doc) {
    TreeMap<String, Type> types = new TreeMap<>();
    TreeSet<String> optional = new TreeSet<>();
    for (Attribute attribute : nested) {
      types.put(attribute.name(), attribute.type());
      if (attribute.presence() != Presence.REQUIRED) {
        optional.add(attribute.name());
      }
    }
    Type object = new Type.ObjectType(types, optional);
    Type type =
        switch (nesting) {
          case NONE, SINGLE -> object;
          case LIST -> Type.list(object);
          case MAP -> Type.map(object);
        };
    return new Attribute(
        name,
        type,
        Presence.OPTIONAL,
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Equivalence.EQUAL,
        nesting,
        nested,
        doc,
        "");
  }

  /** Whether it has a flag. */
  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** This attribute with the given presence. */
  public Attribute presence(Presence changed) {
    return new Attribute(
        name,
        type,
        changed,
        defaultValue,
        flags,
        reference,
        equivalence,
        nesting,
        nested,
        doc,
        source);
  }

  /** This attribute as one that must be given. */
  public Attribute mandatory() {
    return presence(Presence.REQUIRED);
  }

  /** This attribute with a default. */
  public Attribute defaulting(Value value) {
    return new Attribute(
        name,
        type,
        presence,
        Optional.of(value),
        flags,
        reference,
        equivalence,
        nesting,
        nested,
        doc,
        source);
  }

  /** This attribute with a flag more. */
  public Attribute with(Flag flag) {
    EnumSet<Flag> more = EnumSet.of(flag);
    more.addAll(flags);
    return new Attribute(
        name,
        type,
        presence,
        defaultValue,
        more,
        reference,
        equivalence,
        nesting,
        nested,
        doc,
        source);
  }

  /** This attribute as one whose change makes the instance anew. */
  public Attribute forceNew() {
    return with(Flag.FORCE_NEW);
  }

  /** This attribute as a secret. */
  public Attribute secret() {
    return with(Flag.SECRET);
  }

  /** This attribute as the {@code id} of an instance of a type. */
  public Attribute referringTo(String resourceType) {
    return new Attribute(
        name,
        type,
        presence,
        defaultValue,
        flags,
        Optional.of(resourceType),
        equivalence,
        nesting,
        nested,
        doc,
        source);
  }

  /** This attribute compared by a meaning of its own. */
  public Attribute comparedBy(Equivalence meaning) {
    return new Attribute(
        name,
        type,
        presence,
        defaultValue,
        flags,
        reference,
        meaning,
        nesting,
        nested,
        doc,
        source);
  }

  /** This attribute with the source of its facts. */
  public Attribute source(String text) {
    return new Attribute(
        name,
        type,
        presence,
        defaultValue,
        flags,
        reference,
        equivalence,
        nesting,
        nested,
        doc,
        text);
  }
}
