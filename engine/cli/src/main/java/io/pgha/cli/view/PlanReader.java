package io.pgha.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.PlanView.RolloutView;
import io.pgha.cli.view.PlanView.Summary;
import io.pgha.cli.view.PlanView.WaveView;
import io.pgha.cli.view.ResourceView.ArtifactAction;
import io.pgha.cli.view.ResourceView.ArtifactView;
import io.pgha.cli.view.ResourceView.AttributeView;
import io.pgha.cli.view.ResourceView.EffectView;
import io.pgha.cli.view.ResourceView.Phase;
import io.pgha.cli.view.ResourceView.StepView;
import io.pgha.core.plan.ActionReason;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.state.InstanceAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what {@link PlanDocument} has written, so that a plan can be shown again later. */
public final class PlanReader {
  /** Numbers as they are written: a binary fraction would be another number. */
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(ValueJson.LIMITS).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonNode json;

  private PlanReader(JsonNode json) {
    this.json = json;
  }

  /**
   * The plan that a document holds.
   *
   * @throws IOException with a message for the user where the text is no such document
   */
  public static PlanView read(String document) throws IOException {
    return of(document).view();
  }

  /**
   * A reader of a document.
   *
   * @throws IOException with a message for the user where the text is no such document
   */
  public static PlanReader of(String document) throws IOException {
    JsonNode json = JSON.readTree(document);
    String version = json.path("format_version").asText();
    if (!version.startsWith("1.") || !json.path("resource_changes").isArray()) {
      throw new IOException(
          version.isEmpty() || version.startsWith("1.")
              ? "it holds no plan in JSON"
              : "its format version is " + version + ", which only a newer pgha reads");
    }
    return new PlanReader(json);
  }

  /** The plan. */
  public PlanView view() throws IOException {
    List<OutputView> outputs = new ArrayList<>();
    for (Map.Entry<String, JsonNode> output : json.path("output_changes").properties()) {
      outputs.add(output(output.getKey(), output.getValue()));
    }
    List<ResourceView> resources = new ArrayList<>();
    for (JsonNode resource : json.path("resource_changes")) {
      resources.add(resource(resource, PlannedAction.of(words(resource))));
    }
    for (JsonNode resource : json.path("resource_drift")) {
      resources.add(resource(resource, PlannedAction.of(words(resource)).asDrift()));
    }
    resources.sort(Comparator.comparing(ResourceView::id));
    return new PlanView(
        json.path("mode").asText(),
        json.path("lineage").asText(),
        json.path("serial").asLong(),
        summary(json.path("summary")),
        resources,
        outputs,
        rollouts(json.path("rollouts")));
  }

  /** What a saved plan holds for; empty where the document is only to be shown. */
  public Optional<Binding> binding() throws IOException {
    JsonNode saved = json.path("saved");
    if (!saved.isObject()) {
      return Optional.empty();
    }
    Map<String, Value> variables = new TreeMap<>();
    for (Map.Entry<String, JsonNode> variable : saved.path("variables").properties()) {
      try (JsonParser parser = variable.getValue().traverse()) {
        parser.nextToken();
        variables.put(variable.getKey(), ValueJson.read(parser));
      }
    }
    return Optional.of(
        new Binding(
            json.path("pgha_version").asText(),
            strings(saved.path("command")),
            strings(saved.path("targets")),
            strings(saved.path("exclusions")),
            strings(saved.path("replacements")),
            saved.path("exactly").asBoolean(),
            saved.path("configuration").asText(),
            saved.path("state").asText(),
            variables,
            strings(saved.path("hidden_variables")),
            saved.path("fingerprint").asText()));
  }

  private static Summary summary(JsonNode json) {
    return new Summary(
        json.path("add").asLong(),
        json.path("change").asLong(),
        json.path("destroy").asLong(),
        json.path("move").asLong(),
        json.path("import").asLong(),
        json.path("forget").asLong(),
        json.path("drifted").asLong(),
        json.path("gone").asLong(),
        strings(json.path("touched")));
  }

  private static List<String> words(JsonNode resource) {
    return strings(resource.path("change").path("actions"));
  }

