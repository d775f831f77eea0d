package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What takes a live role to the desired one. */
final class RoleChange {
  private final PlanRequest request;
  private final RoleLive live;
  private final Values values;

  RoleChange(PlanRequest request, RoleLive live) {
    this.request = request;
    this.live = live;
    this.values = Values.of(request.instance());
  }

  private Change of(
      Action action,
      List<AttributeChange> attributes,
      List<PlacedStep> steps,
      List<Diagnostic> diagnostics) {
    return new Change(
        action,
        attributes,
        List.of(),
        Effect.NONE,
        List.of(),
        steps,
        ObjectValue.EMPTY,
        diagnostics);
  }

  Change change() {
    List<AttributeChange> attributes =
        new ArrayList<>(AttributeComparison.of(PostgresRoleType.SCHEMA, request));
    boolean creating = request.prior().isEmpty();
    if (live.primary().isEmpty() && !creating) {
      return unseen(attributes);
    }
    boolean anotherPassword = live.isThere() && (password().differs() || withdrawsPassword());
    if (withdrawsPassword()) {
      attributes.add(
          new AttributeChange(
              AttributePath.of("password"),
              new Str(Fragment.HIDDEN),
              Null.ANY,
              true,
              "no longer declared: the role loses it, and can't log in over the network",
              false));
    } else if (anotherPassword && !creating) {
      attributes.add(
          RolePassword.difference(AttributePath.of("password"), "the server has another password"));
    }
    boolean replace = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    if (live.isThere() && !live.isKept() && creating && matches() && !anotherPassword) {
      return Change.none(ObjectValue.EMPTY);
    }
    if (live.isThere() && !creating && attributes.isEmpty()) {
      return Change.none(ObjectValue.EMPTY);
    }
    boolean onlyState = live.isThere() && !creating && !anotherPassword && matches();
    return of(
        creating || !live.isThere() ? Action.CREATE : replace ? Action.REPLACE : Action.UPDATE,
        attributes,
        onlyState && !replace ? List.of() : steps(),
        List.of());
  }

  /** Whether the live role has all that is declared, told without what was last applied. */
  private boolean matches() {
    return AttributeComparison.of(
            PostgresRoleType.SCHEMA,
            request.instance().values(),
            Optional.of(request.instance().values()),
            request.live().attributes(),
            List.of())
        .isEmpty();
  }

  /** No server that takes writes answers: what is configured otherwise now waits for one. */
  private Change unseen(List<AttributeChange> attributes) {
    return attributes.isEmpty()
        ? Change.none(ObjectValue.EMPTY)
        : of(
            attributes.stream().anyMatch(AttributeChange::forcesReplacement)
                ? Action.REPLACE
                : Action.UPDATE,
            attributes,
            live.inside().map(InsidePostgres::nodes).filter(nodes -> !nodes.isEmpty()).isEmpty()
                ? List.of()
                : steps(),
            List.of());
  }

  /** Whether the role has a password that was declared when it was last applied, and is not now. */
  private boolean withdrawsPassword() {
    boolean managed =
        request
            .prior()
            .flatMap(prior -> new Values(prior.attributes()).bool("password_managed"))
            .orElse(false);
    return managed && values.get("password").isNull() && live.verifier().isPresent();
  }

  private RolePassword password() {
    return new RolePassword(values.string("password"), live.verifier());
  }

  private List<PlacedStep> steps() {
    if (live.inside().map(InsidePostgres::nodes).filter(nodes -> !nodes.isEmpty()).isEmpty()) {
      return List.of();
    }
    String role = SqlText.identifier(live.name());
    List<Fragment> sql = new ArrayList<>();
    sql.add(Fragment.plain(createIfMissing(live.name())));
    sql.add(Fragment.plain(options("ALTER ROLE " + role + " WITH")));
    if (!live.isThere() || password().differs()) {
      sql.addAll(password().option());
    }
    if (withdrawsPassword()) {
      sql.add(Fragment.plain(" PASSWORD NULL"));
    }
    sql.add(Fragment.plain(";\n"));
    sql.add(Fragment.plain(memberships(role)));
    if (live.isKept()) {
      sql.add(Fragment.plain("COMMENT ON ROLE " + role + " IS NULL;\n"));
    }
    String description = (live.isThere() ? "alter" : "create") + " role " + live.name();
    return List.of(live.inside().orElseThrow().step(live.primary(), description, sql, true));
  }

