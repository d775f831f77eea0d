package io.pgha.cli;

import io.pgha.state.InstanceAddress;
import java.util.Comparator;
import java.util.List;

/**
 * Addresses as Terraform lists them: the root module's first, then by depth and name of the module,
 * what is only read before what is managed, keys that are numbers by number.
 */
final class ListingOrder implements Comparator<InstanceAddress> {
  @Override
  public int compare(InstanceAddress one, InstanceAddress other) {
    List<String> steps = one.steps();
    List<String> others = other.steps();
    if (steps.size() != others.size()) {
      return Integer.compare(steps.size(), others.size());
    }
    for (int i = 0; i + 1 < steps.size(); i++) {
      int order = byNameAndKey(steps.get(i), others.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (one.mode() != other.mode()) {
      return one.mode() == InstanceAddress.Mode.DATA ? -1 : 1;
    }
    int order = one.type().compareTo(other.type());
    if (order == 0) {
      order = one.name().compareTo(other.name());
    }
    return order == 0 ? byKey(one.key(), other.key()) : order;
  }

  private static int byNameAndKey(String one, String other) {
    int key = startOfKey(one);
    int otherKey = startOfKey(other);
    int order = one.substring(0, key).compareTo(other.substring(0, otherKey));
    return order == 0 ? byKey(one.substring(key), other.substring(otherKey)) : order;
  }

  private static int startOfKey(String step) {
    int bracket = step.indexOf('[');
    return bracket < 0 ? step.length() : bracket;
  }

  /** None, then numbers, then texts; the longer number is the larger one. */
  private static int byKey(String one, String other) {
    if (rank(one) != rank(other)) {
      return Integer.compare(rank(one), rank(other));
    }
    return rank(one) == 1 && one.length() != other.length()
        ? Integer.compare(one.length(), other.length())
        : one.compareTo(other);
  }

  private static int rank(String key) {
    return key.isEmpty() ? 0 : key.startsWith("[\"") ? 2 : 1;
  }
}
