package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with PostgreSQL's parameters, before any connection is opened. */
final class ParameterValidation {
  /** Gone parameters, with the version that took them away and what to write instead. */
  private static final Map<String, Gone> GONE =
      Map.ofEntries(
          Map.entry(
              "wal_keep_segments", new Gone(13, "wal_keep_size, in bytes: 8 segments are 128MB")),
          Map.entry("operator_precedence_warning", new Gone(14, "nothing")),
          Map.entry("vacuum_cleanup_index_scale_factor", new Gone(14, "nothing")),
          Map.entry("stats_temp_directory", new Gone(15, "nothing")),
          Map.entry("force_parallel_mode", new Gone(16, "debug_parallel_query")),
          Map.entry("promote_trigger_file", new Gone(16, "nothing: Patroni promotes")),
          Map.entry("vacuum_defer_cleanup_age", new Gone(16, "hot_standby_feedback")),
          Map.entry("lc_collate", new Gone(16, "a locale in initdb")),
          Map.entry("lc_ctype", new Gone(16, "a locale in initdb")),
          Map.entry("db_user_namespace", new Gone(17, "nothing")),
          Map.entry("old_snapshot_threshold", new Gone(17, "nothing")),
          Map.entry("trace_recovery_messages", new Gone(17, "nothing")));

  /** Patroni sets these itself, from what the node says. */
  private static final Map<String, String> LOCAL =
      Map.of(
          "listen_addresses", "listen_address of patroni_node",
          "port", "port of patroni_node",
          "data_directory", "data_dir of patroni_node",
          "cluster_name", "scope",
          "hba_file", "pg_hba",
          "config_file", "nothing: Patroni writes that file",
          "primary_conninfo", "nothing: Patroni sets it",
          "primary_slot_name", "nothing: Patroni sets it");

  private static final Set<String> RECOVERY =
      Set.of(
          "restore_command",
          "archive_cleanup_command",
          "recovery_end_command",
          "recovery_min_apply_delay");

  private record Gone(int version, String instead) {}

  private final ClusterConfig cluster;
  private final List<Diagnostic> found = new ArrayList<>();

  private ParameterValidation(ClusterConfig cluster) {
    this.cluster = cluster;
  }

  static List<Diagnostic> of(ClusterConfig cluster) {
    ParameterValidation validation = new ParameterValidation(cluster);
    cluster.parameters().forEach(validation::parameter);
    validation.traps();
    return validation.found;
  }

  private static AttributePath path(String name) {
    return AttributePath.of("parameters").key(name);
  }

  private void error(String name, String code, String summary, String detail) {
    found.add(Diagnostic.error(code, summary, detail).of(path(name)));
  }

  private void warning(AttributePath path, String summary, String detail) {
    found.add(Diagnostic.warning("trap", summary, detail).of(path));
  }

