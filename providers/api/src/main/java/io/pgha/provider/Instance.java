package io.pgha.provider;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import java.util.List;
import java.util.Optional;

/**
 * A resource instance as a provider sees it: its evaluated arguments and its neighbours.
 *
 * <p>Values are unmarked at every depth and may hold unknowns before apply. Defaults of the schema
 * are filled in; the attributes of {@link ResourceType#derive} are there once it was called.
 */
public interface Instance {
  /**
   * The instance's address, such as {@code host.db["psql-db-1"]}. It is also the value of the
   * instance's {@code id}, which other instances refer to it by.
   */
  String address();

  /** The resource type's name, such as {@code etcd_member}. */
  String type();

  /** Arguments and derived attributes by name; an argument that is not given is a null. */
  ObjectValue values();

  /** The paths whose values came marked as sensitive; never to be shown. */
  List<AttributePath> sensitivePaths();

  /**
   * The instance that the reference attribute at a path names.
   *
   * @return empty where the value is null or unknown
   */
  Optional<Instance> reference(AttributePath path);

  /**
   * The instances of a type that refer to this one by any reference attribute, ordered by address:
   * the nodes of a {@code patroni_cluster}, for example.
   */
  List<Instance> referrers(String type);
}
