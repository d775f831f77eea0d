package io.pgha.provider.patroni;

import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The file that Patroni reads on a node, as it is there now: it tells which credentials the node
 * goes by until it has been given others. Its secrets are held in memory only.
 *
 * @param tree what it says; empty where there is none, or it is no YAML
 */
record LiveNodeFile(Map<String, Object> tree) {
  /** The question, which the node itself asks too: each file is read once. */
  static List<PlacedProbe> probes(List<NodeConfig> nodes) {
    List<PlacedProbe> probes = new ArrayList<>();
    for (NodeConfig node : nodes) {
      if (!node.host().isEmpty()) {
        probes.add(new PlacedProbe(node.host(), question()));
      }
    }
    return probes;
  }

  private static Probe<FileFacts> question() {
    return new Probe.OfFile(NodeFile.PATH, Probe.Content.TEXT);
  }

  static LiveNodeFile of(NodeConfig node, ProbeResults answers) {
    return parse(answers.get(node.host(), question()).found().flatMap(FileFacts::text).orElse(""));
  }

  private static LiveNodeFile parse(String text) {
    try {
      return new LiveNodeFile(
          new Load(settings(text)).loadFromString(text) instanceof Map<?, ?> map
              ? Trees.strings(map)
              : Map.of());
    } catch (YamlEngineException e) {
      // A file that nobody can read gives no credentials; that it differs is the node's to say.
      return new LiveNodeFile(Map.of());
    }
  }

  private static LoadSettings settings(String text) {
    // The library fails where a character of two halves is across the end of its buffer.
    return LoadSettings.builder().setLabel(NodeFile.PATH).setBufferSize(text.length() + 2).build();
  }

  /** Who may change the cluster over the node's REST API. */
  Optional<Credentials> restCredentials() {
    return user(Trees.child(Trees.child(tree, "restapi"), "authentication"));
  }

  /** The user that replicas stream as. */
  Optional<Credentials> replication() {
    return user(
        Trees.child(Trees.child(Trees.child(tree, "postgresql"), "authentication"), "replication"));
  }

  /** The parameters of PostgreSQL that the file lays over those of the cluster. */
  Map<String, Object> parameters() {
    return Trees.child(Trees.child(tree, "postgresql"), "parameters");
  }

  /** The lines that Patroni writes into {@code pg_hba.conf}. */
  List<String> accessRules() {
    return texts(Trees.child(tree, "postgresql").get("pg_hba"));
  }

  /** The texts of a list in such a tree, secret ones revealed; none where it is no list. */
  static List<String> texts(@Nullable Object list) {
    return list instanceof List<?> lines
        ? lines.stream()
            .map(line -> String.valueOf(line instanceof Secret(Object value) ? value : line))
            .toList()
        : List.of();
  }

  private static Optional<Credentials> user(Map<String, Object> user) {
    return user.get("username") instanceof String name
            && user.get("password") instanceof String word
        ? Optional.of(new Credentials(name, word))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "LiveNodeFile" + tree.keySet();
  }
}
