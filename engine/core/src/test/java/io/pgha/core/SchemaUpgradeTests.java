package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another version of pgha applied, by another version of a schema. */
final class SchemaUpgradeTests {
  private static final String BOX = "resource \"box\" \"b\" { title = \"Tools\" }\n";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void applyBox() throws Exception {
    bench = new Workbench(folder).configure(BOX);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(box().schemaVersion()).isEqualTo(2);
  }

  private InstanceState box() throws Exception {
    return bench.state().instances().get("box.b");
  }

  /** Makes state say what version 1 kept, which called the title a name. */
  private void keepAsOlder() throws Exception {
    TreeMap<String, Value> attributes = new TreeMap<>(box().attributes().attributes());
    attributes.put("name", attributes.remove("title"));
    bench.record(box().withAttributes(1, ObjectValue.of(attributes)));
    assertThat(box().attributes().get("title")).isEqualTo(Null.ANY);
  }

  @Test
  void anOlderOneIsUpgradedAndThatIsNoChange() throws Exception {
    keepAsOlder();
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
    assertThat(box().schemaVersion()).as("a plan writes nothing").isEqualTo(1);
  }

  @Test
  void anApplyKeepsIt() throws Exception {
    keepAsOlder();
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(box().schemaVersion()).isEqualTo(2);
    assertThat(box().attributes().get("title")).isEqualTo(new Str("Tools"));
    assertThat(box().attributes().attributes()).doesNotContainKey("name");
  }

  @Test
  void aDestroyTakesItAway() throws Exception {
    keepAsOlder();
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  @Test
  void anOlderOneIsMovedAndUpgradedAtOnce() throws Exception {
    keepAsOlder();
    bench.configure(BOX.replace("\"b\"", "\"c\"") + "moved {\n from = box.b\n to = box.c\n}\n");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).containsOnlyKeys("box.c");
    assertThat(bench.state().instances().get("box.c").schemaVersion()).isEqualTo(2);
  }

  @Test
  void aNewerOneIsRefused() throws Exception {
    bench.record(box().withAttributes(7, box().attributes()));
    String refused =
        "Applied by a newer pgha: box.b: State keeps it in version 7 of the schema of box, and this"
            + " pgha knows version 2. Use the pgha that applied it, or a newer one; nothing was"
            + " changed.";
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(refused);
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings()).containsExactly(refused);
    assertThat(bench.destroy()).isFalse();
    assertThat(bench.drift(PlanOptions.NORMAL)).isEmpty();
    assertThat(bench.findings()).containsExactly(refused);
    assertThat(bench.plan(new PlanOptions(Mode.REFRESH_ONLY, Set.of(), Set.of()))).isEmpty();
    assertThat(box().schemaVersion()).isEqualTo(7);
  }
}
