package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresSettingTests {
  @ParameterizedTest
  @CsvSource({
    "wal_keep_size, 128MB, 131072kB",
    "wal_keep_size, 128MB, 128",
    "shared_buffers, 128MB, 16384",
    "archive_timeout, 1800s, 30min",
    "archive_timeout, 1800, 0.5h",
    "wal_log_hints, on, true",
    "archive_mode, True, on",
    "checkpoint_completion_target, 0.9, 0.90",
    "max_connections, 100, 100",
    "log_min_duration_statement, -1, -1"
  })
  void knowsWhatMeansTheSame(String name, String left, String right) {
    assertThat(PostgresSetting.same(name, left, right)).isTrue();
    assertThat(PostgresSetting.same(name, right, left)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "wal_keep_size, 128MB, 128kB",
    "max_connections, 1, true",
    "archive_timeout, 1800s, 1800min",
    "archive_command, on, true2",
    "work_mem, 4MB, 4XB"
  })
  void knowsWhatDoesNot(String name, String left, String right) {
    assertThat(PostgresSetting.same(name, left, right)).isFalse();
  }

  @Test
  void objectsAsPostgresqlWould() {
    PostgresSetting connections = PostgresSetting.named("max_connections").orElseThrow();
    assertThat(connections.objection("100")).isEmpty();
    assertThat(connections.objection("0")).contains("the least value is 1");
    assertThat(connections.objection("100MB")).contains("it is a number without a unit");
    assertThat(PostgresSetting.named("hot_standby").orElseThrow().objection("maybe"))
        .contains("it is a truth value: write true or false");
    assertThat(PostgresSetting.named("ssl_min_protocol_version").orElseThrow().objection("TLSv9"))
        .hasValueSatisfying(text -> assertThat(text).startsWith("it takes one of"));
  }

  @Test
  void knowsWhatTakesARestart() {
    assertThat(PostgresSetting.named("max_connections").orElseThrow().needsRestart()).isTrue();
    assertThat(PostgresSetting.named("work_mem").orElseThrow().needsRestart()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "log_statement, true",
    "log_statement, off",
    "wal_level, on",
    "track_functions, yes",
    "synchronous_commit, t",
    "password_encryption, on"
  })
  void objectsToTruthsWhereTheyAreNoChoice(String name, String value) {
    assertThat(PostgresSetting.named(name).orElseThrow().objection(value))
        .hasValueSatisfying(text -> assertThat(text).startsWith("it takes one of"));
  }

  @ParameterizedTest
  @CsvSource({
    "log_statement, NONE",
    "synchronous_commit, true",
    "synchronous_commit, 0",
    "archive_mode, Yes",
    "huge_pages, false",
    "wal_compression, on"
  })
  void takesTruthsWhereTheyAreChoices(String name, String value) {
    assertThat(PostgresSetting.named(name).orElseThrow().objection(value)).isEmpty();
  }
}
