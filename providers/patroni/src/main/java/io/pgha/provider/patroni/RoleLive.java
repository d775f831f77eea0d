package io.pgha.provider.patroni;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.ProbeResults;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A role as the primary has it.
 *
 * @param inside where it lives; empty while the cluster is unknown
 * @param primary the server that takes writes; empty where none answers
 */
record RoleLive(
    String name, Optional<InsidePostgres> inside, Optional<InsidePostgres.Primary> primary) {
  /** Attribute, then column and option of CREATE ROLE. */
  static final Map<String, Option> OPTIONS = options();

  /**
   * An option of a role that is on or off.
   *
   * @param column in pg_authid
   * @param keyword in CREATE ROLE; its opposite starts with NO
   */
  record Option(String column, String keyword) {}

  private static Map<String, Option> options() {
    Map<String, Option> options = new LinkedHashMap<>();
    options.put("login", new Option("rolcanlogin", "LOGIN"));
    options.put("superuser", new Option("rolsuper", "SUPERUSER"));
    options.put("create_role", new Option("rolcreaterole", "CREATEROLE"));
    options.put("create_db", new Option("rolcreatedb", "CREATEDB"));
    options.put("replication", new Option("rolreplication", "REPLICATION"));
    options.put("bypass_rls", new Option("rolbypassrls", "BYPASSRLS"));
    options.put("inherit", new Option("rolinherit", "INHERIT"));
    return options;
  }

  static String query(String name) {
    StringBuilder columns = new StringBuilder();
    OPTIONS.values().forEach(option -> columns.append("r.").append(option.column()).append(", "));
    return """
    SELECT pg_is_in_recovery() AS in_recovery, r.oid IS NOT NULL AS present, %1$sr.rolconnlimit,
      CASE WHEN isfinite(r.rolvaliduntil) THEN
        to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END AS valid_until,
      r.rolpassword, shobj_description(r.oid, 'pg_authid') AS comment,
      (SELECT count(*) FROM pg_shdepend d
        WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid) AS depends,
      (SELECT json_build_object('roles', json_agg(DISTINCT g.rolname)) FROM pg_auth_members m
        JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS member_of
    FROM (SELECT) one LEFT JOIN pg_authid r ON r.rolname = %2$s\
    """
        .formatted(columns, SqlText.literal(name));
  }

  static RoleLive of(Instance instance, ProbeResults answers) {
    String name = Values.of(instance).text("name");
    Optional<InsidePostgres> inside = InsidePostgres.of(instance);
    return new RoleLive(name, inside, inside.flatMap(each -> each.leader(query(name), answers)));
  }

  private Optional<String> column(String name) {
    return primary.map(found -> found.row().get(name));
  }

  boolean isThere() {
    return column("present").filter("t"::equals).isPresent();
  }

  /** Whether it outlived a resource of pgha's. */
  boolean isKept() {
    return column("comment").filter(InsidePostgres.KEPT::equals).isPresent();
  }

  /** Whether something belongs to it or was granted to it. */
  boolean ownsSomething() {
    return column("depends").filter(count -> !count.equals("0")).isPresent();
  }

  Optional<String> verifier() {
    return column("rolpassword");
  }

  List<String> memberOf() {
    return column("member_of")
        .flatMap(Trees::parseObject)
        .map(object -> object.get("roles"))
        .filter(List.class::isInstance)
        .map(list -> ((List<?>) list).stream().map(String::valueOf).sorted().toList())
        .orElse(List.of());
  }

  Live live(ProbeResults answers) {
    boolean foreign = isThere() && !isKept();
    return new Live(
        primary.isEmpty()
            ? Live.Presence.UNKNOWN
            : foreign ? Live.Presence.PRESENT : Live.Presence.ABSENT,
        foreign
            ? "Found the role %s in %s."
                .formatted(name, inside.map(each -> each.cluster().address()).orElse(""))
            : "",
        isThere() ? attributes() : ObjectValue.EMPTY,
        List.of(),
        answers);
  }

  private ObjectValue attributes() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    OPTIONS.forEach((attribute, option) ->
        column(option.column())
            .ifPresent(text -> attributes.put(attribute, Bool.of(text.equals("t")))));
    column("rolconnlimit")
        .ifPresent(text -> attributes.put("connection_limit", new Num(new BigDecimal(text))));
    attributes.put(
        "valid_until",
        column("valid_until").<Value>map(Str::new).orElseGet(() -> new Null(Type.STRING)));
    attributes.put(
        "member_of",
        new SetValue(Type.STRING, List.copyOf(memberOf().stream().map(Str::new).toList())));
    return ObjectValue.of(attributes);
  }
}
