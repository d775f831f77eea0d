package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.ForwardingSession;
import io.pgha.core.testing.Workbench;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has another address keeps everything else, on machines and in state. */
final class MoveTests {
  private static final String NOTE =
      """
      resource "host" "%1$s" {
        name    = "h"
        address = "10.0.0.1"
      }
      resource "note" "n" {
        host = host.%1$s.id
        path = "/note"
        text = "as it is"
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private Workbench module(String text) throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("m")).resolve("m.pgha.hcl"), text);
    return bench;
  }

  private static String data(String header) {
    return "resource \"terraform_data\" " + header + "\n input = 1\n}\n";
  }

  private static String moved(String from, String to) {
    return "moved {\n from = " + from + "\n to = " + to + "\n}\n";
  }

  private Set<String> addresses() throws Exception {
    return bench.state().instances().keySet();
  }

  /** Ids that are made up once and tell one object from another. */
  private Map<String, String> ids() throws Exception {
    Map<String, String> ids = new TreeMap<>();
    for (InstanceState instance : bench.state().instances().values()) {
      ids.put(instance.attributes().get("id").toString(), instance.address().text());
    }
    return ids;
  }

  @Test
  void whatMovesIsLeftAloneOnItsMachine() throws Exception {
    bench.configure(NOTE.formatted("old")).apply();
    bench.hosts().forget();
    bench.configure(NOTE.formatted("new") + moved("host.old", "host.new"));
    Plan plan = bench.plan().orElseThrow();
    assertThat(plan.stateChanges().moves().addresses())
        .containsExactly(Map.entry("host.old", "host.new"));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.isEmpty()).isFalse();
    assertThat(bench.state().instances()).as("a plan moves nothing").containsKey("host.old");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done()).isEmpty();
    assertThat(addresses()).containsExactly("host.new", "note.n");
    InstanceState note = bench.state().instances().get("note.n");
    assertThat(note.dependencies()).containsExactly("host.new");
    assertThat(note.machineIds()).containsOnlyKeys("host.new");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void whatMovesIsChangedWhereItDiffersBesides() throws Exception {
    bench.configure(NOTE.formatted("old")).apply();
    bench.hosts().forget();
    bench.configure(
        NOTE.formatted("new").replace("as it is", "other") + moved("host.old", "host.new"));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done()).containsExactly("10.0.0.1: write /note");
    assertThat(addresses()).containsExactly("host.new", "note.n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          a" {                                | b" {                              | terraform_data.a      | terraform_data.b      | terraform_data.b
          a" {; count = 2;               | b" {; count = 2;             | terraform_data.a      | terraform_data.b      | terraform_data.b[0] terraform_data.b[1]
          a" {                                | a" {; for_each = toset(["x"]); | terraform_data.a      | terraform_data.a["x"] | terraform_data.a["x"]
          a" {; for_each = toset(["x"]);   | a" {                              | terraform_data.a["x"] | terraform_data.a      | terraform_data.a
          a" {; count = 1;               | b" {; for_each = toset(["x"]); | terraform_data.a[0]   | terraform_data.b["x"] | terraform_data.b["x"]
          a" {                                | b" {; count = 1;             | terraform_data.a      | terraform_data.b      | terraform_data.b[0]
          """)
  void resourcesAndInstancesMove(String before, String after, String from, String to, String now)
      throws Exception {
    bench.configure(data(("\"" + before).replace(";", "\n"))).apply();
    Map<String, String> ids = ids();
    bench.configure(data(("\"" + after).replace(";", "\n")) + moved(from, to));
    assertThat(bench.plan().orElseThrow().changes()).isEmpty();
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(addresses()).containsExactly(now.split(" "));
    assertThat(ids()).hasSameSizeAs(ids).containsOnlyKeys(ids.keySet());
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void aChainOfMovesLeadsToItsEnd() throws Exception {
    bench.configure(data("\"a\" {")).apply();
    bench
        .configure(
            data("\"c\" {")
                + moved("terraform_data.b", "terraform_data.c")
                + moved("terraform_data.a", "terraform_data.b"))
        .apply();
    assertThat(addresses()).containsExactly("terraform_data.c");
  }

  @Test
  void twoThatEndInOnePlaceStayWhereTheyAre() throws Exception {
    bench.configure(data("\"a\" {") + data("\"b\" {")).apply();
    bench.configure(
        data("\"c\" {")
            + moved("terraform_data.a", "terraform_data.b")
            + moved("terraform_data.b", "terraform_data.c"));
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .contains("The new address is taken", "terraform_data.b would be at terraform_data.c");
    assertThat(addresses()).containsExactly("terraform_data.a", "terraform_data.b");
  }

  @Test
  void modulesMoveWithAllThatTheyHold() throws Exception {
    module(NOTE.formatted("h"));
    bench.configure("module \"old\" { source = \"./m\" }").apply();
    bench.hosts().forget();
    bench.configure(
        "module \"new\" {\n source = \"./m\"\n for_each = toset([\"x\"])\n}\n"
            + moved("module.old", "module.new[\"x\"]"));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done()).isEmpty();
    assertThat(addresses()).containsExactly("module.new[\"x\"].host.h", "module.new[\"x\"].note.n");
    assertThat(bench.state().instances().get("module.new[\"x\"].note.n").dependencies())
        .containsExactly("module.new[\"x\"].host.h");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void aModuleSaysWhatMovedInsideOfItForAllItsInstances() throws Exception {
    module(data("\"old\" {"));
    String calls = "module \"m\" {\n source = \"./m\"\n for_each = toset([\"x\", \"y\"])\n}\n";
    bench.configure(calls).apply();
    Map<String, String> ids = ids();
    module(data("\"new\" {") + moved("terraform_data.old", "terraform_data.new")).apply();
    assertThat(addresses())
        .containsExactly(
            "module.m[\"x\"].terraform_data.new", "module.m[\"y\"].terraform_data.new");
    assertThat(ids()).containsOnlyKeys(ids.keySet());
  }

  @Test
  void aResourceMovesIntoAModuleAndItsNeighbourWithTheWholeModule() throws Exception {
    module(data("\"x\" {") + data("\"y\" {"));
    bench.configure("module \"old\" { source = \"./m\" }").apply();
    Map<String, String> ids = ids();
    module(data("\"y\" {"));
    bench
        .configure(
            "module \"new\" { source = \"./m\" }\n"
                + data("\"x\" {")
                + moved("module.old", "module.new")
                + moved("module.old.terraform_data.x", "terraform_data.x"))
        .apply();
    assertThat(addresses())
        .as("%s", bench.findings())
        .containsExactly("module.new.terraform_data.y", "terraform_data.x");
    assertThat(ids()).containsOnlyKeys(ids.keySet());
  }

  @Test
  void countThatComesAndGoesMovesByItself() throws Exception {
    module(data("\"x\" {"));
    String call = "module \"m\" {\n source = \"./m\"\n";
    bench.configure(call + "}\n" + data("\"a\" {")).apply();
    Map<String, String> ids = ids();
    bench.configure(call + " count = 1\n}\n" + data("\"a\" {\n count = 2\n")).apply();
    assertThat(addresses())
        .as("%s", bench.findings())
        .containsExactly(
            "module.m[0].terraform_data.x", "terraform_data.a[0]", "terraform_data.a[1]");
    assertThat(ids()).containsKeys(ids.keySet().toArray(String[]::new));
    bench.configure(call + "}\n" + data("\"a\" {")).apply();
    assertThat(addresses()).containsExactly("module.m.terraform_data.x", "terraform_data.a");
    assertThat(ids()).isEqualTo(ids);
  }

  @Test
  void nothingIsDestroyedWhereTheNewAddressIsTaken() throws Exception {
    bench.configure(data("\"a\" {") + data("\"b\" {")).apply();
    bench.configure(data("\"b\" {") + moved("terraform_data.a", "terraform_data.b"));
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .contains(
            "terraform_data.a would be at terraform_data.b, where terraform_data.b is",
            "pgha state rm");
    assertThat(addresses()).containsExactly("terraform_data.a", "terraform_data.b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          terraform_data.a    | terraform_data.a    | Nothing moves here
          terraform_data.a    | module.m            | A module can't become a resource
          terraform_data.a.id | terraform_data.b    | Not an address
          local.list[x]       | terraform_data.b    | Not an address
          terraform_data      | terraform_data.b    | Not an address
          "terraform_data.a"  | terraform_data.b    | Not an address
          terraform_data.a[1.5] | terraform_data.b  | Not an address
          terraform_data.z    | terraform_data.q    | What moved is still there
          """)
  void whatMakesNoSenseIsAnErrorAtItsBlock(String from, String to, String summary)
      throws Exception {
    bench.configure(data("\"z\" {") + moved(from, to));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo(summary);
          assertThat(found.subject().orElseThrow().start().line()).isBetween(4, 6);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          null_resource.x       | terraform_data.z
          null_resource.x[0]    | terraform_data.z["a"]
          module.q.aaa_b.x      | terraform_data.z
          data.note.a           | data.note.b
          data.note.a           | terraform_data.b
          terraform_data.a      | host.a
          """)
  void aBlockThatNothingMatchesIsOfNoHarm(String from, String to) throws Exception {
    bench.configure(data("\"z\" {") + moved(from, to));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(addresses()).containsExactly("terraform_data.z");
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void nothingBecomesWhatItIsNot() throws Exception {
    bench.configure(data("\"a\" {")).apply();
    bench.configure(moved("terraform_data.a", "host.a"));
    assertThat(bench.apply()).isFalse();
    assertThat(bench.findings())
        .containsExactly(
            "A terraform_data can't become a host: State has terraform_data.a, and what moves stays"
                + " of its type. Take the moved block away: then it is destroyed, or forgotten where"
                + " a removed block says so.");
    assertThat(addresses()).containsExactly("terraform_data.a");
  }

  @Test
  void movesThatContradictEachOtherAreErrors() throws Exception {
    bench.configure(
        moved("terraform_data.a", "terraform_data.b")
            + moved("terraform_data.a", "terraform_data.c")
            + moved("terraform_data.d", "terraform_data.b")
            + moved("terraform_data.x", "terraform_data.y")
            + moved("terraform_data.y", "terraform_data.x"));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .anyMatch(each -> each.startsWith("terraform_data.a moves to two places"))
        .anyMatch(each -> each.startsWith("Two move to terraform_data.b"))
        .anyMatch(each -> each.startsWith("Moves in a circle"))
        .hasSize(3);
  }

  @Test
  void modulesThatWouldMoveForEverAreErrors() throws Exception {
    module(data("\"x\" {"));
    bench.configure("module \"a\" { source = \"./m\" }").apply();
    bench.configure(moved("module.a", "module.a.module.b"));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "A module moves into itself: module.a.module.b is a part of module.a. Give the module"
                + " another name, or move what it holds one by one.");
    bench.configure(moved("module.a", "module.b.module.c") + moved("module.b", "module.a"));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Moves in a circle: By the moved blocks module.a.terraform_data.x would move for ever."
                + " Keep those that say what was renamed last.");
  }

  @Test
  void nobodyNeedsAResourceByItsOldNameOnceAllOfItHasMoved() throws Exception {
    String user = "\"x\" {\n depends_on = [terraform_data.%s]\n";
    String two = " {\n for_each = toset([\"1\", \"2\"])\n";
    bench.configure(data("\"a\"" + two) + data(user.formatted("a"))).apply();
    bench
        .configure(
            data("\"b\"" + two)
                + data(user.formatted("b"))
                + moved("terraform_data.a", "terraform_data.b"))
        .apply();
    assertThat(bench.state().instances().get("terraform_data.x").dependencies())
        .containsExactly("terraform_data.b");
    bench.configure(
        data("\"b\"" + two)
            + data(user.formatted("b"))
            + data("\"a\" {\n depends_on = [terraform_data.x]\n"));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
  }

  @Test
  void whoNamesTheOldAddressIsToldTheNewOne() throws Exception {
    bench.configure(data("\"a\" {")).apply();
    bench.configure(data("\"b\" {") + moved("terraform_data.a", "terraform_data.b"));
    PlanOptions old = new PlanOptions(Mode.NORMAL, Set.of("terraform_data.a"), Set.of());
    assertThat(bench.apply(old, session -> session)).isFalse();
    assertThat(bench.findings())
        .containsExactly(
            "Unknown target: Neither configuration nor state has \"terraform_data.a\", which -target"
                + " names. terraform_data.a moves to terraform_data.b: name that.");
  }

  @Test
  void theBlocksCanBeWrittenInJson() throws Exception {
    bench.configure(data("\"a\" {") + data("\"gone\" {")).apply();
    bench.configure(data("\"b\" {"));
    Files.writeString(
        folder.resolve("moves.pgha.json"),
        """
        {
          "moved": {"from": "terraform_data.a", "to": "terraform_data.b"},
          "removed": {"from": "terraform_data.gone", "lifecycle": {"destroy": false}},
          "import": {"to": "terraform_data.b", "id": "b"}
        }
        """);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(addresses()).containsExactly("terraform_data.b");
  }

  @Test
  void aCircleByWayOfAModuleEnds() throws Exception {
    module(data("\"x\" {"));
    bench.configure("module \"a\" { source = \"./m\" }").apply();
    bench.configure(
        moved("module.a", "module.b")
            + moved("module.b.terraform_data.x", "module.a.terraform_data.x"));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).anyMatch(each -> each.startsWith("Moves in a circle"));
  }

  @Test
  void whatTheTargetsLeaveOutDoesNotMoveInSilence() throws Exception {
    bench.configure(data("\"a\" {") + data("\"other\" {")).apply();
    bench.configure(
        data("\"b\" {") + data("\"other\" {") + moved("terraform_data.a", "terraform_data.b"));
    PlanOptions other = new PlanOptions(Mode.NORMAL, Set.of("terraform_data.other"), Set.of());
    assertThat(bench.apply(other, session -> session)).isFalse();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .contains("terraform_data.a to terraform_data.b");
    PlanOptions included = new PlanOptions(Mode.NORMAL, Set.of("terraform_data.b"), Set.of());
    assertThat(bench.apply(included, session -> session)).as("%s", bench.findings()).isTrue();
    assertThat(addresses()).containsExactly("terraform_data.b", "terraform_data.other");
  }

  @Test
  void aStateThatCannotTakeTheMoveStopsEverything() throws Exception {
    bench.configure(NOTE.formatted("old")).apply();
    bench.hosts().forget();
    bench.configure(
        NOTE.formatted("new").replace("as it is", "other") + moved("host.old", "host.new"));
    record Full(StateSession session) implements ForwardingSession {
      @Override
      public void commit(JournalRecord entry) throws StateException {
        if (entry instanceof JournalRecord.Together) {
          throw new StateException("No space left on device");
        }
        session.commit(entry);
      }
    }
    assertThat(bench.apply(PlanOptions.NORMAL, Full::new)).isFalse();
    assertThat(bench.findings()).anyMatch(each -> each.contains("No space left"));
    assertThat(bench.hosts().done()).isEmpty();
    assertThat(addresses()).containsExactly("host.old", "note.n");
  }

  @Test
  void whatMovedIsDestroyedWhereItIsNow() throws Exception {
    bench.configure(NOTE.formatted("old")).apply();
    bench.configure(NOTE.formatted("new") + moved("host.old", "host.new"));
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().files("10.0.0.1")).isEmpty();
    assertThat(addresses()).isEmpty();
  }
}
