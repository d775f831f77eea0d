package io.pgha.provider.patroni;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.optional;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Equivalence;
import io.pgha.provider.schema.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resource type {@code pg_role}: a role of a cluster, made on its leader.
 *
 * <p>It comes after all nodes of its cluster. A password is compared with the verifier that the
 * server has, and travels as a verifier only.
 */
public final class PostgresRoleType implements ResourceType {
  private static final Equivalence MOMENT =
      (path, left, right) ->
          left instanceof Str(String one)
              && right instanceof Str(String other)
              && moment(one).isPresent()
              && moment(one).equals(moment(other));

  private static final String DOC =
      """
      A role inside the PostgreSQL of a `patroni_cluster`. It is made on the leader once all nodes are
      up, and reaches the replicas by replication.

      The password is never sent to a server and never stored: pgha computes its SCRAM-SHA-256
      verifier, and compares by the verifier that the server has. On destroy a role that owns nothing
      is dropped; one that still owns something stays, with a warning.
      """;

  private static final String EXAMPLE =
      """
      resource "pg_role" "admin" {
        cluster     = patroni_cluster.main.id
        name        = "admin"
        password    = var.admin_password
        create_role = true
        create_db   = true
      }
      """;

  static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("cluster", Type.STRING, "The cluster, as its `id`.")
                  .referringTo(PatroniClusterType.NAME)
                  .forceNew(),
              required("name", Type.STRING, "The role's name.").forceNew(),
              optional(
                      "password",
                      Type.STRING,
                      "Its password. A role that never had one here keeps the password that it has on"
                          + " the server, or none; where the argument is taken out the password"
                          + " goes. Without one a role can't log in over the network.")
                  .secret(),
              optional("login", Bool.TRUE, "Whether it may log in."),
              optional("superuser", Bool.FALSE, "Whether no check applies to it."),
              optional("create_role", Bool.FALSE, "Whether it may make roles."),
              optional("create_db", Bool.FALSE, "Whether it may make databases."),
              optional("replication", Bool.FALSE, "Whether it may stream the log."),
              optional("bypass_rls", Bool.FALSE, "Whether row security does not apply to it."),
              optional(
                  "inherit", Bool.TRUE, "Whether it has the rights of the roles it belongs to."),
              optional(
                  "connection_limit", Num.of(-1), "How many connections it may have; -1: any."),
              optional(
                      "valid_until",
                      Type.STRING,
                      "When its password expires, such as `2030-01-01T00:00:00Z`.")
                  .comparedBy(MOMENT),
              optional(
                  "member_of", Type.set(Type.STRING), "The roles that it belongs to; all of them."),
              optional(
                  "delete_on_destroy",
                  Bool.TRUE,
                  "Whether destroying it drops the role. Where it is false the role stays."),
              computed(
                  "password_managed",
                  Type.BOOL,
                  "Whether `password` was given: state keeps that, and never the password.")),
          EXAMPLE);

  /** Stateless. */
  public PostgresRoleType() {}

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "pg_role";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<String> follows() {
    return List.of(PatroniNodeType.NAME);
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    Values values = Values.of(instance);
    return values.isKnown("password")
        ? Map.of("password_managed", Bool.of(!values.get("password").isNull()))
        : Map.of();
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    Values values = Values.of(instance);
    List<Diagnostic> found = new ArrayList<>(ObjectName.validate(values, "name"));
    String name = values.text("name");
    if (name.startsWith("pg_")) {
      found.add(
          Diagnostic.error(
                  "reserved-name",
                  "Roles that start with pg_ are PostgreSQL's own",
                  "Choose another name.")
              .of(AttributePath.of("name")));
    }
    InsidePostgres.of(instance)
        .map(InsidePostgres::cluster)
        .filter(cluster ->
            name.equals(cluster.username("superuser", "postgres"))
                || name.equals(cluster.username("replication", "replicator")))
        .ifPresent(cluster ->
            found.add(
                Diagnostic.error(
                        "patroni-role",
                        name + " is made by Patroni",
                        "It is the superuser or the replication user of "
                            + cluster.address()
                            + ", and its password stands there.")
                    .of(AttributePath.of("name"))));
    if (values.string("password").filter(String::isEmpty).isPresent()) {
      found.add(
          Diagnostic.error(
                  "empty-password",
                  "The password is empty",
                  "PostgreSQL lets nobody in with an empty password. Give one, or leave the"
                      + " argument out.")
              .of(AttributePath.of("password")));
    }
    values
        .string("valid_until")
        .filter(text -> moment(text).isEmpty())
        .ifPresent(text ->
            found.add(
                Diagnostic.error(
                        "bad-time",
                        "\"" + text + "\" is not a time",
                        "Write it like 2030-01-01T00:00:00Z.")
                    .of(AttributePath.of("valid_until"))));
    return found;
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return InsidePostgres.of(instance)
        .map(inside -> inside.leaderProbes(RoleLive.query(Values.of(instance).text("name"))))
        .orElse(List.of());
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return RoleLive.of(instance, results).live(results);
  }

  @Override
  public Change plan(PlanRequest request) {
    RoleLive live = RoleLive.of(request.instance(), request.live().answers());
    return request.deletion()
        ? new RoleChange(request, live).removal()
        : new RoleChange(request, live).change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return InsideDrift.ofRole(Values.of(applied.instance()).text("name"), differences);
  }

  @Override
  public List<FindingKind> findings() {
    return PatroniFinding.ROLE;
  }
}
