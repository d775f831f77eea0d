package io.pgha.provider.patroni;

import io.pgha.provider.drift.Grade;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How grave it is that a setting of PostgreSQL or Patroni is another one than declared. */
final class SettingGrade {
  /** What keeps written data safe, or copies of it; PostgreSQL docs, chapters 19.5 and 19.6. */
  private static final Set<String> DANGER =
      Set.of(
          "fsync",
          "full_page_writes",
          "synchronous_commit",
          "synchronous_standby_names",
          "wal_level",
          "wal_sync_method",
          "wal_log_hints",
          "archive_mode",
          "archive_command",
          "archive_library",
          "restore_command",
          "data_checksums",
          "data_sync_retry",
          "ignore_checksum_failure",
          "ignore_invalid_pages",
          "zero_damaged_pages",
          "primary_conninfo",
          "primary_slot_name",
          "max_slot_wal_keep_size",
          "recovery_target",
          "recovery_target_action",
          "recovery_target_timeline",
          // Patroni's own.
          "check_timeline",
          "failsafe_mode",
          "ignore_slots",
          "maximum_lag_on_failover",
          "maximum_lag_on_syncnode",
          "pause",
          "slots",
          "standby_cluster",
          "synchronous_mode",
          "synchronous_mode_strict",
          "synchronous_node_count",
          "use_slots",
          "remove_data_directory_on_rewind_failure",
          "remove_data_directory_on_diverged_timelines");

  /** Who gets in, as what, and who sees it. */
  private static final Pattern SECURITY =
      Pattern.compile(
          "ssl.*|krb_.*|password_encryption|scram_iterations|authentication|authentication_timeout"
              + "|pg_hba|pg_ident|hba_file|ident_file|listen_addresses|unix_socket_.*"
              + "|row_security|allow_system_table_mods|allow_alter_system|lo_compat_privileges"
              + "|dynamic_library_path|extension_control_path|restapi|ctl|certfile|keyfile|cafile");

  private static final Set<String> COSMETIC =
      Set.of("cluster_name", "update_process_title", "application_name");

  /** Settings whose text may hold a password, or a command that does. */
  private static final Pattern SECRETIVE =
      Pattern.compile(".*(conninfo|passw|passphrase|secret|_command|restapi|authentication).*");

  private SettingGrade() {}

  static Grade of(String name) {
    if (DANGER.contains(name)) {
      return Grade.DANGER;
    }
    if (SECURITY.matcher(name).matches()) {
      return Grade.SECURITY;
    }
    return COSMETIC.contains(name) ? Grade.COSMETIC : Grade.DEGRADED;
  }

  /**
   * Whether what somebody else set it to had better not be shown. A number, a truth value or one of
   * a few words tells no secret, whatever its name.
   */
  static boolean mayHoldSecret(String name) {
    return SECRETIVE.matcher(name.toLowerCase(Locale.ROOT)).matches()
        && PostgresSetting.named(name).map(each -> each.kind().equals("string")).orElse(true);
  }
}
