package io.pgha.cli.view;

import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.PlanView.RolloutView;
import io.pgha.cli.view.PlanView.WaveView;
import io.pgha.cli.view.ResourceView.ArtifactAction;
import io.pgha.cli.view.ResourceView.ArtifactView;
import io.pgha.cli.view.ResourceView.AttributeView;
import io.pgha.cli.view.ResourceView.EffectView;
import io.pgha.cli.view.ResourceView.Phase;
import io.pgha.cli.view.ResourceView.StepView;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.PlannedOutput;
import io.pgha.core.plan.PlannedRollout;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Target;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes of a plan what may be shown of it. */
public final class PlanViews {
  private final Plan plan;
  private final Homes homes;
  private final Map<String, String> origins;

  private PlanViews(Plan plan) {
    this.plan = plan;
    this.origins = plan.stateChanges().moves().origins();
    this.homes = new Homes(plan);
  }

  /** What may be shown of a plan. */
  public static PlanView of(Plan plan) {
    return new PlanViews(plan).view();
  }

  private PlanView view() {
    return new PlanView(
        plan.mode().word(),
        plan.lineage(),
        plan.serial(),
        Summaries.of(plan),
        plan.instances().stream()
            .sorted((one, other) -> one.address().compareTo(other.address()))
            .map(this::resource)
            .toList(),
        plan.outputs().stream()
            .filter(output -> output.before().isPresent() || output.after().isPresent())
            .map(PlanViews::output)
            .toList(),
        plan.rollouts().stream().map(this::rollout).toList());
  }

  private ResourceView resource(PlannedInstance instance) {
    Redaction redaction = new Redaction(instance.secretPaths());
    InstanceState.Id id = InstanceState.Id.parse(instance.address());
    // What was read is shown where it is used: it may be long, and it may be secret.
    boolean read =
        id.address().mode() == InstanceAddress.Mode.DATA && instance.action() == Action.NO_OP;
    Change change = instance.change();
    List<StepView> steps = new ArrayList<>();
    instance
        .removal()
        .filter(removal -> instance.action() == Action.REPLACE)
        .ifPresent(removal -> {
          steps(removal.prepare(), Phase.REMOVE, steps);
          steps(removal.activate(), Phase.REMOVE, steps);
        });
    boolean removes = instance.action() == Action.DELETE;
    steps(change.prepare(), removes ? Phase.REMOVE : Phase.PREPARE, steps);
    steps(change.activate(), removes ? Phase.REMOVE : Phase.ACTIVATE, steps);
    Optional<StateChanges.Refreshed> refreshed =
        Optional.ofNullable(plan.stateChanges().refreshed().get(instance.address()));
    return new ResourceView(
        id.address(),
        Optional.ofNullable(origins.get(id.address().text())),
        Optional.ofNullable(plan.stateChanges().imported().get(instance.address()))
            .map(StateChanges.Import::id),
        id.deposed(),
        refreshed
            .map(each -> each.seen().isPresent() ? PlannedAction.CHANGED : PlannedAction.GONE)
            .orElseGet(() -> action(instance)),
        instance.reason().kind(),
        instance.reason().text(),
        homes.of(instance),
        instance.group(),
        redaction.of(instance.before()),
        read ? ObjectValue.EMPTY : redaction.of(instance.after()),
        refreshed.isPresent()
            ? refreshed.get().seen().isPresent()
                ? differences(instance, redaction)
                : List.<AttributeView>of()
            : change.attributes().stream().map(each -> attribute(each, redaction)).toList(),
        refreshed.map(StateChanges.Refreshed::artifacts).orElse(change.artifacts()).stream()
            .map(this::artifact)
            .toList(),
        steps,
        effect(change.effect()),
        List.copyOf(new TreeSet<>(instance.dependencies())),
        instance.obstacle().stream().map(PlanViews::obstacle).toList());
  }

  private PlannedAction action(PlannedInstance instance) {
    return plan.stateChanges().forgotten().contains(instance.address())
        ? PlannedAction.FORGET
        : actionOf(instance);
  }

