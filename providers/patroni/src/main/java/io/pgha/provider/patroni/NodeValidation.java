package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with nodes, before any connection is opened. */
final class NodeValidation {
  private NodeValidation() {}

  static List<Diagnostic> of(NodeConfig node) {
    List<Diagnostic> found = new ArrayList<>();
    String data = node.dataDirectory();
    if (!data.startsWith("/") || data.equals("/")) {
      found.add(
          Diagnostic.error(
                  "bad-data-directory",
                  "\"" + data + "\" can't be the data directory",
                  "Write an absolute path of a folder of its own, such as /var/lib/patroni.")
              .of(AttributePath.of("data_dir")));
    } else if (data.startsWith("/tmp/") || data.startsWith("/var/tmp/")) {
      found.add(
          Diagnostic.error(
                  "bad-data-directory",
                  "The data directory is in a folder that is cleaned up",
                  "Write a path that outlives a boot, such as /var/lib/patroni.")
              .of(AttributePath.of("data_dir")));
    } else {
      OwnFolder.objection(data)
          .ifPresent(objection ->
              found.add(
                  Diagnostic.error(
                          "bad-data-directory",
                          "\"" + data + "\" can't be the data directory",
                          "It would be given to postgres alone, and may be deleted with the node;"
                              + " but "
                              + objection
                              + ". Write a folder of its own, such as /var/lib/patroni.")
                      .of(AttributePath.of("data_dir"))));
    }
    node.cluster()
        .flatMap(ClusterConfig::archiveDirectory)
        .filter(archive -> archive.equals(data) || archive.startsWith(data + "/"))
        .ifPresent(archive ->
            found.add(
                Diagnostic.error(
                        "archive-in-data",
                        "The WAL archive is inside the data directory",
                        archive
                            + " would be copied to every replica and lost with the data. Use a"
                            + " folder outside of "
                            + data
                            + ".")
                    .of(AttributePath.of("data_dir"))));
    node.cluster()
        .flatMap(ClusterConfig::archiveDirectory)
        .filter(archive -> data.startsWith(archive + "/"))
        .ifPresent(archive ->
            found.add(
                Diagnostic.error(
                        "data-in-archive",
                        "The data directory is inside the WAL archive",
                        data
                            + " would be deleted with "
                            + archive
                            + ". Use folders beside each other.")
                    .of(AttributePath.of("data_dir"))));
    for (String name : List.of("port", "rest_port")) {
      node.values()
          .integer(name)
          .filter(port -> port < 1 || port > 65535)
          .ifPresent(port ->
              found.add(
                  Diagnostic.error("bad-port", port + " is not a port", "Ports are 1 to 65535.")
                      .of(AttributePath.of(name))));
    }
    version(node, found);
    if (node.port() == node.restPort()) {
      found.add(
          Diagnostic.error(
                  "same-port",
                  "PostgreSQL and the REST API can't share port " + node.port(),
                  "Give one of them another port.")
              .of(AttributePath.of("rest_port")));
    }
    node.cluster()
        .ifPresent(cluster ->
            PassThrough.node(Trees.map(node.values().map("settings")), cluster, "settings", found));
    return found;
  }

  private static void version(NodeConfig node, List<Diagnostic> found) {
    Optional<Long> major = node.cluster().map(ClusterConfig::version);
    Optional<String> version = node.packageVersion();
    if (version.isEmpty() || major.isEmpty()) {
      return;
    }
    if (!version.get().matches("(\\d+:)?[0-9][A-Za-z0-9.+~-]*")) {
      found.add(
          Diagnostic.error(
                  "bad-version",
                  "\"" + version.get() + "\" is not the version of a package",
                  "Write it as apt-cache policy postgresql-" + major.get() + " shows it.")
              .of(AttributePath.of("package_version")));
    } else if (!version.get().matches("(\\d+:)?" + major.get() + "(\\D.*)?")) {
      found.add(
          Diagnostic.error(
                  "other-major-version",
                  version.get() + " is not a version of PostgreSQL " + major.get(),
                  "The package postgresql-"
                      + major.get()
                      + " has versions that start with "
                      + major.get()
                      + ". A major upgrade is not a change that pgha makes.")
              .of(AttributePath.of("package_version")));
    }
  }

  static List<Diagnostic> between(List<NodeConfig> nodes) {
    List<Diagnostic> found = new ArrayList<>();
    Map<String, NodeConfig> byHost = new HashMap<>();
    Map<String, NodeConfig> byName = new HashMap<>();
    for (NodeConfig node : nodes) {
      NodeConfig same = node.host().isEmpty() ? null : byHost.putIfAbsent(node.host(), node);
      if (same != null) {
        found.add(
            Diagnostic.error(
                    "shared-host",
                    "Two nodes on one host",
                    node.instance().address()
                        + " and "
                        + same.instance().address()
                        + " are both on "
                        + node.host()
                        + ", which has one /etc/patroni/config.yml.")
                .about(node.instance().address())
                .of(AttributePath.of("host")));
      }
      String key = node.values().text("cluster") + " " + node.name();
      NodeConfig twin = node.name().isEmpty() ? null : byName.putIfAbsent(key, node);
      if (twin != null) {
        found.add(
            Diagnostic.error(
                    "shared-name",
                    "Two nodes with the name " + node.name(),
                    node.instance().address()
                        + " and "
                        + twin.instance().address()
                        + " would take each other's place in the cluster.")
                .about(node.instance().address())
                .of(AttributePath.of("name")));
      }
    }
    return found;
  }
}
