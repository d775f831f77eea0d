package io.pgha.provider.host;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.DataType;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The data source type {@code host_file}: what is at a path of a machine. */
final class HostFileType implements DataType {
  private static final AttributePath HOST = AttributePath.of("host");
  private static final String PATH = "path";

  private static final String DOC =
      """
      What is at a path of a machine. A file that is not there is no error: `exists` is false then, and
      all else null. What it says is shown where it is used, and only there: where that is a secret, use
      `sensitive()`.
      """;

  private static final String EXAMPLE =
      """
      data "host_file" "motd" {
        host = host.db["psql-db-1"].id
        path = "/etc/motd"
      }

      output "motd" {
        value = data.host_file.motd.content
      }
      """;

  private static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("host", Type.STRING, "The machine, as the `id` of its host.")
                  .referringTo("host"),
              required(PATH, Type.STRING, "The path, from `/` on."),
              computed("exists", Type.BOOL, "Whether anything is there."),
              computed(
                  "kind",
                  Type.STRING,
                  "What is there: `file`, `directory`, `symlink` or `other`. A link is not followed."),
              computed(
                  "content",
                  Type.STRING,
                  "What a regular file of at most 1 MiB of UTF-8 says; else null."),
              computed("sha256", Type.STRING, "The digest of a regular file, in hexadecimal."),
              computed("size", Type.NUMBER, "Bytes; of a directory the number of its entries."),
              computed("mode", Type.STRING, "The permissions, such as `0640`."),
              computed("owner", Type.STRING, "The owner's name, or number."),
              computed("group", Type.STRING, "The group's name, or number.")),
          EXAMPLE);

  @Override
  public String name() {
    return "host_file";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    Optional<String> path = Values.of(instance).string(PATH);
    return path.isPresent() && !path.get().startsWith("/")
        ? List.of(
            Diagnostic.error(
                    "relative-path",
                    "The path does not begin at /",
                    "A machine has no folder that \"" + path.get() + "\" could start from.")
                .of(AttributePath.of(PATH)))
        : List.of();
  }

  private static Probe<FileFacts> probe(Instance instance) {
    return new Probe.OfFile(Values.of(instance).text(PATH), Probe.Content.TEXT);
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return instance.reference(HOST).stream()
        .map(host -> new PlacedProbe(host.address(), probe(instance)))
        .toList();
  }

  @Override
  public Reading read(Instance instance, ProbeResults results) {
    String host = instance.reference(HOST).map(Instance::address).orElse("");
    return switch (results.get(host, probe(instance))) {
      case ProbeResult.Found<FileFacts>(FileFacts facts) -> new Reading.Found(of(facts));
      case ProbeResult.Absent<FileFacts> _ -> new Reading.Found(absent());
      case ProbeResult.Failed<FileFacts>(String reason) -> failed(instance, reason);
      case ProbeResult.Unreachable<FileFacts>(String reason) -> failed(instance, reason);
    };
  }

  private static Reading failed(Instance instance, String reason) {
    String path = Values.of(instance).text(PATH);
    return new Reading.Failed(
        Diagnostic.error("unreadable", "Can't read " + path, reason + ".")
            .about(instance.address()));
  }

  private static ObjectValue of(FileFacts facts) {
    return ObjectValue.of(
        Map.of(
            "exists",
            Bool.TRUE,
            "kind",
            new Str(facts.kind().name().toLowerCase(Locale.ROOT)),
            "content",
            text(facts.text()),
            "sha256",
            text(facts.sha256()),
            "size",
            Num.of(facts.size()),
            "mode",
            new Str("%04o".formatted(facts.mode())),
            "owner",
            new Str(facts.owner()),
            "group",
            new Str(facts.group())));
  }

  private static ObjectValue absent() {
    Map<String, Value> nothing = new TreeMap<>();
    SCHEMA.attributes().stream()
        .filter(attribute ->
            attribute.presence() == io.pgha.provider.schema.Attribute.Presence.COMPUTED)
        .forEach(attribute -> nothing.put(attribute.name(), new Null(attribute.type())));
    nothing.put("exists", Bool.FALSE);
    return ObjectValue.of(nothing);
  }

  private static Value text(Optional<String> text) {
    return text.<Value>map(Str::new).orElseGet(() -> new Null(Type.STRING));
  }
}
