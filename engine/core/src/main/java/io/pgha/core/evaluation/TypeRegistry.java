package io.pgha.core.evaluation;

import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import io.pgha.provider.DataType;
import io.pgha.provider.Provider;
import io.pgha.provider.ResourceType;
import io.pgha.provider.ephemeral.EphemeralType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Knows which provider has which type and which functions. A data source type is known by its name
 * behind {@code data.}, an ephemeral resource type behind {@code ephemeral.}. Immutable.
 */
public final class TypeRegistry {
  /** The provider whose functions are called by the names of Terraform and of pgha too. */
  private static final String BUILTIN = "builtin";

  private final TreeMap<String, ResourceType> types = new TreeMap<>();
  private final TreeMap<String, String> providers = new TreeMap<>();

  /** The names of the providers of which no type reaches a machine. */
  private final Set<String> harmless = new TreeSet<>();

  /** Every name that a provider is known by. */
  private final TreeMap<String, Offered> named = new TreeMap<>();

  /** No lambda, as every command makes some of these. */
  private record Offered(Provider provider) implements Supplier<List<Function>> {
    @Override
    public List<Function> get() {
      return provider.functions();
    }
  }

  /**
   * A registry of the given providers' types.
   *
   * @throws IllegalArgumentException where two providers claim one type
   */
  public TypeRegistry(List<Provider> all) {
    for (Provider provider : all) {
      if (!provider.reachesMachines()) {
        harmless.add(provider.name());
      }
      Offered offered = new Offered(provider);
      named.put(provider.name(), offered);
      if (provider.name().equals(BUILTIN)) {
        named.put("terraform", offered);
        named.put("pgha", offered);
      }
      provider.resourceTypes().forEach(type -> add(type, provider));
      for (DataType type : provider.dataTypes()) {
        add(new DataSource(type), provider);
      }
      for (EphemeralType type : provider.ephemeralTypes()) {
        add(new EphemeralSource(type), provider);
      }
    }
  }

  private TypeRegistry(TypeRegistry other, UnaryOperator<ResourceType> substitute) {
    other.types.forEach(
        (name, type) -> types.put(name, isEphemeral(name) ? type : substitute.apply(type)));
    providers.putAll(other.providers);
    harmless.addAll(other.harmless);
    named.putAll(other.named);
  }

  /** The functions of the language and of the providers. */
  public FunctionTable functions() {
    return FunctionTable.standard().with(named);
  }

  /** The own name of the provider that a name means, where it means one. */
  Optional<String> providerNamed(String name) {
    return Optional.ofNullable(named.get(name)).map(offered -> offered.provider().name());
  }

  /** Every name that a provider is known by, ordered. */
  Set<String> providerNames() {
    return named.keySet();
  }

  /** This registry with another type in the place of each, of the same name. */
  public TypeRegistry with(UnaryOperator<ResourceType> substitute) {
    return new TypeRegistry(this, substitute);
  }

  /** Whether instances of a type may have a machine asked or changed. */
  public boolean reachesMachines(String type) {
    return !harmless.contains(provider(type));
  }

  private void add(ResourceType type, Provider provider) {
    if (types.putIfAbsent(type.name(), type) != null) {
      throw new IllegalArgumentException(
          "the %s type %s is claimed by the providers %s and %s"
              .formatted(
                  Kind.of(type.name()).word(),
                  type.name(),
                  providers.get(type.name()),
                  provider.name()));
    }
    providers.put(type.name(), provider.name());
  }

  /** The type of a name. */
  public Optional<ResourceType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** Whether a type is only read. */
  public static boolean isData(String type) {
    return DataSource.isOne(type);
  }

  /** Whether a type's instances are there only while a command runs. */
  public static boolean isEphemeral(String type) {
    return EphemeralSource.isOne(type);
  }

  /** The name of the provider of a type; empty text where nobody has it. */
  public String provider(String type) {
    return providers.getOrDefault(type, "");
  }

  /**
   * All names, ordered; those of data sources and ephemeral resources with what they begin with.
   */
  public Set<String> names() {
    return types.keySet();
  }

  /** The names of the types that a kind of block may have, as blocks have them. */
  SortedSet<String> names(Kind kind) {
    TreeSet<String> some = new TreeSet<>();
    for (String name : types.keySet()) {
      if (Kind.of(name) == kind) {
        some.add(name.substring(kind.prefix().length()));
      }
    }
    return some;
  }

  /** The kinds of types; a type's name begins with its kind's prefix. */
  public enum Kind {
    RESOURCE("", "resource"),
    DATA(DataSource.PREFIX, "data source"),
    EPHEMERAL(EphemeralSource.PREFIX, "ephemeral resource");

    private final String prefix;
    private final String word;

    Kind(String prefix, String word) {
      this.prefix = prefix;
      this.word = word;
    }

    /** The kind of a type, or of what is at an address within its module. */
    public static Kind of(String name) {
      return isData(name) ? DATA : isEphemeral(name) ? EPHEMERAL : RESOURCE;
    }

    /** What names of its types begin with. */
    public String prefix() {
      return prefix;
    }

    /** What people call it. */
    public String word() {
      return word;
    }
  }
}
