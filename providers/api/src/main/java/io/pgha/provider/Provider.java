package io.pgha.provider;

import io.pgha.language.function.Function;
import io.pgha.provider.ephemeral.EphemeralType;
import java.util.List;

/**
 * A provider: a named set of resource, data source and ephemeral resource types, found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>Nothing of a provider opens a connection, starts a thread, writes state or prints: its methods
 * are pure functions over the records of this module, safe to call from any thread and again.
 */
public interface Provider {
  /** The provider's name, such as {@code etcd}: lower case, unique in a distribution. */
  String name();

  /**
   * Whether an instance of one of its types may have the engine ask or change a machine. In {@code
   * pgha test} no machine is reached, so such types are there as mocks only.
   */
  default boolean reachesMachines() {
    return true;
  }

  /** Its resource types; a type that two providers claim is an error. */
  List<ResourceType> resourceTypes();

  /** Its data source types; likewise. */
  default List<DataType> dataTypes() {
    return List.of();
  }

  /** Its ephemeral resource types; likewise. */
  default List<EphemeralType> ephemeralTypes() {
    return List.of();
  }

  /**
   * Its functions; a configuration calls one named {@code f} as {@code provider::NAME::f(...)} with
   * the provider's name. It is asked whenever one is called: what makes them, it does once.
   */
  default List<Function> functions() {
    return List.of();
  }
}
