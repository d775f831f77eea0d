package io.pgha.core.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Names as they stand in a sentence: a few of them, and how many more there are. */
public final class Listing {
  private static final int MOST = 10;

  private Listing() {}

  /** The first ten, and the number of the others. */
  public static String of(List<String> names) {
    int more = names.size() - MOST;
    return names.stream().limit(MOST).collect(Collectors.joining(", "))
        + (more > 0 ? ", and " + more + " more" : "");
  }
}
