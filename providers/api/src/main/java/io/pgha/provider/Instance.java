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
   * Whether the value at a path came marked as sensitive, lies in one that did, or holds one. An
   * object's attribute and a map's key of one name are one place: which of them a value of any type
   * has depends on where it came from.
   */
  default boolean isSensitive(AttributePath path) {
    return sensitivePaths().stream().anyMatch(each -> meet(each.steps(), path.steps()));
  }

  private static boolean meet(List<AttributePath.Step> left, List<AttributePath.Step> right) {
    int common = Math.min(left.size(), right.size());
    for (int index = 0; index < common; index++) {
      if (!word(left.get(index)).equals(word(right.get(index)))) {
        return false;
      }
    }
    return true;
  }

  private static Object word(AttributePath.Step step) {
    return switch (step) {
      case AttributePath.Name(String name) -> name;
      case AttributePath.Key(String key) -> key;
      case AttributePath.Index(int index) -> index;
      case AttributePath.Element(io.pgha.language.value.Value element) -> element;
    };
  }

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
