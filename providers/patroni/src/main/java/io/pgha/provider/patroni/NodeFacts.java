package io.pgha.provider.patroni;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is on a node's disk that no other probe tells: the data directory, and the distribution's
 * own cluster.
 *
 * @param facts as the script printed them
 */
record NodeFacts(Map<String, String> facts) {
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
        main=/var/lib/postgresql/%3$d/main
        if [ -d "$data" ]; then
          entries=0
          for entry in "$data"/* "$data"/.[!.]* "$data"/..?*; do
            if [ -e "$entry" ] || [ -L "$entry" ]; then entries=$((entries + 1)); fi
          done
          echo "entries=$entries"
          [ -f "$data/PG_VERSION" ] && read -r found <"$data/PG_VERSION" && echo "version=$found"
          [ -f "$data/%4$s" ] && echo "kept=$(cat "$data/%4$s")"
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
        if [ -d "$main" ] || [ -d /etc/postgresql/%3$d/main ]; then
        %5$s
          [ "$used" = no ] && echo main=unused || echo main=used
        fi
        file=/etc/postgresql-common/createcluster.conf
        [ -f "$file" ] && while IFS='= ' read -r name value; do
          case $name=$value in create_main_cluster=false*) echo nocreate=yes ;; esac
        done <"$file"
        exit 0
        """
            .formatted(
                Shell.quote(node.dataDirectory()),
                Shell.quote(node.binDirectory()),
                version,
                KEPT,
                unusedMain().indent(2).stripTrailing());
    return Probe.OfCommand.of(script);
  }

  /**
   * Sets {@code used} to no where the cluster in {@code $main} is proven to hold nothing of
   * anybody's: no database beside the three of initdb, and in those no table or other relation of a
   * user (whose numbers start at 16384).
   */
  static String unusedMain() {
    return """
    used=yes
    if [ -d "$main/base" ] && [ -z "$(ls -A "$main/pg_tblspc" 2>/dev/null)" ] &&
      [ -z "$(ls "$main/base" | grep -vxE '1|4|5|pgsql_tmp')" ] &&
      [ -z "$(ls "$main/base/1" "$main/base/4" "$main/base/5" |
        awk -F '[_.]' '/^[0-9]/ && $1 >= 16384')" ]; then
      used=no
    fi
    [ -e "$main" ] || used=no
    """;
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
    return new NodeFacts(facts);
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

  /** Whether the distribution's own cluster is there and can't be proven to be empty. */
  boolean hasUsedMain() {
    return fact("main").filter("used"::equals).isPresent();
  }

  boolean hasMain() {
    return fact("main").isPresent();
  }

  /** Whether the distribution makes no cluster of its own when its package is installed. */
  boolean makesNoMain() {
    return fact("nocreate").isPresent();
  }
}
