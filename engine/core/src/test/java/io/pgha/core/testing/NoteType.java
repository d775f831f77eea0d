package io.pgha.core.testing;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file on a host that says a text; one that says something slow has to wait for a file {@code
 * /awake} afterwards. Grouped, its changes are restarts: one by one, and only while no member's
 * host has a file {@code /sick}, or after that a file {@code /tired}.
 */
final class NoteType implements ResourceType {
  private static final AttributePath HOST = AttributePath.of("host");

  private final String name;
  private final boolean grouped;
  private final ObjectValue promise;

  NoteType(String name, boolean grouped) {
    this(name, grouped, ObjectValue.EMPTY);
  }

  /**
   * A type of notes.
   *
   * @param promise what it says, right or wrong, that a changed note will compute
   */
  NoteType(String name, boolean grouped, ObjectValue promise) {
    this.name = name;
    this.grouped = grouped;
    this.promise = promise;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return new Schema(
        1,
        "A file.",
        List.of(
            Attribute.required("host", Type.STRING, "Where.").referringTo("host"),
            Attribute.required("path", Type.STRING, "The path.").forceNew(),
            Attribute.required("text", Type.STRING, "The content."),
            Attribute.optional("password", Type.STRING, "A secret.").secret(),
            Attribute.computed("length", Type.NUMBER, "Its length, as the machine says.")),
        "");
  }

  private static String host(Instance instance) {
    return instance.reference(HOST).map(Instance::address).orElse("");
  }

  private static Probe.OfFile probe(Instance instance) {
    return new Probe.OfFile(Values.of(instance).text("path"), Probe.Content.TEXT);
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return Values.of(instance).text("text").contains("forbidden")
        ? List.of(
            Diagnostic.error("forbidden", "Forbidden text", "Say something else.")
                .of(AttributePath.of("text")))
        : List.of();
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return List.of(new PlacedProbe(host(instance), probe(instance)));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    Optional<FileFacts> facts = results.get(host(instance), probe(instance)).found();
    if (facts.isEmpty()) {
      return new Live(Live.Presence.ABSENT, "", ObjectValue.EMPTY, List.of(), results);
    }
    String text = facts.get().text().orElse("");
    return new Live(
        Live.Presence.PRESENT,
        "There is a file " + Values.of(instance).text("path") + ".",
        ObjectValue.of(Map.of("text", new Str(text), "length", Num.of(text.length()))),
        List.of(),
        results);
  }

  @Override
  public Change plan(PlanRequest request) {
    Instance instance = request.instance();
    String path = Values.of(instance).text("path");
    if (request.deletion()) {
      return new Change(
          Action.DELETE,
          List.of(),
          List.of(),
          grouped ? new Effect(Effect.Kind.REMOVAL, "") : Effect.NONE,
          List.of(),
          List.of(PlacedStep.on(host(instance), new Step.RemovePath(path, false))),
          ObjectValue.EMPTY,
          List.of());
    }
    Value before = request.live().attributes().get("text");
    Value after = instance.values().get("text");
    boolean fresh = before.isNull();
    if (before.equals(after)) {
      return Change.none(
          ObjectValue.of(Map.of("length", request.live().attributes().get("length"))));
    }
    boolean moved =
        request.prior().isPresent()
            && !request
                .prior()
                .get()
                .attributes()
                .get("path")
                .equals(instance.values().get("path"));
    List<PlacedStep> steps = new ArrayList<>();
    steps.add(
        PlacedStep.on(
            host(instance),
            new Step.WriteFile(
                path,
                List.of(Fragment.plain(Values.of(instance).text("text"))),
                0644,
                "root",
                "root",
                Optional.empty(),
                Optional.empty())));
    if (Values.of(instance).text("text").startsWith("slow")) {
      steps.add(PlacedStep.on(host(instance), awake(host(instance))));
    }
    return new Change(
        moved ? Action.REPLACE : fresh && request.prior().isEmpty() ? Action.CREATE : Action.UPDATE,
        List.of(
            new AttributeChange(
                AttributePath.of("text"),
                fresh ? new Null(Type.STRING) : before,
                after,
                false,
                request.prior().isPresent() ? "changed outside pgha" : "",
                false)),
        List.of(),
        grouped && !fresh ? new Effect(Effect.Kind.RESTART, "") : Effect.NONE,
        List.of(),
        steps,
        promise,
        List.of());
  }

  private static Step awake(String host) {
    Probe.OfFile awake = new Probe.OfFile("/awake", Probe.Content.NONE);
    return new Step.Await(
        "wait until it is awake",
        List.of(new PlacedProbe(host, awake)),
        results ->
            results.get(host, awake).found().isPresent()
                ? Verdict.holds()
                : new Verdict.NotYet("it sleeps"),
        Duration.ofMinutes(5));
  }

  @Override
  public Optional<String> group(Instance instance) {
    return grouped ? Optional.of("the members") : Optional.empty();
  }

  @Override
  public RolloutPolicy rollout() {
    return new RolloutPolicy() {
      @Override
      public List<Wave> waves(Group group, Map<String, Effect> pending) {
        return RolloutPolicy.ONE_BY_ONE.waves(group, pending);
      }

      @Override
      public Gate gate(Group group) {
        Probe.OfFile sick = new Probe.OfFile("/sick", Probe.Content.NONE);
        Probe.OfFile tired = new Probe.OfFile("/tired", Probe.Content.NONE);
        List<String> hosts = group.members().stream().map(NoteType::host).toList();
        return new Gate(
            "all members are well",
            hosts.stream()
                .flatMap(
                    host -> Stream.of(new PlacedProbe(host, sick), new PlacedProbe(host, tired)))
                .toList(),
            results ->
                hosts.stream().anyMatch(host -> results.get(host, sick).found().isPresent())
                    ? new Verdict.Never("a member is sick")
                    : hosts.stream().anyMatch(host -> results.get(host, tired).found().isPresent())
                        ? new Verdict.NotYet("a member is tired")
                        : Verdict.holds(),
            Duration.ofMinutes(5));
      }
    };
  }
}
