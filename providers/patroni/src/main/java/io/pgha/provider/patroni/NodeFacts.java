package io.pgha.provider.patroni;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is on a node's disk that no other probe tells: the data directory, and the clusters that
 * Debian's own tools know.
 *
 * @param answered whether the script ran to its end: where it did not, nothing is known
 * @param facts as the script printed them
 */
record NodeFacts(boolean answered, Map<String, String> facts) {
  /** Left in a data directory that outlives its node, so that the next apply may resume with it. */
  static final String KEPT = "pgha-kept";

  NodeFacts {
    facts = Map.copyOf(facts);
  }

  static Probe<CommandOutput> probe(NodeConfig node, long version) {
    String script =
        """
        data=%1$s
        bin=%2$s
        if [ -d "$data" ]; then
          entries=0
          for entry in "$data"/* "$data"/.[!.]* "$data"/..?*; do
            if [ -e "$entry" ] || [ -L "$entry" ]; then entries=$((entries + 1)); fi
          done
          echo "entries=$entries"
          [ -f "$data/PG_VERSION" ] && read -r found <"$data/PG_VERSION" && echo "version=$found"
          [ -f "$data/%3$s" ] && echo "kept=$(cat "$data/%3$s")"
          if [ -f "$data/global/pg_control" ] && [ -x "$bin/pg_controldata" ]; then
            control=$(LC_ALL=C "$bin/pg_controldata" "$data" 2>/dev/null)
            tell() {
              found=${control#*"$1:"}
              [ "$found" = "$control" ] && return
              found=${found%%%%"
        "*}
              echo "$2=${found##* }"
            }
            tell 'Database system identifier' identifier
            tell "Latest checkpoint's TimeLineID" timeline
            tell 'Latest checkpoint location' location
          fi
        fi
        file=/etc/postgresql-common/createcluster.conf
        [ -f "$file" ] && while IFS='= ' read -r name value; do
          case $name=$value in create_main_cluster=false*) echo nocreate=yes ;; esac
        done <"$file"
        exit 0
        """
            .formatted(Shell.quote(node.dataDirectory()), Shell.quote(node.binDirectory()), KEPT);
    return Probe.OfCommand.of(MainCluster.of(version).facts(node.dataDirectory()) + script);
  }

  static NodeFacts of(ProbeResult<CommandOutput> result) {
    Map<String, String> facts = new TreeMap<>();
    result
        .found()
        .map(CommandOutput::output)
        .orElse("")
        .lines()
        .forEach(line -> {
          int at = line.indexOf('=');
          if (at > 0) {
            facts.put(line.substring(0, at), line.substring(at + 1));
          }
        });
    return new NodeFacts(result.found().filter(CommandOutput::succeeded).isPresent(), facts);
  }

  private Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Whether the data directory holds anything. */
  boolean hasData() {
    return fact("entries").filter(count -> !count.strip().equals("0")).isPresent();
  }

  Optional<String> version() {
    return fact("version");
  }

  /** The cluster's folder and the node's name as a destroyed node left them. */
  Optional<String> kept() {
    return fact("kept");
  }

  /** The data directory's system identifier. */
  Optional<String> identifier() {
    return fact("identifier");
  }

  /** Sorts data directories by how far they got: timeline, then place in the log. */
  String progress() {
    String timeline = fact("timeline").orElse("0");
    String[] location = fact("location").orElse("0/0").split("/", 2);
    return "%20s %16s %16s"
        .formatted(timeline, location[0], location.length > 1 ? location[1] : "");
  }

  /** Whether the distribution's own cluster is there and can't be proven to be unused. */
  boolean hasUsedMain() {
    return fact("main").filter("used"::equals).isPresent();
  }

  /** What keeps the distribution's own cluster from being proven to be unused. */
  String whyUsed() {
    return fact("why").orElse("nobody could look at it");
  }

  /** Other clusters that Debian's tools know on this host, such as 16/main. */
  List<String> otherClusters() {
    return fact("others").map(names -> List.of(names.split(" "))).orElse(List.of());
  }

  boolean hasMain() {
    return fact("main").isPresent();
  }

  /** Whether the distribution makes no cluster of its own when its package is installed. */
  boolean makesNoMain() {
    return fact("nocreate").isPresent();
  }
}