  private static ResourceView resource(JsonNode json, PlannedAction action) throws IOException {
    JsonNode change = json.path("change");
    return new ResourceView(
        InstanceAddress.parse(json.path("address").asText()),
        optional(json, "previous_address"),
        optional(change.path("importing"), "id"),
        optional(json, "deposed"),
        action,
        actionReason(json.path("action_reason").asText()),
        json.path("reason").asText(),
        json.path("host").asText(),
        optional(json, "group"),
        object(before(change)),
        object(after(change)),
        attributes(json.path("attributes")),
        artifacts(json.path("artifacts")),
        steps(json.path("steps")),
        new EffectView(
            json.path("effect").path("kind").asText(),
            json.path("effect").path("description").asText(),
            json.path("effect").path("disruptive").asBoolean()),
        strings(json.path("depends_on")),
        strings(json.path("not_planned_because")));
  }

  private static ActionReason actionReason(String word) throws IOException {
    for (ActionReason reason : ActionReason.values()) {
      if (reason.word().equals(word)) {
        return reason;
      }
    }
    throw new IOException("no action has the reason " + word);
  }

  private static ObjectValue object(Value value) {
    return value instanceof ObjectValue object ? object : ObjectValue.EMPTY;
  }

  private static Value before(JsonNode json) throws IOException {
    JsonNode none = json.path("nothing");
    return ShownJson.read(json.path("before"), none, json.path("before_sensitive"));
  }

  private static Value after(JsonNode json) throws IOException {
    return ShownJson.read(
        json.path("after"), json.path("after_unknown"), json.path("after_sensitive"));
  }

  private static List<AttributeView> attributes(JsonNode json) throws IOException {
    List<AttributeView> attributes = new ArrayList<>();
    for (JsonNode each : json) {
      attributes.add(
          new AttributeView(
              each.path("path").asText(),
              before(each),
              after(each),
              each.path("reason").asText(),
              each.path("forces_replacement").asBoolean()));
    }
    return attributes;
  }

  private static List<ArtifactView> artifacts(JsonNode json) {
    List<ArtifactView> artifacts = new ArrayList<>();
    for (JsonNode each : json) {
      artifacts.add(
          new ArtifactView(
              each.path("host").asText(),
              each.path("key").asText(),
              ArtifactAction.valueOf(each.path("action").asText().toUpperCase(Locale.ROOT)),
              each.path("summary").asText(),
              strings(each.path("diff")),
              each.path("reason").asText()));
    }
    return artifacts;
  }

  private static List<StepView> steps(JsonNode json) {
    List<StepView> steps = new ArrayList<>();
    for (JsonNode each : json) {
      steps.add(
          new StepView(
              Phase.valueOf(each.path("phase").asText().toUpperCase(Locale.ROOT)),
              each.path("on").asText(),
              each.path("description").asText()));
    }
    return steps;
  }

  private static OutputView output(String name, JsonNode json) throws IOException {
    PlannedAction action = PlannedAction.of(strings(json.path("actions")));
    boolean isNew = action == PlannedAction.CREATE;
    boolean goes = action == PlannedAction.DELETE;
    return new OutputView(
        name,
        isNew ? Optional.empty() : Optional.of(before(json)),
        goes ? Optional.empty() : Optional.of(after(json)),
        json.path("sensitive").asBoolean(),
        Optional.ofNullable(json.get("becomes_sensitive")).map(JsonNode::asBoolean),
        action.isChange());
  }

  private static List<RolloutView> rollouts(JsonNode json) {
    List<RolloutView> rollouts = new ArrayList<>();
    for (JsonNode each : json) {
      List<WaveView> waves = new ArrayList<>();
      for (JsonNode wave : each.path("waves")) {
        waves.add(
            new WaveView(
                strings(wave.path("members")),
                strings(wave.path("names")),
                strings(wave.path("notes"))));
      }
      rollouts.add(new RolloutView(each.path("group").asText(), waves, each.path("gate").asText()));
    }
    return rollouts;
  }

  private static List<String> strings(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static Optional<String> optional(JsonNode json, String name) {
    return json.hasNonNull(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
  }
}
