package io.pgha.core.execution;

import io.pgha.core.plan.Named;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what can't be forgotten, since something that stays needs it. */
final class StillNeeded {
  private StillNeeded() {}

  /**
   * Those of some objects that others need which stay in the state.
   *
   * @param planned what was planned, by address: what is configured needs what it needs now
   * @return the ids, with one that needs each
   */
  static Map<String, String> among(
      Set<String> objects, State state, Map<String, PlannedInstance> planned) {
    Map<String, String> kept = new TreeMap<>();
    int before;
    do {
      before = kept.size();
      Map<String, String> users = new HashMap<>();
      Stream.of(state.instances(), state.deposed())
          .flatMap(all -> all.values().stream())
          .filter(each -> !objects.contains(each.id()) || kept.containsKey(each.id()))
          .forEach(each ->
              needs(each, planned.get(each.id()))
                  .forEach(name -> users.putIfAbsent(name, each.id())));
      for (String id : objects) {
        String address = InstanceState.Id.parse(id).address().text();
        Optional<String> user =
            Stream.of(address, Named.resource(address))
                .filter(users::containsKey)
                .map(users::get)
                .findFirst();
        user.ifPresent(found -> kept.put(id, found));
      }
    } while (kept.size() > before);
    return kept;
  }

  private static Set<String> needs(InstanceState object, @Nullable PlannedInstance planned) {
    return planned != null && planned.configured().isPresent()
        ? planned.dependencies()
        : object.dependencies();
  }
}
