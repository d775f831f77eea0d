package io.pgha.core.plan;

import io.pgha.core.evaluation.Evaluation;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceAddress;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An output before and after.
 *
 * @param before what state says; empty where it has none
 * @param after what it will be, perhaps unknown; empty where it goes, or is null
 * @param sensitive whether neither is to be shown: it is sensitive, or was until now
 * @param becomesSensitive where it was sensitive and no longer is, or the other way round: what it
 *     will be
 * @param kept whether it stays as it is whatever its value would be now: the plan is not about all
 *     that it depends on
 */
public record PlannedOutput(
    String name,
    Optional<Value> before,
    Optional<Value> after,
    boolean sensitive,
    Optional<Boolean> becomesSensitive,
    boolean kept) {
  /**
   * The root module's outputs.
   *
   * @param evaluation what gives them their values; empty where they go
   * @param isAbout whether the plan is about one that depends on certain instances, named by
   *     themselves or by their resource
   * @param configured the addresses of all instances that are configured
   * @param planned what they may depend on, by address: one that can't be planned keeps its output
   * @param state what they are now
   */
  static List<PlannedOutput> all(
      Optional<Evaluation> evaluation,
      Predicate<Set<String>> isAbout,
      Set<String> configured,
      Map<String, PlannedInstance> planned,
      State state) {
    Map<String, PlannedOutput> all = new LinkedHashMap<>();
    evaluation.ifPresent(evaluated -> {
      Named named = new Named(planned.keySet());
      Named unread =
          new Named(
              configured.stream()
                  .filter(address -> !planned.containsKey(address))
                  .filter(PlannedOutput::isData)
                  .toList());
      evaluated
          .outputs()
          .forEach((name, value) -> {
            Set<String> uses = evaluated.outputDependencies(name);
            boolean obstructed =
                uses.stream()
                        .flatMap(used -> named.instances(used).stream())
                        .map(planned::get)
                        .anyMatch(instance -> instance != null && !instance.isPlanned())
                    || uses.stream().anyMatch(used -> !unread.instances(used).isEmpty());
            Optional<OutputState> old =
                Optional.ofNullable(state.outputs().get(name))
                    .filter(each -> !each.value().isNull());
            Optional<Value> before = old.map(OutputState::value);
            boolean kept = !isAbout.test(evaluated.outputReaches(name));
            Optional<Value> after = obstructed || kept ? before : kept(Marks.removeDeep(value));
            boolean was = old.filter(OutputState::sensitive).isPresent();
            boolean will = Marks.has(value, Mark.SENSITIVE);
            Optional<Boolean> becomes =
                Optional.of(will)
                    .filter(now -> now != was && !kept && !obstructed)
                    .filter(_ -> before.isPresent() && after.isPresent());
            all.put(name, new PlannedOutput(name, before, after, was || will, becomes, kept));
          });
    });
    state
        .outputs()
        .forEach((name, output) ->
            all.putIfAbsent(
                name,
                new PlannedOutput(
                    name,
                    Optional.of(output.value()),
                    Optional.empty(),
                    output.sensitive(),
                    Optional.empty(),
                    false)));
    return List.copyOf(all.values());
  }

  /** All outputs that state has, none of which changes. */
  static List<PlannedOutput> allKept(State state) {
    return state.outputs().entrySet().stream()
        .map(entry -> {
          Optional<Value> value = Optional.of(entry.getValue().value());
          return new PlannedOutput(
              entry.getKey(), value, value, entry.getValue().sensitive(), Optional.empty(), true);
        })
        .toList();
  }

  /** What state has of a value: an output that is null is none. */
  private static Optional<Value> kept(Value value) {
    return Optional.of(value).filter(given -> !given.isNull());
  }

  /** Whether an instance is a data source: nobody has read one that the plan is not about. */
  private static boolean isData(String address) {
    return InstanceAddress.parse(address).mode() == InstanceAddress.Mode.DATA;
  }

  /** Whether it changes. */
  public boolean isChange() {
    return becomesSensitive.isPresent() || !before.equals(after);
  }
}
