package io.pgha.provider.patroni;

import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.ProbeResults;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A database as the primary has it.
 *
 * @param inside where it lives; empty while the cluster is unknown
 * @param primary the server that takes writes; empty where none answers
 */
record DatabaseLive(
    String name, Optional<InsidePostgres> inside, Optional<InsidePostgres.Primary> primary) {

  static String query(String name) {
    return """
    SELECT pg_is_in_recovery() AS in_recovery, d.oid IS NOT NULL AS present,
      pg_get_userbyid(d.datdba) AS owner, pg_encoding_to_char(d.encoding) AS encoding,
      d.datcollate AS locale, d.datconnlimit, shobj_description(d.oid, 'pg_database') AS comment
    FROM (SELECT) one LEFT JOIN pg_database d ON d.datname = %s\
    """
        .formatted(SqlText.literal(name));
  }

  static DatabaseLive of(Instance instance, ProbeResults answers) {
    String name = Values.of(instance).text("name");
    Optional<InsidePostgres> inside = InsidePostgres.of(instance);
    return new DatabaseLive(
        name, inside, inside.flatMap(each -> each.leader(query(name), answers)));
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

  Live live(ProbeResults answers) {
    boolean foreign = isThere() && !isKept();
    return new Live(
        primary.isEmpty()
            ? Live.Presence.UNKNOWN
            : foreign ? Live.Presence.PRESENT : Live.Presence.ABSENT,
        foreign
            ? "Found the database %s in %s."
                .formatted(name, inside.map(each -> each.cluster().address()).orElse(""))
            : "",
        isThere() ? attributes() : ObjectValue.EMPTY,
        java.util.List.of(),
        answers);
  }

  private ObjectValue attributes() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (String name : java.util.List.of("owner", "encoding", "locale")) {
      column(name).ifPresent(text -> attributes.put(name, new Str(text)));
    }
    column("datconnlimit")
        .ifPresent(text -> attributes.put("connection_limit", new Num(new BigDecimal(text))));
    return ObjectValue.of(attributes);
  }
}