  private void parameter(String name, String value) {
    if (value.equals("(known after apply)")) {
      return;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    Gone gone = GONE.get(lower);
    if (gone != null && cluster.version() >= gone.version) {
      gone(name, gone);
    } else if (LOCAL.containsKey(lower)) {
      error(
          name,
          "local-parameter",
          name + " is not a parameter of the cluster",
          "Patroni sets it on each node. Instead of it, use " + LOCAL.get(lower) + ".");
    } else if (RECOVERY.contains(lower)) {
      error(
          name,
          "recovery-parameter",
          name + " belongs into recovery_conf",
          "Patroni takes settings of recovery from there.");
    } else if (!name.contains(".")) {
      known(name, value);
    }
  }

  private void gone(String name, Gone gone) {
    String detail =
        "PostgreSQL %d took it away. Instead, write %s.".formatted(gone.version, gone.instead);
    if (name.equalsIgnoreCase("wal_keep_segments")) {
      warning(
          path(name),
          "wal_keep_segments is no parameter of PostgreSQL " + cluster.version(),
          "PostgreSQL 13 took it away, and Patroni turns it into wal_keep_size behind your back."
              + " Write wal_keep_size = \"128MB\" for 8 segments.");
    } else {
      error(
          name,
          "removed-parameter",
          name + " is no parameter of PostgreSQL " + cluster.version(),
          detail);
    }
  }

  private void known(String name, String value) {
    Optional<PostgresSetting> setting = PostgresSetting.named(name);
    if (setting.isEmpty()) {
      Optional<String> near = nearest(name);
      String summary = "PostgreSQL has no parameter " + name;
      String detail =
          near.map(other -> "Did you mean " + other + "?")
              .orElse("Parameters of extensions have a point in their name.");
      found.add(
          cluster.version() == 17
              ? Diagnostic.error("unknown-parameter", summary, detail).of(path(name))
              : Diagnostic.warning(
                      "unknown-parameter",
                      "PostgreSQL 17 has no parameter " + name,
                      detail + " pgha knows the parameters of version 17 only.")
                  .of(path(name)));
      return;
    }
    if (setting.get().context().equals("internal")) {
      error(
          name,
          "internal-parameter",
          name + " can't be set",
          "PostgreSQL only shows it: it follows from how the cluster was made.");
      return;
    }
    boolean alias = name.equalsIgnoreCase("wal_level");
    setting
        .get()
        .objection(value)
        .filter(objection -> !alias)
        .ifPresent(objection ->
            error(
                name,
                "bad-parameter",
                "\""
                    + (cluster.hides(name) ? Fragment.HIDDEN : value)
                    + "\" is no value of "
                    + name,
                "For PostgreSQL " + objection + "."));
  }

  private static Optional<String> nearest(String name) {
    return NearestName.within(Math.max(1, name.length() / 5), name, PostgresSetting.names());
  }

  private void traps() {
    Map<String, String> parameters = cluster.parameters();
    String level = parameters.getOrDefault("wal_level", "replica");
    switch (level) {
      case "hot_standby", "archive" ->
          warning(
              path("wal_level"),
              "wal_level = \"" + level + "\" is an old alias",
              "Since PostgreSQL 9.6 it means replica. Write wal_level = \"replica\".");
      case "minimal" ->
          error(
              "wal_level",
              "bad-parameter",
              "wal_level = \"minimal\" can't replicate",
              "Write wal_level = \"replica\", or \"logical\".");
      default -> {
        if (PostgresSetting.named("wal_level").flatMap(each -> each.objection(level)).isPresent()
            && !level.equals("(known after apply)")) {
          error(
              "wal_level",
              "bad-parameter",
              "\"" + level + "\" is no value of wal_level",
              "Write wal_level = \"replica\", or \"logical\".");
        }
      }
    }
    String archive = parameters.getOrDefault("archive_command", "");
    if (archive.contains("../")) {
      warning(
          path("archive_command"),
          "archive_command leaves the data directory by ../",
          "The folder above the data directory isn't writable for postgres: nothing is archived,"
              + " and WAL piles up. Set archive_directory to an absolute path, which pgha makes for"
              + " postgres, and use that path here.");
    }
    if (PostgresSetting.same("archive_mode", parameters.getOrDefault("archive_mode", "off"), "on")
        && archive.isEmpty()
        && !parameters.containsKey("archive_library")) {
      warning(
          path("archive_mode"),
          "archive_mode is on, but nothing archives",
          "Without archive_command or archive_library WAL piles up until the disk is full.");
    }
    String sockets = parameters.getOrDefault("unix_socket_directories", "");
    if (!sockets.isEmpty() && !sockets.startsWith("/") && !sockets.startsWith("(")) {
      warning(
          path("unix_socket_directories"),
          "unix_socket_directories is a relative path",
          "Programs don't find the socket, and a base backup copies its lock file. Write"
              + " unix_socket_directories = \"/var/run/postgresql\".");
    }
    cluster
        .values()
        .map("recovery_conf")
        .forEach((name, value) -> {
          if (Trees.of(value).map(Trees::text).filter(text -> text.contains("../")).isPresent()) {
            warning(
                AttributePath.of("recovery_conf").key(name),
                name + " leaves the data directory by ../",
                "What is there is not what archive_command wrote elsewhere. Use the absolute"
                    + " path of archive_directory.");
          }
        });
  }
}
