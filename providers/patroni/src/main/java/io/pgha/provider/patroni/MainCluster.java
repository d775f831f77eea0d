package io.pgha.provider.patroni;

import io.pgha.provider.step.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The cluster {@code main} that Debian's package of a major version makes when it is installed: may
 * it be dropped? Only what is proven to be as the package made it; what can't be told is
 * somebody's.
 *
 * @param version the major version
 * @param configuration its folder of configuration
 * @param data its data directory, where it was left where the package puts it
 * @param programs PostgreSQL's programs
 */
record MainCluster(long version, String configuration, String data, String programs) {
  private static final String FUNCTIONS = load();

  static MainCluster of(long version) {
    return new MainCluster(
        version,
        "/etc/postgresql/" + version + "/main",
        "/var/lib/postgresql/" + version + "/main",
        "/usr/lib/postgresql/" + version + "/bin");
  }

  private String functions(String own) {
    return "config=%s\nmain=%s\nbin=%s\nown=%s\n%s"
        .formatted(
            Shell.quote(configuration),
            Shell.quote(data),
            Shell.quote(programs),
            Shell.quote(own),
            FUNCTIONS);
  }

  /**
   * A script that says nothing where there is no such cluster; else {@code main=unused}, or {@code
   * main=used} and {@code why=}. Then {@code others=}, the clusters of other names and versions.
   *
   * @param own the data directory of the node, which may be where the package has its own
   */
  String facts(String own) {
    return functions(own)
        + """
        if is_there; then
          prove
          if [ -z "$why" ]; then echo main=unused; else echo main=used; echo "why=$why"; fi
        fi
        others=
        for file in "${config%/*/*}"/*/*/postgresql.conf; do
          folder=${file%/postgresql.conf}
          if [ "$folder" != "$config" ] && { [ -e "$file" ] || [ -L "$file" ]; }; then
            others="$others ${folder#"${config%/*/*}"/}"
          fi
        done
        [ -z "$others" ] || echo "others=${others# }"
        """;
  }

  /**
   * A script that drops it. It proves right before what was proven at plan, and again once the
   * server is down: only then the control file tells all.
   */
  String drop(String own) {
    return functions(own)
        + """
        stay() {
          prove
          [ -n "$why" ] || return 0
          echo "%1$d/main is not proven to be unused, so it was not dropped: $why" >&2
          exit 1
        }
        is_there || exit 0
        stay
        # It fails where the server does not run; whether it runs still, pg_dropcluster looks at.
        pg_ctlcluster %1$d main stop >/dev/null 2>&1 || true
        stay
        pg_dropcluster %1$d main
        """
            .formatted(version);
  }

  private static String load() {
    try (InputStream stream = MainCluster.class.getResourceAsStream("main-cluster.sh")) {
      if (stream == null) {
        throw new IllegalStateException(
            "the script that looks at the package's cluster is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
