package io.pgha.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.PlanView.RolloutView;
import io.pgha.cli.view.PlanView.Summary;
import io.pgha.cli.view.PlanView.WaveView;
import io.pgha.cli.view.ResourceView.ArtifactView;
import io.pgha.cli.view.ResourceView.AttributeView;
import io.pgha.cli.view.ResourceView.StepView;
import io.pgha.core.plan.ActionReason;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.state.InstanceAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A plan as one JSON document: docs/plan-schema.json says how. {@link PlanReader} reads it. */
public final class PlanDocument {
  /** The version of the format; the minor one counts additions. */
  public static final String FORMAT_VERSION = "1.5";

  private final JsonGenerator out;

  private PlanDocument(JsonGenerator out) {
    this.out = out;
  }

  /** The document, indented, with a line feed at its end. */
  public static String of(PlanView plan, List<Diagnostic> diagnostics, String version)
      throws IOException {
    return of(plan, diagnostics, version, Optional.empty());
  }

  /** The document of a plan that is saved to be applied. */
  public static String of(PlanView plan, List<Diagnostic> diagnostics, Binding binding)
      throws IOException {
    return of(plan, diagnostics, binding.version(), Optional.of(binding));
  }

  private static String of(
      PlanView plan, List<Diagnostic> diagnostics, String version, Optional<Binding> binding)
      throws IOException {
    StringWriter text = new StringWriter();
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(printer);
      new PlanDocument(out).write(plan, diagnostics, version, binding);
    }
    return text + "\n";
  }

  private void write(
      PlanView plan, List<Diagnostic> diagnostics, String version, Optional<Binding> binding)
      throws IOException {
    boolean errored = diagnostics.stream().anyMatch(Diagnostic::isError);
    out.writeStartObject();
    out.writeStringField("format_version", FORMAT_VERSION);
    out.writeStringField("pgha_version", version);
    out.writeStringField("mode", plan.mode());
    out.writeStringField("lineage", plan.lineage());
    out.writeNumberField("serial", plan.serial());
    out.writeBooleanField("complete", plan.obstructed().isEmpty() && !errored);
    out.writeBooleanField("errored", errored);
    summary(plan.summary());
    if (plan.isRefresh()) {
      resources("resource_drift", plan.resources().stream().filter(PlanDocument::isDrift));
    }
    resources("resource_changes", plan.resources().stream().filter(each -> !isDrift(each)));
    out.writeObjectFieldStart("output_changes");
    for (OutputView output : plan.outputs()) {
      output(output);
    }
    out.writeEndObject();
    out.writeArrayFieldStart("rollouts");
    for (RolloutView rollout : plan.rollouts()) {
      rollout(rollout);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("diagnostics");
    DiagnosticJson json = new DiagnosticJson();
    for (Diagnostic diagnostic : diagnostics) {
      json.write(out, diagnostic, Optional.empty());
    }
    out.writeEndArray();
    if (binding.isPresent()) {
      binding(binding.get());
    }
    out.writeEndObject();
  }

  private static boolean isDrift(ResourceView resource) {
    return resource.action().isDrift();
  }

  private void resources(String name, Stream<ResourceView> resources) throws IOException {
    out.writeArrayFieldStart(name);
    for (ResourceView resource : (Iterable<ResourceView>) resources::iterator) {
      resource(resource);
    }
    out.writeEndArray();
  }

  private void binding(Binding binding) throws IOException {
    out.writeObjectFieldStart("saved");
    strings("command", binding.command());
    strings("targets", binding.targets());
    strings("exclusions", binding.exclusions());
    strings("replacements", binding.replacements());
    out.writeBooleanField("exactly", binding.exactly());
    out.writeStringField("configuration", binding.configuration());
    out.writeStringField("state", binding.state());
    out.writeObjectFieldStart("variables");
    for (Map.Entry<String, Value> variable : binding.variables().entrySet()) {
      out.writeFieldName(variable.getKey());
      ValueJson.write(out, variable.getValue());
    }
    out.writeEndObject();
    strings("hidden_variables", binding.hiddenVariables());
    out.writeStringField("fingerprint", binding.fingerprint());
    out.writeEndObject();
  }

  private void summary(Summary summary) throws IOException {
    out.writeObjectFieldStart("summary");
    out.writeNumberField("add", summary.add());
    out.writeNumberField("change", summary.change());
    out.writeNumberField("destroy", summary.destroy());
    out.writeNumberField("move", summary.moved());
    out.writeNumberField("import", summary.importing());
    out.writeNumberField("forget", summary.forget());
    out.writeNumberField("drifted", summary.drifted());
    out.writeNumberField("gone", summary.gone());
    strings("touched", summary.touched());
    out.writeEndObject();
  }

  private void resource(ResourceView resource) throws IOException {
    InstanceAddress address = resource.address();
    out.writeStartObject();
    out.writeStringField("address", address.text());
    optional("previous_address", resource.previousAddress());
    if (!address.modulePath().isEmpty()) {
      out.writeStringField("module_address", address.modulePath());
    }
    out.writeStringField("mode", address.mode().name().toLowerCase(java.util.Locale.ROOT));
    out.writeStringField("type", address.type());
    out.writeStringField("name", address.name());
    if (!address.key().isEmpty()) {
      out.writeFieldName("index");
      out.writeRawValue(address.key().substring(1, address.key().length() - 1));
    }
    optional("deposed", resource.deposed());
    change(resource);
    if (resource.actionReason() != ActionReason.NONE) {
      out.writeStringField("action_reason", resource.actionReason().word());
    }
    if (!resource.reason().isEmpty()) {
      out.writeStringField("reason", resource.reason());
    }
    out.writeStringField("host", resource.host());
    TreeSet<String> hosts = new TreeSet<>();
    resource.artifacts().forEach(artifact -> hosts.add(artifact.host()));
    resource.steps().forEach(step -> hosts.add(step.where()));
    strings("hosts", List.copyOf(hosts));
    optional("group", resource.group());
    attributes(resource.attributes());
    artifacts(resource.artifacts());
    steps(resource.steps());
    out.writeObjectFieldStart("effect");
    out.writeStringField("kind", resource.effect().kind());
    out.writeStringField("description", resource.effect().description());
    out.writeBooleanField("disruptive", resource.effect().disruptive());
    out.writeEndObject();
    strings("depends_on", resource.dependsOn());
    strings("not_planned_because", resource.obstacles());
    out.writeEndObject();
  }

  private void change(ResourceView resource) throws IOException {
    out.writeObjectFieldStart("change");
    strings("actions", resource.action().words());
    Value before = objectOrNull(resource.before());
    Value after = objectOrNull(resource.after());
    out.writeFieldName("before");
    ShownJson.value(out, before);
    out.writeFieldName("after");
    ShownJson.value(out, after);
    out.writeFieldName("after_unknown");
    ShownJson.mask(out, after, ShownJson::unknown);
    out.writeFieldName("before_sensitive");
    ShownJson.mask(out, before, ShownJson::sensitive);
    out.writeFieldName("after_sensitive");
    ShownJson.mask(out, after, ShownJson::sensitive);
    strings(
        "replace_paths",
        resource.attributes().stream()
            .filter(AttributeView::forcesReplacement)
            .map(AttributeView::path)
            .toList());
    if (resource.importing().isPresent()) {
      out.writeObjectFieldStart("importing");
      out.writeStringField("id", resource.importing().get());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static Value objectOrNull(ObjectValue attributes) {
    return attributes.attributes().isEmpty() ? Null.ANY : attributes;
  }

  private void attributes(List<AttributeView> attributes) throws IOException {
    out.writeArrayFieldStart("attributes");
    for (AttributeView attribute : attributes) {
      out.writeStartObject();
      out.writeStringField("path", attribute.path());
      values(attribute.before(), attribute.after());
      out.writeStringField("reason", attribute.reason());
      out.writeBooleanField("forces_replacement", attribute.forcesReplacement());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void values(Value before, Value after) throws IOException {
    out.writeFieldName("before");
    ShownJson.value(out, before);
    out.writeFieldName("after");
    ShownJson.value(out, after);
    out.writeFieldName("after_unknown");
    ShownJson.mask(out, after, ShownJson::unknown);
    out.writeFieldName("before_sensitive");
    ShownJson.mask(out, before, ShownJson::sensitive);
    out.writeFieldName("after_sensitive");
    ShownJson.mask(out, after, ShownJson::sensitive);
  }

  private void artifacts(List<ArtifactView> artifacts) throws IOException {
    out.writeArrayFieldStart("artifacts");
    for (ArtifactView artifact : artifacts) {
      out.writeStartObject();
      out.writeStringField("host", artifact.host());
      out.writeStringField("key", artifact.key());
      out.writeStringField("action", artifact.action().word());
      out.writeStringField("summary", artifact.summary());
      strings("diff", artifact.diff());
      out.writeStringField("reason", artifact.reason());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void steps(List<StepView> steps) throws IOException {
    out.writeArrayFieldStart("steps");
    for (StepView step : steps) {
      out.writeStartObject();
      out.writeStringField("phase", step.phase().word());
      out.writeStringField("on", step.where());
      out.writeStringField("description", step.description());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void output(OutputView output) throws IOException {
    out.writeObjectFieldStart(output.name());
    strings("actions", output.action().words());
    out.writeBooleanField("sensitive", output.sensitive());
    if (output.becomesSensitive().isPresent()) {
      out.writeBooleanField("becomes_sensitive", output.becomesSensitive().get());
    }
    values(output.before().orElse(Null.ANY), output.after().orElse(Null.ANY));
    out.writeEndObject();
  }

  private void rollout(RolloutView rollout) throws IOException {
    out.writeStartObject();
    out.writeStringField("group", rollout.group());
    out.writeStringField("gate", rollout.gate());
    out.writeArrayFieldStart("waves");
    for (WaveView wave : rollout.waves()) {
      out.writeStartObject();
      strings("members", wave.members());
      strings("names", wave.names());
      strings("notes", wave.notes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void strings(String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private void optional(String name, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      out.writeStringField(name, text.get());
    }
  }
}