  /** A statement that makes a role where there is none of the name, and else does nothing. */
  static String createIfMissing(String name) {
    return """
    SELECT %s WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)\\gexec
    """
        .formatted(
            SqlText.literal("CREATE ROLE " + SqlText.identifier(name)), SqlText.literal(name));
  }

  private String options(String start) {
    StringBuilder options = new StringBuilder(start);
    RoleLive.OPTIONS.forEach((attribute, option) ->
        values
            .bool(attribute)
            .ifPresent(on -> options.append(on ? " " : " NO").append(option.keyword())));
    values
        .integer("connection_limit")
        .ifPresent(limit -> options.append(" CONNECTION LIMIT ").append(limit));
    boolean expires = request.live().attributes().get("valid_until") instanceof Str;
    if (expires || values.string("valid_until").isPresent()) {
      options
          .append(" VALID UNTIL ")
          .append(SqlText.literal(values.string("valid_until").orElse("infinity")));
    }
    return options.toString();
  }

  private String memberships(String role) {
    if (values.get("member_of").isNull()) {
      return "";
    }
    List<String> wanted = values.strings("member_of");
    StringBuilder sql = new StringBuilder();
    for (String group : wanted) {
      if (!live.memberOf().contains(group)) {
        sql.append("GRANT %s TO %s;\n".formatted(SqlText.identifier(group), role));
      }
    }
    for (String group : live.memberOf()) {
      if (!wanted.contains(group)) {
        sql.append("REVOKE %s FROM %s;\n".formatted(SqlText.identifier(group), role));
      }
    }
    return sql.toString();
  }

  Change removal() {
    boolean nowhere =
        live.inside().map(InsidePostgres::nodes).filter(nodes -> !nodes.isEmpty()).isEmpty();
    boolean gone = live.primary().isPresent() && !live.isThere();
    if (nowhere || gone) {
      return of(Action.DELETE, List.of(), List.of(), List.of());
    }
    String role = SqlText.identifier(live.name());
    InsidePostgres inside = live.inside().orElseThrow();
    List<Diagnostic> warnings =
        live.primary().isEmpty()
            ? List.of(InsidePostgres.nobodyLeads("role " + live.name(), request.instance()))
            : List.of();
    boolean drops = values.bool("delete_on_destroy").orElse(true);
    if (drops && !live.ownsSomething()) {
      return of(
          Action.DELETE,
          List.of(),
          List.of(
              inside.step(
                  live.primary(),
                  "drop role " + live.name(),
                  List.of(Fragment.plain("DROP ROLE IF EXISTS " + role + ";\n")),
                  true)),
          warnings);
    }
    PlacedStep mark =
        inside.step(
            live.primary(),
            "keep role " + live.name() + ", marked for the next apply",
            List.of(
                Fragment.plain(
                    "COMMENT ON ROLE "
                        + role
                        + " IS "
                        + SqlText.literal(InsidePostgres.KEPT)
                        + ";\n")),
            true);
    return of(
        Action.DELETE,
        List.of(),
        List.of(mark),
        drops
            ? List.of(
                Diagnostic.warning(
                        "role-kept",
                        "The role " + live.name() + " stays if it still owns something then",
                        "Objects belong to it or rights were granted to it, so PostgreSQL would"
                            + " refuse to drop it. Where the database that holds them goes first,"
                            + " the role goes too.")
                    .about(request.instance().address()))
            : warnings);
  }
}
