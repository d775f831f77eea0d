package io.pgha.ssh.probe;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.step.Shell;
import io.pgha.ssh.script.SqlCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** SQL: one psql for each database, read-only, the answers as CSV. */
final class SqlSection implements Section {
  private final List<Probe.OfSql> probes;
  private final int seconds;

  SqlSection(List<Probe.OfSql> probes, int seconds) {
    this.probes = probes;
    this.seconds = seconds;
  }

  private record Database(int port, String socketDirectory, String name) {}

  private Map<Database, List<Integer>> byDatabase() {
    Map<Database, List<Integer>> databases = new LinkedHashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      Probe.OfSql probe = probes.get(i);
      if (objection(probe).isEmpty()) {
        databases
            .computeIfAbsent(
                new Database(probe.port(), probe.socketDirectory(), probe.database()),
                database -> new ArrayList<>())
            .add(i);
      }
    }
    return databases;
  }

  private static Optional<String> objection(Probe.OfSql probe) {
    if ((probe.socketDirectory() + probe.database() + probe.query()).indexOf('\0') >= 0) {
      return Optional.of("the query holds a NUL character");
    }
    // psql takes an argument that starts so for one of its own commands, which can run programs.
    return probe.query().strip().startsWith("\\")
        ? Optional.of("a query can't start with a backslash")
        : Optional.empty();
  }

  @Override
  public List<String> parts(String nonce) {
    List<String> parts = new ArrayList<>();
    byDatabase()
        .forEach((database, indices) -> {
          StringBuilder queries = new StringBuilder();
          for (int index : indices) {
            queries
                .append(" -c ")
                .append(Shell.quote("\\echo '\\n" + nonce + " sql " + index + "'"))
                .append(" -c ")
                .append(Shell.quote(probes.get(index).query()))
                .append(" -c ")
                .append(
                    Shell.quote(
                        "\\echo '\\n"
                            + nonce
                            + " sql-end "
                            + index
                            + "' :ERROR '\\n':LAST_ERROR_MESSAGE"));
          }
          parts.add(part(database, indices.getFirst(), queries.toString(), nonce));
        });
    return parts;
  }

  private String part(Database database, int first, String queries, String nonce) {
    String socket = database.socketDirectory() + "/.s.PGSQL." + database.port();
    return SqlCommands.FIND_PSQL
        + "if [ -n \"$P\" ] && [ -S %s ]; then\n".formatted(Shell.quote(socket))
        + "f sql-start %d\n".formatted(first)
        + "PGPASSFILE=/dev/null PGCONNECT_TIMEOUT=%d PGOPTIONS=%s \\\n"
            .formatted(
                Math.min(5, seconds),
                Shell.quote(
                    "-c default_transaction_read_only=on -c client_min_messages=error"
                        + " -c statement_timeout="
                        + seconds
                        + "s"))
        + SqlCommands.AS_POSTGRES
        + " \"$P\" -X -q --csv -P null=%s -h %s -p %d -d %s%s 2>&1 </dev/null\n"
            .formatted(
                nonce,
                Shell.quote(database.socketDirectory()),
                database.port(),
                Shell.quote(database.name()),
                queries)
        + "f sql-group %d $?\nelse f sql-group %d none; fi\n".formatted(first, first);
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    for (List<Integer> indices : byDatabase().values()) {
      String group =
          frames.find("sql-group", indices.getFirst()).map(Frames.Frame::note).orElse("");
      for (int index : indices) {
        answers.put(probes.get(index), answer(frames, indices.getFirst(), index, nonce, group));
      }
    }
    for (Probe.OfSql probe : probes) {
      objection(probe).ifPresent(reason -> answers.put(probe, new ProbeResult.Failed<>(reason)));
    }
  }

  private ProbeResult<SqlRows> answer(
      Frames frames, int first, int index, String nonce, String group) {
    if (group.equals("none")) {
      return new ProbeResult.Absent<>();
    }
    Optional<Frames.Frame> rows = frames.find("sql", index);
    Optional<Frames.Frame> end = frames.find("sql-end", index);
    if (rows.isPresent() && end.isPresent() && end.get().note().startsWith("false")) {
      return rows(rows.get().text(), nonce);
    }
    if (end.isPresent()) {
      return new ProbeResult.Failed<>(end.get().text().strip());
    }
    String said = frames.find("sql-start", first).map(Frames.Frame::text).orElse("").strip();
    if (said.contains("No such file or directory") || said.contains("Connection refused")) {
      return new ProbeResult.Absent<>();
    }
    return new ProbeResult.Failed<>(
        group.equals(Watchdog.KILLED)
            ? "the server did not answer within " + seconds + " s"
            : said.isEmpty() ? "psql ended with status " + group : said);
  }

  private static ProbeResult<SqlRows> rows(String csv, String nonce) {
    try (CSVParser parser = CSVParser.parse(csv, CSVFormat.RFC4180)) {
      List<List<String>> records =
          StreamSupport.stream(parser.spliterator(), false).map(CSVRecord::toList).toList();
      if (records.isEmpty()) {
        return new ProbeResult.Found<>(new SqlRows(List.of(), List.of()));
      }
      List<List<Optional<String>>> values =
          records.stream()
              .skip(1)
              .map(record ->
                  record.stream()
                      .map(value -> Optional.of(value).filter(text -> !text.equals(nonce)))
                      .toList())
              .toList();
      return new ProbeResult.Found<>(new SqlRows(records.getFirst(), values));
    } catch (IOException | UncheckedIOException e) {
      return new ProbeResult.Failed<>("psql's answer can't be read: " + e.getMessage());
    }
  }
}
