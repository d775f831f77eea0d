package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Repetition;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.language.syntax.Expression;
import io.pgha.state.InstanceAddress;
import java.util.List;
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
      return new Reason(ActionReason.DELETE_NO_MODULE, missingModule(address, root, evaluation));
    }
    return byKey(address.key(), declared.get().repetition());
  }

  /** Says of the outermost module that is not there why it is not. */
  private static String missingModule(InstanceAddress address, Module root, Evaluation evaluation) {
    Module module = root;
    List<Part> parts = RelativeAddress.parts(address);
    for (int length = 1; length < parts.size(); length++) {
      Part part = parts.get(length - 1);
      String path = RelativeAddress.text(parts.subList(0, length));
      Call call = module.calls().get(part.name().substring("module.".length()));
      if (call == null) {
        break;
      }
      if (!evaluation.hasModule(path)
          && part.key().isEmpty()
          && call.repetition() instanceof Repetition.Single(Optional<Expression> enabled)
          && enabled.isPresent()) {
        return "the lifecycle of " + path + " says enabled = false";
      }
      module = call.module();
    }
    return address.modulePath() + " is no longer in the configuration";
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
      case Repetition.Single(Optional<Expression> enabled)
          when enabled.isPresent() && key.isEmpty() ->
          new Reason(ActionReason.DELETE_ENABLED_FALSE, "its lifecycle says enabled = false");
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
