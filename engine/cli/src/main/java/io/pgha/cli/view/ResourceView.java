package io.pgha.cli.view;

import io.pgha.core.plan.ActionReason;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is planned for one instance, as far as it may be shown.
 *
 * @param previousAddress the address that it had, where it moves
 * @param importing what it is imported by, where it is
 * @param deposed the key of the deposed object that it is, where it is one
 * @param actionReason why the action, for programs
 * @param reason why the action, in words; may be empty
 * @param host the name of the one host that it lives on; empty where there is no such host
 * @param group the group that it is a member of
 * @param before its attributes before; without attributes where it was not there
 * @param after its attributes afterwards, unknown ones as unknown; none where it goes
 * @param attributes each attribute that differs
 * @param artifacts each thing on a host that differs
 * @param steps what is done, in order
 * @param effect what that does to its group; {@code none} where nothing
 * @param dependsOn the names of what it needs: instances, or all instances of a resource
 * @param obstacles why it could not be planned; empty where it could
 */
public record ResourceView(
    InstanceAddress address,
    Optional<String> previousAddress,
    Optional<String> importing,
    Optional<String> deposed,
    PlannedAction action,
    ActionReason actionReason,
    String reason,
    String host,
    Optional<String> group,
    ObjectValue before,
    ObjectValue after,
    List<AttributeView> attributes,
    List<ArtifactView> artifacts,
    List<StepView> steps,
    EffectView effect,
    List<String> dependsOn,
    List<String> obstacles) {
  public ResourceView {
    attributes = List.copyOf(attributes);
    artifacts = List.copyOf(artifacts);
    steps = List.copyOf(steps);
    dependsOn = List.copyOf(dependsOn);
    obstacles = List.copyOf(obstacles);
  }

  /** What tells it from all others, as state has it: its address, and its deposed key. */
  public String id() {
    return new InstanceState.Id(address, deposed).toString();
  }

  /** Whether something is done, or only state changes: its address, or that it is in it. */
  public boolean isChange() {
    return action.isChange() || previousAddress.isPresent() || importing.isPresent();
  }

  /** One word for what is done, as messages have it. */
  public String word() {
    if (action.isChange()) {
      return action.word();
    }
    return importing.isPresent() ? "import" : previousAddress.isPresent() ? "move" : action.word();
  }

  /** What is said behind its address: what is done with it and why. */
  public String verdict() {
    return action.verdict() + (reason.isEmpty() ? "" : " (" + reason + ")");
  }

  /** What is to be said of it beside what is done: where it comes from. */
  public List<String> origins() {
    List<String> origins = new java.util.ArrayList<>();
    previousAddress.ifPresent(old -> origins.add("moved from " + old));
    importing.ifPresent(
        id -> origins.add(id.isEmpty() ? "imported" : "imported from \"" + id + "\""));
    deposed.ifPresent(key -> origins.add("deposed object " + key));
    return origins;
  }

  /**
   * A difference in one attribute.
   *
   * @param path where, in the text form of paths
   */
  public record AttributeView(
      String path, Value before, Value after, String reason, boolean forcesReplacement) {
    /** The top-level attribute that it is in. */
    String top() {
      return path.split("[.\\[]", 2)[0];
    }

    /** The reason, and whether it forces a replacement. */
    String note() {
      String forced = forcesReplacement ? "forces replacement" : "";
      return reason.isEmpty() || forced.isEmpty() ? reason + forced : reason + "; " + forced;
    }
  }

  /** What is done to something on a host. */
  public enum ArtifactAction {
    CREATE,
    UPDATE,
    DELETE;

    /** One word, as documents have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, as a kind of line. */
    public Line.Kind kind() {
      return switch (this) {
        case CREATE -> Line.Kind.ADDED;
        case UPDATE -> Line.Kind.CHANGED;
        case DELETE -> Line.Kind.REMOVED;
      };
    }
  }

  /**
   * A difference in something on a host.
   *
   * @param host the host's name
   * @param key what it is, such as {@code file:/etc/motd}
   * @param diff the lines of a unified diff without file headers
   */
  public record ArtifactView(
      String host,
      String key,
      ArtifactAction action,
      String summary,
      List<String> diff,
      String reason) {
    public ArtifactView {
      diff = List.copyOf(diff);
    }

    /** What it is, for people. */
    public String title() {
      return key.replaceFirst(":", " ");
    }
  }

  /** When a step is done: what goes first, what disturbs nobody, what follows in its turn. */
  public enum Phase {
    REMOVE,
    PREPARE,
    ACTIVATE;

    /** One word, as documents have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A step.
   *
   * @param where the host's name, or {@code the leader of …}
   */
  public record StepView(Phase phase, String where, String description) {}

  /**
   * What the change does to the group of the instance.
   *
   * @param kind one word, such as {@code restart}
   */
  public record EffectView(String kind, String description, boolean disruptive) {
    /** In words. */
    public String text() {
      return description.isEmpty() ? kind : kind + ", " + description;
    }
  }
}
