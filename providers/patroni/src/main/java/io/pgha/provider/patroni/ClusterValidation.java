package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with a {@code patroni_cluster}, before any connection is opened. */
final class ClusterValidation {
  private static final Pattern ENDPOINT = Pattern.compile("(https?://)?[^/\\s]+:\\d{1,5}/?");

  private final ClusterConfig cluster;
  private final List<Diagnostic> found = new ArrayList<>();

  private ClusterValidation(ClusterConfig cluster) {
    this.cluster = cluster;
  }

  static List<Diagnostic> of(ClusterConfig cluster) {
    ClusterValidation validation = new ClusterValidation(cluster);
    validation.identity();
    validation.timing();
    validation.users();
    validation.folders();
    validation.found.addAll(ParameterValidation.of(cluster));
    validation.found.addAll(HostBasedAuthentication.validate(cluster));
    validation.found.addAll(PassThrough.validate(cluster));
    return List.copyOf(validation.found);
  }

  private void error(AttributePath path, String code, String summary, String detail) {
    found.add(Diagnostic.error(code, summary, detail).of(path));
  }

  private void identity() {
    Values values = cluster.values();
    values
        .string("scope")
        .filter(scope -> !scope.matches("[A-Za-z0-9_.-]+"))
        .ifPresent(scope ->
            error(
                AttributePath.of("scope"),
                "bad-scope",
                "\"" + scope + "\" can't name a cluster",
                "A scope is made of letters, digits, points, hyphens and underscores: it is a"
                    + " part of keys in etcd."));
    values
        .integer("postgresql_version")
        .filter(version -> version < 13 || version > 18)
        .ifPresent(version ->
            error(
                AttributePath.of("postgresql_version"),
                "unsupported-version",
                "PostgreSQL " + version + " is not supported",
                "pgha knows PostgreSQL 13 to 18. Write the major version alone, such as 17."));
    List<String> endpoints = cluster.etcdEndpoints();
    if (values.isKnown("etcd_endpoints") && endpoints.isEmpty()) {
      error(
          AttributePath.of("etcd_endpoints"),
          "no-endpoints",
          "No etcd endpoint is given",
          "Patroni keeps the cluster's state in etcd: give the client URL of every member, such as"
              + " [for member in etcd_member.db : member.client_url].");
    }
    for (int index = 0; index < endpoints.size(); index++) {
      if (!ENDPOINT.matcher(endpoints.get(index)).matches()) {
        error(
            AttributePath.of("etcd_endpoints").index(index),
            "bad-endpoint",
            "\"" + endpoints.get(index) + "\" is not the URL of an etcd member",
            "Write scheme, host and port, such as http://10.0.0.1:2379.");
      }
    }
  }

  /** Source: Patroni 4 docs, dynamic configuration, ttl. */
  private void timing() {
    Optional<Long> ttl = cluster.values().integer("ttl");
    Optional<Long> loop = cluster.values().integer("loop_wait");
    Optional<Long> retry = cluster.values().integer("retry_timeout");
    if (ttl.isEmpty() || loop.isEmpty() || retry.isEmpty()) {
      return;
    }
    long least = loop.get() + 2 * retry.get();
    if (ttl.get() < least) {
      error(
          AttributePath.of("ttl"),
          "ttl-too-short",
          "ttl is shorter than loop_wait + 2 * retry_timeout",
          "ttl is %d, and must be at least %d + 2 * %d = %d: else the leader may lose its lock while it still tries to renew it."
              .formatted(ttl.get(), loop.get(), retry.get(), least));
    }
    if (loop.get() < 1) {
      error(
          AttributePath.of("loop_wait"),
          "bad-loop-wait",
          "loop_wait is less than a second",
          "Patroni looks at the cluster every loop_wait seconds: write at least 1.");
    }
    if (retry.get() < 3) {
      error(
          AttributePath.of("retry_timeout"),
          "bad-retry-timeout",
          "retry_timeout is less than 3 seconds",
          "Patroni takes no less than 3.");
    }
  }

  private void users() {
    for (String argument : List.of("superuser", "replication", "rest_api")) {
      Optional<String> password = cluster.password(argument);
      AttributePath path = AttributePath.of(argument).name("password");
      if (password.filter(String::isEmpty).isPresent()) {
        error(
            path,
            "empty-password",
            "The password of " + argument + " is empty",
            "Give it a password: over the network nobody is let in without one.");
      }
      if (password.filter(text -> text.chars().anyMatch(Character::isISOControl)).isPresent()) {
        error(
            path,
            "bad-password",
            "The password of " + argument + " holds a control character",
            "Line breaks and other control characters can't be typed in or kept in a password"
                + " file. If it was read from a file, take the last line break off with"
                + " trimspace().");
      }
    }
    String superuser = cluster.username("superuser", "postgres");
    if (!superuser.equals("postgres")) {
      error(
          AttributePath.of("superuser").name("username"),
          "superuser-name",
          "The superuser must be called postgres",
          "pgha reaches PostgreSQL over its socket as the system's user postgres, whom peer"
              + " authentication takes for the role of the same name. Make \""
              + superuser
              + "\" with a pg_role.");
    }
    if (cluster.username("replication", "replicator").equals(superuser)) {
      error(
          AttributePath.of("replication").name("username"),
          "replication-name",
          "Replicas must not stream as the superuser",
          "Give replication a user of its own.");
    }
  }

  private void folders() {
    cluster
        .archiveDirectory()
        .filter(path -> !path.startsWith("/"))
        .ifPresent(path ->
            error(
                AttributePath.of("archive_directory"),
                "relative-path",
                "\"" + path + "\" is not an absolute path",
                "Write it from the root, such as /var/lib/postgresql/wal_archive."));
    cluster
        .archiveDirectory()
        .filter(path -> path.startsWith("/"))
        .flatMap(path ->
            OwnFolder.objection(path)
                .map(objection ->
                    Diagnostic.error(
                        "shared-folder",
                        "\"" + path + "\" can't be the folder for archived WAL",
                        "It would be given to postgres alone, and may be deleted with a node; but "
                            + objection
                            + ". Write a folder of its own, such as"
                            + " /var/lib/postgresql/wal_archive.")))
        .ifPresent(error -> found.add(error.of(AttributePath.of("archive_directory"))));
    if (cluster
        .values()
        .nested("initdb")
        .flatMap(each -> each.string("auth"))
        .filter("trust"::equals)
        .isPresent()) {
      found.add(
          Diagnostic.warning(
                  "trust",
                  "initdb lets everybody in without a password",
                  "Write auth = \"scram-sha-256\".")
              .of(AttributePath.of("initdb").name("auth")));
    }
  }
}
