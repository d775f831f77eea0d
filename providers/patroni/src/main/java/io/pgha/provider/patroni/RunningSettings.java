package io.pgha.provider.patroni;

import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.SqlRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the servers really run with, beside the parameters that are declared. Patroni's dynamic
 * configuration may say the right thing and a server still go by another: by {@code ALTER SYSTEM},
 * by an edited file, or because it waits for a restart.
 *
 * @param settings the declared parameters of each member, and those that {@code ALTER SYSTEM} set
 */
record RunningSettings(ClusterConfig cluster, List<Setting> settings) {
  private static final String ALTERED = "/postgresql.auto.conf";

  /** Sources of {@code pg_settings} that tell what somebody gave to the whole server. */
  private static final Set<String> OF_THE_SERVER =
      Set.of("default", "environment variable", "configuration file", "command line");

  private static final Set<String> COMPARED = Set.of("bool", "integer", "real");

  /** Patroni sets these itself in some modes, whatever is declared. */
  private static final Set<String> PATRONIS_OWN =
      Set.of("synchronous_standby_names", "hot_standby", "hot_standby_feedback");

  /**
   * A parameter on one server.
   *
   * @param member whose server it is
   * @param running what it runs with, in the parameter's own unit
   * @param source as {@code pg_settings} says, such as command line
   * @param waits whether the server must be restarted to take what is written
   * @param written what the last line that sets it says; empty where no file does
   * @param file where that line is
   * @param line its number
   * @param writtenAt when that file was written, in seconds since 1970; 0 where none is
   * @param loadedAt when the server read its files last, in seconds since 1970
   */
  record Setting(
      NodeConfig member,
      String name,
      String running,
      String source,
      boolean waits,
      Optional<String> written,
      String file,
      String line,
      long writtenAt,
      long loadedAt) {
    boolean isAltered() {
      return file.endsWith(ALTERED);
    }

    boolean runsWith(String value) {
      return means(name, value, running);
    }
  }

  /** What puts a difference right. */
  enum Remedy {
    /** {@code ALTER SYSTEM RESET}, then a reload. */
    RESET,
    /** Patroni writes its files anew when it is reloaded. */
    RELOAD,
    /** The server takes what is written when it starts. */
    RESTART
  }

  /**
   * A declared parameter that a server does not go by.
   *
   * @param desired what is declared
   * @param remedy what puts it right
   * @param restarts whether the server must be restarted too
   */
  record Difference(Setting setting, String desired, Remedy remedy, boolean restarts) {
    String reason() {
      String who = setting.member().name();
      return switch (remedy) {
        case RESET ->
            "%s: ALTER SYSTEM overrides it (postgresql.auto.conf line %s)"
                .formatted(who, setting.line());
        case RELOAD ->
            setting.written().isPresent()
                    && !means(setting.name(), desired, setting.written().get())
                ? "%s: changed in %s line %s".formatted(who, setting.file(), setting.line())
                : "%s: the server goes by another value (source: %s)"
                    .formatted(who, setting.source());
        case RESTART -> who + ": waits for a restart to take it";
      };
    }

    /** Since when: what waits for a restart was read from its file before. */
    Since since() {
      return remedy == Remedy.RESTART
          ? new Since(setting.loadedAt(), "the server's last reload")
          : Since.written(setting.writtenAt());
    }

    /** What there is instead, as somebody wrote it. */
    String found() {
      return remedy == Remedy.RESTART || setting.written().isEmpty()
          ? setting.running()
          : setting.written().get();
    }
  }

  static List<PlacedProbe> probes(ClusterConfig cluster) {
    return new InsidePostgres(cluster, cluster.nodes()).probes(query(cluster));
  }

  /** The last line that sets a parameter counts: postgresql.auto.conf is read after all others. */
  static String query(ClusterConfig cluster) {
    String names =
        cluster.parameters().keySet().stream()
            .map(name -> SqlText.literal(name.toLowerCase(Locale.ROOT)))
            .sorted()
            .collect(Collectors.joining(", "));
    return """
    WITH written AS (SELECT DISTINCT ON (lower(name)) lower(name) AS name, sourcefile, sourceline, setting
      FROM pg_file_settings WHERE name IS NOT NULL ORDER BY lower(name), seqno DESC)
    SELECT s.name, s.setting, s.source, s.pending_restart, w.setting AS written, w.sourcefile, w.sourceline,
      extract(epoch FROM (pg_stat_file(w.sourcefile, true)).modification)::bigint AS written_at,
      extract(epoch FROM pg_conf_load_time())::bigint AS loaded_at
    FROM pg_settings s LEFT JOIN written w ON w.name = lower(s.name)
    WHERE lower(s.name) IN (%s) OR w.sourcefile LIKE '%%%s'\
    """
        .formatted(names.isEmpty() ? "''" : names, ALTERED);
  }

