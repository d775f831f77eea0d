package io.pgha.ssh.script;

/** How SQL is run on a machine. */
public final class SqlCommands {
  /**
   * Finds psql itself, as {@code $P}: Debian's /usr/bin/psql is a script in Perl that finds it too,
   * but takes ten times as long.
   */
  public static final String FIND_PSQL =
      """
      P=; for p in /usr/lib/postgresql/*/bin/psql; do [ -x "$p" ] && P=$p; done
      [ -n "$P" ] || P=$(command -v psql)
      """;

  /** Becomes the operating system's user postgres, without a session of PAM. */
  public static final String AS_POSTGRES =
      "setpriv --reuid=postgres --regid=postgres --init-groups --";

  private SqlCommands() {}
}