  private static PlannedAction actionOf(PlannedInstance instance) {
    return switch (instance.action()) {
      case NO_OP -> PlannedAction.NO_OP;
      case CREATE -> PlannedAction.CREATE;
      case READ -> PlannedAction.READ;
      case UPDATE -> PlannedAction.UPDATE;
      case REPLACE ->
          instance.createBeforeDestroy()
              ? PlannedAction.CREATE_THEN_DELETE
              : PlannedAction.DELETE_THEN_CREATE;
      case DELETE -> PlannedAction.DELETE;
    };
  }

  private static String obstacle(Diagnostic why) {
    return why.summary();
  }

  private static AttributeView attribute(AttributeChange change, Redaction redaction) {
    AttributePath path = change.path();
    return new AttributeView(
        path.toString(),
        shown(change, change.before(), redaction),
        shown(change, change.after(), redaction),
        change.reason(),
        change.forcesReplacement());
  }

  /** What state says of an instance, beside what was seen of it. */
  private static List<AttributeView> differences(PlannedInstance instance, Redaction redaction) {
    List<AttributeView> differences = new ArrayList<>();
    instance
        .after()
        .attributes()
        .forEach((name, value) -> {
          AttributePath path = AttributePath.of(name);
          Value before = instance.before().get(name);
          if (!value.equals(before)) {
            differences.add(
                new AttributeView(
                    name, redaction.of(path, before), redaction.of(path, value), "", false));
          }
        });
    return differences;
  }

  private static Value shown(AttributeChange change, Value value, Redaction redaction) {
    return change.secret() && !value.isNull()
        ? Redaction.HIDDEN
        : redaction.of(change.path(), value);
  }

  private ArtifactView artifact(ArtifactChange change) {
    return new ArtifactView(
        plan.hostName(change.host()),
        change.key(),
        switch (change.kind()) {
          case CREATE -> ArtifactAction.CREATE;
          case UPDATE -> ArtifactAction.UPDATE;
          case DELETE -> ArtifactAction.DELETE;
        },
        change.summary(),
        change.diff(),
        change.reason());
  }

  private void steps(List<PlacedStep> placed, Phase phase, List<StepView> steps) {
    for (PlacedStep each : placed) {
      String where =
          switch (each.target()) {
            case Target.Host(String host) -> plan.hostName(host);
            case Target.Leader(String group) -> "the leader of " + group;
          };
      steps.add(new StepView(phase, where, each.step().describe()));
    }
  }

  private static EffectView effect(Effect effect) {
    return new EffectView(
        effect.kind().name().toLowerCase(Locale.ROOT),
        effect.description(),
        effect.kind().isDisruptive());
  }

  private static OutputView output(PlannedOutput output) {
    return new OutputView(
        output.name(),
        output.before().map(value -> shown(output, value)),
        output.after().map(value -> shown(output, value)),
        output.sensitive(),
        output.becomesSensitive(),
        output.isChange());
  }

  private static Value shown(PlannedOutput output, Value value) {
    return output.sensitive()
        ? Redaction.HIDDEN
        : new Redaction(List.of()).of(AttributePath.ROOT, value);
  }

  private RolloutView rollout(PlannedRollout rollout) {
    return new RolloutView(
        rollout.group(),
        rollout.waves().stream().map(wave -> wave(rollout, wave)).toList(),
        rollout.gate());
  }

  private WaveView wave(PlannedRollout rollout, Wave wave) {
    List<String> notes = new ArrayList<>();
    if (!wave.reason().isEmpty()) {
      notes.add(wave.reason());
    }
    wave.members().stream()
        .map(member -> rollout.effects().getOrDefault(member, Effect.NONE))
        .filter(effect -> effect.kind().isDisruptive())
        .map(effect ->
            effect.description().isEmpty()
                ? effect.kind().name().toLowerCase(Locale.ROOT)
                : effect.description())
        .distinct()
        .forEach(notes::add);
    return new WaveView(
        wave.members(), wave.members().stream().map(homes::shortName).toList(), notes);
  }
}
