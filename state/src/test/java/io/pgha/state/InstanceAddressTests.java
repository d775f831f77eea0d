package io.pgha.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceAddressTests {
  @Test
  void theSimplestHasTypeAndName() {
    assertThat(InstanceAddress.parse("host.db"))
        .isEqualTo(
            new InstanceAddress("host.db", "", InstanceAddress.Mode.MANAGED, "host", "db", ""));
  }

  @Test
  void modulesModeAndKeysAreFound() {
    String text = "module.a[\"x.y]\\\"\"].module.b[3].data.pg_role.app-1[\"k\"]";
    assertThat(InstanceAddress.parse(text))
        .isEqualTo(
            new InstanceAddress(
                text,
                "module.a[\"x.y]\\\"\"].module.b[3]",
                InstanceAddress.Mode.DATA,
                "pg_role",
                "app-1",
                "[\"k\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "host.",
        ".db",
        "host.db.x",
        "host.db[",
        "host.db[]",
        "host.db[x]",
        "host.db[\"x]",
        "host.db[1]x",
        "module.a",
        "module.a.host",
        "host db.x",
        "1.2",
        "data.a"
      })
  void whatIsNoneIsToldSo(String text) {
    assertThatThrownBy(() -> InstanceAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"" + text + "\" is no address of a resource instance such as host.db[\"psql-db-1\"]");
  }
}
