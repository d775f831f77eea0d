package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two roles that Patroni itself logs in with, as the primary has them. Patroni makes them when
 * it bootstraps a cluster and never looks at their passwords again, so a changed one is set here:
 * on the primary first, then the nodes' files follow, one by one. Connections that are open stay.
 *
 * @param cluster their cluster
 * @param primary the server that takes writes, and its answer; empty where none answers
 */
record PatroniRoles(ClusterConfig cluster, Optional<InsidePostgres.Primary> primary) {

  /**
   * A role: the argument that declares it, its name where none is given, what it must be able to.
   */
  private record Role(String argument, String otherwise, String options) {}

  private static final List<Role> ROLES =
      List.of(
          new Role("superuser", "postgres", "LOGIN SUPERUSER"),
          new Role("replication", "replicator", "LOGIN REPLICATION"));

  static List<PlacedProbe> probes(ClusterConfig cluster) {
    return new InsidePostgres(cluster, cluster.nodes()).probes(query(cluster));
  }

  static String query(ClusterConfig cluster) {
    StringBuilder columns = new StringBuilder();
    for (Role role : ROLES) {
      columns.append(
          ", (SELECT json_build_object('verifier', rolpassword) FROM pg_authid WHERE rolname = %s) AS %s"
              .formatted(
                  SqlText.literal(cluster.username(role.argument(), role.otherwise())),
                  role.argument()));
    }
    return "SELECT pg_is_in_recovery() AS in_recovery" + columns;
  }

  static PatroniRoles of(ClusterConfig cluster, ProbeResults answers) {
    return new PatroniRoles(
        cluster, new InsidePostgres(cluster, cluster.nodes()).primary(query(cluster), answers));
  }

  private boolean isThere(Role role) {
    return primary.map(found -> found.row().get(role.argument())).isPresent();
  }

  private RolePassword password(Role role) {
    return new RolePassword(
        cluster.password(role.argument()),
        primary
            .map(found -> found.row().get(role.argument()))
            .flatMap(Trees::parseObject)
            .map(object -> ClusterView.text(object, "verifier"))
            .filter(text -> !text.isEmpty()));
  }

  /** Those that the primary has otherwise; none where no primary answers. */
  private List<Role> different() {
    return primary.isEmpty()
        ? List.of()
        : ROLES.stream().filter(role -> password(role).differs()).toList();
  }

  /** What differs, with the reason and without a password. */
  List<AttributeChange> differences() {
    List<AttributeChange> differences = new ArrayList<>();
    for (Role role : different()) {
      differences.add(
          RolePassword.difference(
              AttributePath.of(role.argument()).name("password"),
              isThere(role)
                  ? "the server has another password"
                  : "the server has no role "
                      + cluster.username(role.argument(), role.otherwise())));
    }
    return differences;
  }

  /** Sets what differs, in one transaction on the primary. */
  List<PlacedStep> steps() {
    List<Role> different = different();
    if (different.isEmpty()) {
      return List.of();
    }
    List<Fragment> sql = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Role role : different) {
      String name = cluster.username(role.argument(), role.otherwise());
      String quoted = SqlText.identifier(name);
      names.add(name);
      sql.add(Fragment.plain(RoleChange.createIfMissing(name)));
      sql.add(Fragment.plain("ALTER ROLE " + quoted + " WITH " + role.options()));
      sql.addAll(password(role).option());
      sql.add(Fragment.plain(";\n"));
    }
    return List.of(
        new InsidePostgres(cluster, cluster.nodes())
            .step(
                primary,
                "set the password of "
                    + String.join(" and ", names)
                    + " on "
                    + primary.orElseThrow().node().name(),
                sql,
                true));
  }
}
