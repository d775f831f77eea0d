package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Repetition;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.state.InstanceAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Says why state has an instance that configuration hasn't. */
final class RemovalReasons {
  private RemovalReasons() {}

  /**
   * Why configuration, as evaluated, has no instance of this address.
   *
   * @param isMovedTo whether a block moves something to an address
   */
  static Reason of(
      InstanceAddress address, Predicate<String> isMovedTo, Module root, Evaluation evaluation) {
    Optional<Resource> declared = root.declaring(address);
    if (declared.isEmpty() && isMovedTo.test(address.text())) {
      return new Reason(
          ActionReason.DELETE_NO_MOVE_TARGET, "it moves to what is not in the configuration");
    }
    if (declared.isEmpty()) {
      return new Reason(ActionReason.DELETE_NO_RESOURCE, "it is no longer in the configuration");
    }
    if (!evaluation.hasModule(address.modulePath())) {
      return new Reason(
          ActionReason.DELETE_NO_MODULE,
          address.modulePath() + " is no longer in the configuration");
    }
    return byKey(address.key(), declared.get().repetition());
  }

  private static Reason byKey(String key, Repetition repetition) {
    boolean counted = key.matches("\\[\\d+]");
    return switch (repetition) {
      case Repetition.Count _ when counted ->
          missing(ActionReason.DELETE_COUNT_INDEX, key, "count");
      case Repetition.ForEach _ when !counted && !key.isEmpty() ->
          missing(ActionReason.DELETE_EACH_KEY, key, "for_each");
      case Repetition.Count _ -> repeated("it has a count now");
      case Repetition.ForEach _ -> repeated("it has a for_each now");
      case Repetition.Single _ -> repeated("it has neither count nor for_each now");
    };
  }

  private static Reason missing(ActionReason kind, String key, String argument) {
    return new Reason(kind, key + " is no longer one of its " + argument);
  }

  private static Reason repeated(String text) {
    return new Reason(ActionReason.DELETE_WRONG_REPETITION, text);
  }
}
