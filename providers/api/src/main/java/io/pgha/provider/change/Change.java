package io.pgha.provider.change;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import java.util.List;

/**
 * What takes a live instance to the desired one.
 *
 * @param action what is done
 * @param attributes each attribute that differs, with its reason
 * @param artifacts each artifact that differs
 * @param effect what the change does to the instance's group while it is made
 * @param prepare steps that disturb nobody (packages, folders): run as soon as the hosts are ready,
 *     for all members of a group at once
 * @param activate the steps that follow, run in the instance's turn
 * @param computed attributes that are known only from the machines, such as a host's facts; unknown
 *     ones are left out
 * @param diagnostics warnings, and errors that stop the plan
 */
public record Change(
    Action action,
    List<AttributeChange> attributes,
    List<ArtifactChange> artifacts,
    Effect effect,
    List<PlacedStep> prepare,
    List<PlacedStep> activate,
    ObjectValue computed,
    List<Diagnostic> diagnostics) {
  public Change {
    attributes = List.copyOf(attributes);
    artifacts = List.copyOf(artifacts);
    prepare = List.copyOf(prepare);
    activate = List.copyOf(activate);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Nothing is to be done. */
  public static Change none(ObjectValue computed) {
    return none(computed, List.of());
  }

  /** Nothing is to be done, but there is something to say. */
  public static Change none(ObjectValue computed, List<Diagnostic> diagnostics) {
    return new Change(
        Action.NO_OP,
        List.of(),
        List.of(),
        Effect.NONE,
        List.of(),
        List.of(),
        computed,
        diagnostics);
  }

  /** The change can't be planned. */
  public static Change refused(List<Diagnostic> errors) {
    return none(ObjectValue.EMPTY, errors);
  }
}
