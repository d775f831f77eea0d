package io.pgha.provider.patroni;

import static io.pgha.provider.schema.Attribute.optional;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The resource type {@code pg_database}: a database of a cluster, made on its leader.
 *
 * <p>It comes after all nodes of its cluster. Its data is kept on destroy unless asked for.
 */
public final class PostgresDatabaseType implements ResourceType {
  private static final String DOC =
      """
      A database inside the PostgreSQL of a `patroni_cluster`, made on the leader once all nodes are
      up. Its encoding and locale are fixed when it is made. On destroy the database stays, with all
      that is in it, unless `delete_on_destroy` is true; the next apply resumes with one that stayed.
      """;

  private static final String EXAMPLE =
      """
      resource "pg_database" "app" {
        cluster = patroni_cluster.main.id
        name    = "app"
        owner   = pg_role.admin.name
      }
      """;

  /** UTF8 and utf-8 are one encoding. */
  private static final Equivalence ENCODING =
      (path, left, right) ->
          left instanceof Str(String one)
              && right instanceof Str(String other)
              && plain(one).equals(plain(other));

  static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("cluster", Type.STRING, "The cluster, as its `id`.")
                  .referringTo(PatroniClusterType.NAME)
                  .forceNew(),
              required("name", Type.STRING, "The database's name.").forceNew(),
              optional("owner", new Str("postgres"), "The role that owns it."),
              optional(
                      "encoding",
                      Type.STRING,
                      "Its encoding, such as `UTF8`. Default: as its template.")
                  .comparedBy(ENCODING),
              optional("locale", Type.STRING, "Its locale. Default: as its template."),
              optional(
                  "template",
                  Type.STRING,
                  "The database that it is copied from. Counts only once; default: `template1`."),
              optional("connection_limit", Num.of(-1), "How many connections it takes; -1: any."),
              optional(
                  "delete_on_destroy",
                  Bool.FALSE,
                  "Whether destroying it drops the database and all that is in it.")),
          EXAMPLE);

  /** Stateless. */
  public PostgresDatabaseType() {}

  private static String plain(String encoding) {
    return encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  @Override
  public String name() {
    return "pg_database";
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
  public List<Diagnostic> validate(Instance instance) {
    Values values = Values.of(instance);
    List<Diagnostic> found = new ArrayList<>(ObjectName.validate(values, "name"));
    if (Set.of("postgres", "template0", "template1").contains(values.text("name"))) {
      found.add(
          Diagnostic.error(
                  "reserved-name",
                  values.text("name") + " is PostgreSQL's own database",
                  "Choose another name.")
              .of(AttributePath.of("name")));
    }
    return found;
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return InsidePostgres.of(instance)
        .map(inside -> inside.leaderProbes(DatabaseLive.query(Values.of(instance).text("name"))))
        .orElse(List.of());
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return DatabaseLive.of(instance, results).live(results);
  }

  @Override
  public Change plan(PlanRequest request) {
    DatabaseLive live = DatabaseLive.of(request.instance(), request.live().answers());
    return request.deletion()
        ? new DatabaseChange(request, live).removal()
        : new DatabaseChange(request, live).change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return InsideDrift.ofDatabase(Values.of(applied.instance()).text("name"), differences);
  }

  @Override
  public List<FindingKind> findings() {
    return PatroniFinding.DATABASE;
  }
}
