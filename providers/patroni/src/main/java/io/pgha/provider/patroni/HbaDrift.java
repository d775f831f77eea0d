package io.pgha.provider.patroni;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whom a server lets in other than declared: lines that somebody edited in the {@code pg_hba.conf}
 * of the data directory. Patroni writes it from its own file when that changes and when PostgreSQL
 * is started, and leaves it alone otherwise (its postgresql/config.py).
 */
final class HbaDrift {
  private final NodeConfig node;
  private final NodeLive live;

  private HbaDrift(NodeConfig node, NodeLive live) {
    this.node = node;
    this.live = live;
  }

  /** The question; none where the server reads another file, which Patroni does not write. */
  static List<PlacedProbe> probes(NodeConfig node, ClusterConfig cluster) {
    return hasOtherFile(node, cluster)
        ? List.of()
        : List.of(new PlacedProbe(node.host(), question(node)));
  }

  private static String path(NodeConfig node) {
    return node.dataDirectory() + "/pg_hba.conf";
  }

  private static Probe<FileFacts> question(NodeConfig node) {
    return new Probe.OfFile(path(node), Probe.Content.TEXT);
  }

  private static boolean hasOtherFile(NodeConfig node, ClusterConfig cluster) {
    return cluster.parameters().containsKey("hba_file")
        || parameters(cluster.dynamicSettings()).containsKey("hba_file")
        || parameters(node.settings()).containsKey("hba_file");
  }

  private static Map<String, Object> parameters(Map<String, Object> settings) {
    return Trees.child(Trees.child(settings, "postgresql"), "parameters");
  }

  static Optional<Difference> of(NodeConfig node, NodeLive live) {
    return new HbaDrift(node, live).found();
  }

  private Optional<Difference> found() {
    boolean written = ClusterView.text(live.patroni(), "state").equals("running");
    if (!written || hasOtherFile(node, live.cluster())) {
      return Optional.empty();
    }
    ProbeResult<FileFacts> answer = live.answers().get(node.host(), question(node));
    if (answer instanceof ProbeResult.Absent<?>) {
      return Optional.of(
          difference("not there")
              .because("PostgreSQL runs on with what it has read, and can't be started again."));
    }
    Optional<List<String>> lines =
        answer.found().flatMap(FileFacts::text).map(text -> rules(text.lines().toList()));
    List<String> declared = rules(declared());
    boolean same =
        lines.isEmpty()
            || lines.get().equals(declared)
            // Somebody edited Patroni's file: that is told, and this comes of it.
            || lines.get().equals(rules(LiveNodeFile.of(node, live.answers()).accessRules()));
    return same
        ? Optional.empty()
        : Optional.of(
            difference(told(declared, lines.get())).because(advice()).since(Since.written(answer)));
  }

  private String advice() {
    return """
    Who may log in is another than declared, by now or from the next reload on. Put %s right and have it loaded by SELECT pg_reload_conf(), or declare the line in pg_hba. Patroni writes the file anew when PostgreSQL is restarted.\
    """
        .formatted(path(node));
  }

  private Difference difference(String found) {
    return PatroniFinding.HBA.on(node.host(), "file:" + path(node), "the declared lines", found);
  }

  private List<String> declared() {
    return LiveNodeFile.texts(postgresql().get("pg_hba"));
  }

  private Map<String, Object> postgresql() {
    return Trees.child(
        Trees.merge(NodeFile.tree(node, live.cluster()), node.concealedSettings()), "postgresql");
  }

  private static List<String> rules(Collection<String> lines) {
    return lines.stream()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private String told(List<String> declared, List<String> found) {
    // Of a line that goes on in the next one nobody can say here what is an option's value.
    boolean hidden =
        Concealment.hasSecret(postgresql().getOrDefault("pg_hba", ""))
            || found.stream().anyMatch(line -> line.endsWith("\\"));
    List<String> parts = new ArrayList<>();
    part("more", rest(found, declared), hidden).ifPresent(parts::add);
    part("less", rest(declared, found), hidden).ifPresent(parts::add);
    return parts.isEmpty() ? "the same lines in another order" : String.join("; ", parts);
  }

  private static List<String> rest(List<String> lines, List<String> without) {
    List<String> rest = new ArrayList<>(lines);
    without.forEach(rest::remove);
    return rest;
  }

  private static Optional<String> part(String how, List<String> lines, boolean hidden) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        hidden
            ? lines.size() + " " + how
            : how + ": " + lines.stream().map(HbaDrift::shown).collect(Collectors.joining(", ")));
  }

  /** Options of a method may hold a password, such as that of an LDAP server. */
  private static String shown(String line) {
    int options = line.indexOf('=');
    return options < 0
        ? line
        : line.substring(0, line.lastIndexOf(' ', options) + 1) + "(options hidden)";
  }
}
