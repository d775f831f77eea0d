package io.pgha.state.file;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.state.ArtifactState;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.LockInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Instances and locks for tests. */
final class Samples {
  private Samples() {}

  static LockInfo lock(String operation) {
    return LockInfo.of(operation, "0.1.0");
  }

  /** A small instance that is told apart by a number. */
  static InstanceState small(int index, int revision) {
    return new InstanceState(
        InstanceAddress.parse("terraform_data.many[" + index + "]"),
        1,
        ObjectValue.of(Map.of("id", new Str("id-" + index), "revision", Num.of(revision))),
        List.of(),
        List.of(),
        Map.of(),
        Set.of(),
        false,
        false);
  }

  /** An instance that uses everything that there is. */
  static InstanceState rich() {
    TreeMap<String, Value> attributes = new TreeMap<>();
    attributes.put("text", new Str("a \"b\" \\ \n \u0000 é 𝄞"));
    attributes.put("fraction", new Num(new BigDecimal("0.1")));
    attributes.put("large", new Num(new BigDecimal("123456789012345678901234567890")));
    attributes.put("truth", Bool.TRUE);
    attributes.put("nothing", Null.ANY);
    attributes.put("no_text", new Null(Type.STRING));
    attributes.put("list", new ListValue(Type.STRING, List.of(new Str("a"), new Str("b"))));
    attributes.put("empty_set", new SetValue(Type.NUMBER, List.of()));
    attributes.put("map", MapValue.of(Type.BOOL, Map.of("k", Bool.FALSE)));
    attributes.put("tuple", new TupleValue(List.of(new Str("x"), Num.of(1))));
    attributes.put(
        "nested",
        new ListValue(
            Type.object(Map.of("port", Type.NUMBER, "name", Type.STRING)),
            List.of(ObjectValue.of(Map.of("port", Num.of(5432), "name", new Null(Type.STRING))))));
    return new InstanceState(
        InstanceAddress.parse("module.a[\"x.y\"].patroni_node.db[\"psql-db-1\"]"),
        "",
        "patroni.east",
        3,
        new ObjectValue(attributes),
        List.of(AttributePath.of("map").key("a\"b\\c"), AttributePath.of("list").index(1)),
        List.of(
            new ArtifactState(
                "host.db[\"psql-db-1\"]", "file:/etc/x", Map.of("mode", "0640", "sha256", "00"))),
        Map.of("host.db[\"psql-db-1\"]", "0123456789abcdef"),
        Set.of("host.db[\"psql-db-1\"]", "patroni_cluster.main"),
        true,
        true,
        false,
        Map.of("host.db[\"psql-db-1\"]", "0123456789abcdef"),
        Map.of("salt", "c2FsdA=="));
  }
}