  static RunningSettings of(ClusterConfig cluster, ProbeResults answers) {
    List<Setting> settings = new ArrayList<>();
    for (NodeConfig node : cluster.nodes()) {
      if (!node.host().isEmpty()) {
        answers
            .get(node.host(), question(cluster, node))
            .found()
            .ifPresent(rows -> settings.addAll(settings(node, rows)));
      }
    }
    return new RunningSettings(cluster, List.copyOf(settings));
  }

  private static Probe<SqlRows> question(ClusterConfig cluster, NodeConfig node) {
    return new Probe.OfSql(node.port(), cluster.socketDirectory(node), "postgres", query(cluster));
  }

  private static List<Setting> settings(NodeConfig node, SqlRows rows) {
    List<Setting> settings = new ArrayList<>();
    for (int row = 0; row < rows.rows().size(); row++) {
      settings.add(
          new Setting(
              node,
              rows.value(row, "name").orElse(""),
              rows.value(row, "setting").orElse(""),
              rows.value(row, "source").orElse(""),
              rows.value(row, "pending_restart").filter("t"::equals).isPresent(),
              rows.value(row, "written"),
              rows.value(row, "sourcefile").orElse(""),
              rows.value(row, "sourceline").orElse(""),
              seconds(rows.value(row, "written_at")),
              seconds(rows.value(row, "loaded_at"))));
    }
    return settings;
  }

  private static long seconds(Optional<String> time) {
    return time.filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
  }

  /**
   * What differs from what is declared.
   *
   * @param patched parameters that the dynamic configuration is about to change: they differ anyway
   * @param local what a node's file lays over the cluster's parameters: the node puts that right
   */
  List<Difference> differences(Set<String> patched, Map<String, Set<String>> local) {
    Map<String, String> declared = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    declared.putAll(cluster.parameters());
    List<Difference> differences = new ArrayList<>();
    for (Setting setting : settings) {
      String desired = declared.get(setting.name());
      if (desired != null
          && !PATRONIS_OWN.contains(setting.name())
          && !patched.contains(setting.name())
          && !local.getOrDefault(setting.member().name(), Set.of()).contains(setting.name())) {
        difference(setting, desired).ifPresent(differences::add);
      }
    }
    return differences;
  }

  private static Optional<Difference> difference(Setting setting, String desired) {
    boolean startsWith =
        PostgresSetting.named(setting.name()).map(PostgresSetting::needsRestart).orElse(false);
    boolean another =
        setting.written().filter(text -> !means(setting.name(), desired, text)).isPresent();
    if (another && setting.isAltered()) {
      return Optional.of(
          new Difference(setting, desired, Remedy.RESET, startsWith && !setting.runsWith(desired)));
    }
    if (setting.source().equals("command line")) {
      return setting.waits() && !setting.runsWith(desired)
          ? Optional.of(new Difference(setting, desired, Remedy.RESTART, true))
          : Optional.empty();
    }
    if (another || (!setting.waits() && isComparable(setting, desired))) {
      return Optional.of(
          new Difference(
              setting, desired, Remedy.RELOAD, startsWith && !setting.runsWith(desired)));
    }
    return setting.waits()
        ? Optional.of(new Difference(setting, desired, Remedy.RESTART, true))
        : Optional.empty();
  }

  /**
   * Whether the running value alone proves a difference. The server shows texts and words in a
   * spelling of its own, and works some numbers out itself (source: override): those prove nothing.
   * Nor does what holds in pgha's own session only, from its options (source: client), or from
   * {@code ALTER ROLE} or {@code ALTER DATABASE} (user, database): others may have another one.
   */
  private static boolean isComparable(Setting setting, String desired) {
    Optional<PostgresSetting> known = PostgresSetting.named(setting.name());
    return known.filter(each -> each.objection(desired).isEmpty()).isPresent()
        && COMPARED.contains(known.get().kind())
        && OF_THE_SERVER.contains(setting.source())
        && !setting.runsWith(desired);
  }

  /** Whether two texts of a parameter mean the same to PostgreSQL. */
  private static boolean means(String name, String left, String right) {
    if (name.equals("wal_level")) {
      return level(left).equals(level(right));
    }
    return PostgresSetting.same(name, left, right);
  }

  /** Since PostgreSQL 9.6 the older names mean replica. */
  private static String level(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("hot_standby") || lower.equals("archive") ? "replica" : lower;
  }

  /** What {@code ALTER SYSTEM} set and nobody declared, member and name. */
  List<String> undeclared() {
    return undeclaredSettings().stream()
        .map(setting ->
            "%s = '%s' on %s"
                .formatted(setting.name(), setting.written().orElse(""), setting.member().name()))
        .toList();
  }

  /** The same as they are. */
  List<Setting> undeclaredSettings() {
    Set<String> declared =
        cluster.parameters().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return settings.stream()
        .filter(Setting::isAltered)
        .filter(setting -> !declared.contains(setting.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
