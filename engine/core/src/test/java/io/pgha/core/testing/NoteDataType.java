package io.pgha.core.testing;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.DataType;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file on a host says. */
final class NoteDataType implements DataType {
  private static final AttributePath HOST = AttributePath.of("host");

  private final String name;
  private final List<String> follows;

  /** A type that waits for the given types on the same host. */
  NoteDataType(String name, List<String> follows) {
    this.name = name;
    this.follows = follows;
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
            Attribute.required("path", Type.STRING, "The path."),
            Attribute.computed("text", Type.STRING, "The content.")),
        "");
  }

  @Override
  public List<String> follows() {
    return follows;
  }

  private static Probe.OfFile probe(Instance instance) {
    return new Probe.OfFile(Values.of(instance).text("path"), Probe.Content.TEXT);
  }

  private static String host(Instance instance) {
    return instance.reference(HOST).map(Instance::address).orElse("");
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return List.of(new PlacedProbe(host(instance), probe(instance)));
  }

  @Override
  public Reading read(Instance instance, ProbeResults results) {
    Optional<String> text =
        results.get(host(instance), probe(instance)).found().flatMap(FileFacts::text);
    return text.<Reading>map(
            said -> new Reading.Found(ObjectValue.of(Map.of("text", new Str(said)))))
        .orElseGet(() ->
            new Reading.Failed(
                Diagnostic.error("no-note", "There is no note", "Write one.")
                    .about(instance.address())));
  }
}
