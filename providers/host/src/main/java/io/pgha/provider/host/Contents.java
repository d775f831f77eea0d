package io.pgha.provider.host;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.artifact.FirstLine;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a host is to hold, as artifacts. Entries that are unknown yet are left out.
 *
 * @param instance the host
 */
record Contents(Instance instance) {
  static final String KEYRINGS = "/etc/apt/keyrings";

  List<Artifact> packages() {
    List<Artifact> all = new ArrayList<>();
    Values values = Values.of(instance);
    if (values.bool(HostSchema.PREREQUISITES).orElse(true)) {
      all.add(software("ca-certificates"));
      all.add(software("curl"));
    }
    values.strings(HostSchema.PACKAGES).forEach(name -> all.add(software(name)));
    return all;
  }

  /** The key rings and sources of apt. */
  List<Artifact> sources() {
    List<Artifact> all = new ArrayList<>();
    Values.of(instance)
        .map(HostSchema.SOURCES)
        .forEach((name, value) -> {
          if (value.unmarked() instanceof ObjectValue source && Values.whollyKnown(source)) {
            source(name, new Values(source), all);
          }
        });
    if (!all.isEmpty()) {
      all.addFirst(new Artifact.OfDirectory(instance.address(), KEYRINGS, 0755, "root", "root"));
    }
    return all;
  }

  /** Files that configuration names. */
  List<Artifact.OfFile> files() {
    List<Artifact.OfFile> all = new ArrayList<>();
    Values.of(instance)
        .map(HostSchema.FILES)
        .forEach((path, value) -> {
          if (value.unmarked() instanceof ObjectValue file && Values.whollyKnown(file)) {
            Values values = new Values(file);
            String content = values.text("content");
            all.add(
                file(
                    path,
                    isSensitive(path) ? Fragment.secret(content) : Fragment.plain(content),
                    mode(values),
                    values.string("owner").orElse("root"),
                    values.string("group").orElse("root")));
          }
        });
    return all;
  }

  /** The paths of files that hold certificates. */
  List<String> certificates() {
    return files().stream()
        .filter(file -> CertificateDrift.holdsCertificates(Fragment.reveal(file.content())))
        .map(Artifact.OfFile::path)
        .toList();
  }

  List<Artifact> services() {
    List<Artifact> all = new ArrayList<>();
    Values.of(instance)
        .map(HostSchema.SERVICES)
        .forEach((name, value) -> {
          if (value.unmarked() instanceof ObjectValue service && Values.whollyKnown(service)) {
            Values values = new Values(service);
            all.add(
                new Artifact.OfUnit(
                    instance.address(),
                    unit(name),
                    values.bool("enabled").orElse(true),
                    values.bool("running").orElse(true)));
          }
        });
    return all;
  }

  /** The files of entries that prior attributes had and the instance no longer has. */
  List<String> gone(ObjectValue prior) {
    Set<String> before = new TreeSet<>(paths(new Values(prior)));
    before.removeAll(paths(Values.of(instance)));
    return List.copyOf(before);
  }

  private static List<String> paths(Values values) {
    List<String> paths = new ArrayList<>(values.map(HostSchema.FILES).keySet());
    values
        .map(HostSchema.SOURCES)
        .forEach((name, source) -> {
          paths.add(sourcePath(name));
          if (source.unmarked() instanceof ObjectValue object && !object.get("key").isNull()) {
            paths.add(keyPath(name));
          }
        });
    return paths;
  }

  static String unit(String name) {
    return name.contains(".") ? name : name + ".service";
  }

  static String sourcePath(String name) {
    return "/etc/apt/sources.list.d/" + name + ".sources";
  }

  static String keyPath(String name) {
    return KEYRINGS + "/" + name + ".asc";
  }

  static int mode(Values file) {
    return Integer.parseInt(file.string("mode").orElse("0644"), 8);
  }

  private void source(String name, Values source, List<Artifact> all) {
    Optional<String> key = source.string("key");
    key.ifPresent(text ->
        all.add(
            file(
                keyPath(name),
                Fragment.plain(text.endsWith("\n") ? text : text + "\n"),
                0644,
                "root",
                "root")));
    StringBuilder text = new StringBuilder(FirstLine.TEXT);
    text.append("Types: deb\n");
    text.append("URIs: ").append(source.text("uri")).append('\n');
    text.append("Suites: ").append(source.text("suite")).append('\n');
    List<String> components = source.strings("components");
    text.append("Components: ")
        .append(components.isEmpty() ? "main" : String.join(" ", components))
        .append('\n');
    List<String> architectures = source.strings("architectures");
    if (!architectures.isEmpty()) {
      text.append("Architectures: ").append(String.join(" ", architectures)).append('\n');
    }
    if (key.isPresent()) {
      text.append("Signed-By: ").append(keyPath(name)).append('\n');
    }
    // A repository's address may hold the password for it: such a source is for root's eyes only.
    boolean secret = instance.isSensitive(AttributePath.of(HostSchema.SOURCES).key(name));
    all.add(
        file(
            sourcePath(name),
            secret ? Fragment.secret(text.toString()) : Fragment.plain(text.toString()),
            secret ? 0600 : 0644,
            "root",
            "root"));
  }

  private boolean isSensitive(String path) {
    return instance.isSensitive(AttributePath.of(HostSchema.FILES).key(path).name("content"));
  }

  private Artifact.OfFile file(
      String path, Fragment content, int mode, String owner, String group) {
    return new Artifact.OfFile(
        instance.address(),
        path,
        List.of(content),
        mode,
        owner,
        group,
        Optional.empty(),
        Optional.of(path + ".before-pgha"));
  }

  private Artifact software(String wanted) {
    int at = wanted.indexOf('=');
    return new Artifact.OfPackage(
        instance.address(),
        at < 0 ? wanted : wanted.substring(0, at),
        at < 0 ? Optional.empty() : Optional.of(wanted.substring(at + 1)),
        Optional.empty());
  }
}
