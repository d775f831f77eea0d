package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a node must not be made or changed: each of these would cost somebody data, or take a server
 * out of service unasked.
 */
record NodeObstacles(
    PlanRequest request, NodeConfig node, NodeLive live, ArtifactComparison artifacts) {
  private static final String UMBRELLA = "unit:postgresql.service";

  List<Diagnostic> found() {
    List<Diagnostic> found = new ArrayList<>();
    boolean creating = request.prior().isEmpty();
    if (creating && live.facts().hasUsedMain()) {
      found.add(usedMain());
    }
    List<String> others = live.facts().otherClusters();
    if (!others.isEmpty() && (creating || artifacts.changed(UMBRELLA))) {
      found.add(otherClusters(others));
    }
    live.facts()
        .version()
        .filter(version -> !version.equals(Long.toString(live.cluster().version())))
        .ifPresent(version -> found.add(otherVersion(version)));
    foreignArchive().ifPresent(found::add);
    movedListener().ifPresent(found::add);
    return found;
  }

  private Diagnostic error(String code, String summary, String detail) {
    return Diagnostic.error(code, summary, detail)
        .about(request.instance().address())
        .on(node.name());
  }

  private Diagnostic usedMain() {
    return error(
        "used-main-cluster",
        "The distribution's own cluster is not proven to be unused",
        "Found "
            + live.usedMain()
            + ". It was left untouched. Save what is in it and drop it with pg_dropcluster "
            + live.cluster().version()
            + " main, or use another host.");
  }

  /** They run under postgresql.service, which a node stops and disables. */
  private Diagnostic otherClusters(List<String> others) {
    return error(
        "other-clusters",
        "Other clusters of PostgreSQL are on " + node.name(),
        "Found %s, as pg_lsclusters lists them. A node stops and disables postgresql.service, and with it whatever runs under it. Nothing was touched. Save what is in them and drop each with pg_dropcluster, or use another host."
            .formatted(String.join(", ", others)));
  }

  private Diagnostic otherVersion(String version) {
    return error(
        "other-data-version",
        "The data of " + node.name() + " is of PostgreSQL " + version,
        "%s was made by PostgreSQL %s, but %s says postgresql_version = %d, whose programs can't read it. pgha makes no major upgrades: write postgresql_version = %s, or use another data_dir."
            .formatted(
                node.dataDirectory(),
                version,
                live.cluster().address(),
                live.cluster().version(),
                version));
  }

  /** A folder that is taken over becomes 0700 of postgres, and may go with the node. */
  private Optional<Diagnostic> foreignArchive() {
    Optional<String> path = live.cluster().archiveDirectory();
    if (path.isEmpty() || isOurs(path.get())) {
      return Optional.empty();
    }
    return live.answers()
        .get(node.host(), new Probe.OfFile(path.get(), Probe.Content.NONE))
        .found()
        .filter(facts ->
            facts.kind() != FileFacts.Kind.DIRECTORY
                || (facts.size() > 0 && !facts.owner().equals("postgres")))
        .map(facts ->
            error(
                    "foreign-archive",
                    path.get() + " belongs to somebody else",
                    (facts.kind() == FileFacts.Kind.DIRECTORY
                            ? "The folder holds something and is owned by " + facts.owner()
                            : "It is no folder")
                        + ". As archive_directory it would be given to postgres alone, and deleted"
                        + " with the node where delete_data_on_destroy is true. It was left"
                        + " untouched. Name a folder that is not there yet, or an empty one.")
                .of(AttributePath.of("cluster")));
  }

  private boolean isOurs(String path) {
    String key = new Artifact.OfDirectory(node.host(), path, 0700, "postgres", "postgres").key();
    return request.prior().stream()
        .flatMap(prior -> prior.artifacts().stream())
        .anyMatch(digest -> digest.host().equals(node.host()) && digest.key().equals(key));
  }

  /**
   * Patroni takes another address or port at a reload, PostgreSQL only at a restart: meanwhile
   * clients and the other members look for it where it is not.
   */
  private Optional<Diagnostic> movedListener() {
    if (request.prior().isEmpty() || !(live.runs() || live.unitRuns())) {
      return Optional.empty();
    }
    Values before = new Values(request.prior().get().attributes());
    Optional<String> address = before.string("listen_address").or(() -> before.string("address"));
    if (address.isEmpty() || node.listenAddress().isEmpty()) {
      return Optional.empty();
    }
    String was =
        NodeConfig.authority(address.get(), before.integer("port").orElse(5432L).intValue());
    String is = NodeConfig.authority(node.listenAddress(), node.port());
    return was.equals(is)
        ? Optional.empty()
        : Optional.of(
            error(
                    "moved-listener",
                    "A running PostgreSQL can't be moved to " + is,
                    "The server of %s listens on %s, and takes another address or port only when it is started. Write the former listen_address and port again; or move one node after the other: take it out of the configuration, apply, declare it with the new ones and apply again. Its data is kept unless delete_data_on_destroy is true."
                        .formatted(node.name(), was))
                .of(
                    AttributePath.of(
                        before.integer("port").orElse(5432L) == node.port()
                            ? "listen_address"
                            : "port")));
  }
}
