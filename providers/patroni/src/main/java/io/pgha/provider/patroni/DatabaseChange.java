package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
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

/** What takes a live database to the desired one. */
final class DatabaseChange {
  private final PlanRequest request;
  private final DatabaseLive live;
  private final Values values;

  DatabaseChange(PlanRequest request, DatabaseLive live) {
    this.request = request;
    this.live = live;
    this.values = Values.of(request.instance());
  }

  private static Change of(
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
    List<AttributeChange> attributes = AttributeComparison.of(PostgresDatabaseType.SCHEMA, request);
    boolean creating = request.prior().isEmpty();
    boolean settled = live.isThere() && !live.isKept() && matches().isEmpty();
    if ((creating && settled) || (!creating && attributes.isEmpty() && !gone())) {
      return Change.none(ObjectValue.EMPTY);
    }
    List<Diagnostic> fixed = live.isThere() ? fixed() : List.of();
    if (!fixed.isEmpty()) {
      return Change.refused(fixed);
    }
    boolean replace = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    boolean nowhere =
        live.inside().map(InsidePostgres::nodes).filter(nodes -> !nodes.isEmpty()).isEmpty();
    return of(
        creating || gone() ? Action.CREATE : replace ? Action.REPLACE : Action.UPDATE,
        attributes,
        nowhere || settled ? List.of() : steps(),
        List.of());
  }

  /** Whether a server that takes writes says that it is not there. */
  private boolean gone() {
    return live.primary().isPresent() && !live.isThere();
  }

  /** What differs between the live database and what is declared. */
  private List<AttributeChange> matches() {
    return AttributeComparison.of(
        PostgresDatabaseType.SCHEMA,
        request.instance().values(),
        Optional.of(request.instance().values()),
        request.live().attributes(),
        List.of());
  }

  private List<Diagnostic> fixed() {
    return matches().stream()
        .filter(change ->
            change.path().equals(AttributePath.of("encoding"))
                || change.path().equals(AttributePath.of("locale")))
        .map(change ->
            Diagnostic.error(
                    "fixed-attribute",
                    "The " + change.path() + " of a database can't be changed",
                    "The database "
                        + live.name()
                        + " was made with another one. Dump it, make a database under another"
                        + " name and load the dump there; or write what it has.")
                .about(request.instance().address())
                .of(change.path()))
        .toList();
  }

  private List<PlacedStep> steps() {
    InsidePostgres inside = live.inside().orElseThrow();
    String name = SqlText.identifier(live.name());
    StringBuilder make = new StringBuilder("CREATE DATABASE " + name);
    values
        .string("template")
        .ifPresent(text -> make.append(" TEMPLATE ").append(SqlText.identifier(text)));
    values
        .string("encoding")
        .ifPresent(text -> make.append(" ENCODING ").append(SqlText.literal(text)));
    values
        .string("locale")
        .ifPresent(text -> make.append(" LOCALE ").append(SqlText.literal(text)));
    StringBuilder sql = new StringBuilder();
    sql.append(
        """
        SELECT %s WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = %s)\\gexec
        """
            .formatted(SqlText.literal(make.toString()), SqlText.literal(live.name())));
    values
        .string("owner")
        .ifPresent(owner ->
            sql.append(
                "ALTER DATABASE %s OWNER TO %s;\n".formatted(name, SqlText.identifier(owner))));
    values
        .integer("connection_limit")
        .ifPresent(
            limit -> sql.append("ALTER DATABASE %s CONNECTION LIMIT %d;\n".formatted(name, limit)));
    if (live.isKept()) {
      sql.append("COMMENT ON DATABASE %s IS NULL;\n".formatted(name));
    }
    return List.of(
        inside.step(
            live.primary(),
            (live.isThere() ? "alter" : "create") + " database " + live.name(),
            List.of(Fragment.plain(sql.toString())),
            false));
  }

  Change removal() {
    boolean nowhere =
        live.inside().map(InsidePostgres::nodes).filter(nodes -> !nodes.isEmpty()).isEmpty();
    if (nowhere || gone()) {
      return of(Action.DELETE, List.of(), List.of(), List.of());
    }
    InsidePostgres inside = live.inside().orElseThrow();
    List<Diagnostic> warnings = new ArrayList<>();
    if (live.primary().isEmpty()) {
      warnings.add(InsidePostgres.nobodyLeads("database " + live.name(), request.instance()));
    }
    String name = SqlText.identifier(live.name());
    if (values.bool("delete_on_destroy").orElse(false)) {
      PlacedStep drop =
          inside.step(
              live.primary(),
              "drop database " + live.name() + " with all that is in it",
              List.of(Fragment.plain("DROP DATABASE IF EXISTS " + name + " WITH (FORCE);\n")),
              false);
      return of(Action.DELETE, List.of(), List.of(drop), warnings);
    }
    PlacedStep mark =
        inside.step(
            live.primary(),
            "keep database " + live.name() + ", marked for the next apply",
            List.of(
                Fragment.plain(
                    "COMMENT ON DATABASE "
                        + name
                        + " IS "
                        + SqlText.literal(InsidePostgres.KEPT)
                        + ";\n")),
            true);
    warnings.add(
        Diagnostic.warning(
                "database-kept",
                "The database " + live.name() + " stays",
                "Its data is kept, and the next apply resumes with it. To drop it, apply"
                    + " delete_on_destroy = true before.")
            .about(request.instance().address()));
    return of(Action.DELETE, List.of(), List.of(mark), warnings);
  }
}
