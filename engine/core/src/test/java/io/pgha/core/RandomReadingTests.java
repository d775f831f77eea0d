package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.testing.Workbench;
import io.pgha.provider.change.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random contents of what data sources read, one after the other: what is read decides as if it
 * were written in the configuration.
 */
final class RandomReadingTests {
  private static final int STEPS = 4;
  private static final String ADDRESS = "10.0.0.1";
  private static final List<String> NAMES = List.of("p", "q", "r", "s");

  private static final String HOST =
      """
      resource "host" "a" {
        name    = "a"
        address = "10.0.0.1"
      }
      """;

  private static final String READ =
      """
      data "plain" "names" {
        host = host.a.id
        path = "/names"
      }
      data "plain" "count" {
        for_each = local.names
        host     = host.a.id
        path     = "/count-${each.key}"
      }
      locals {
        names  = toset(compact(split(",", data.plain.names.text)))
        counts = { for name in local.names : name => tonumber(data.plain.count[name].text) }
      }
      """;

  private static final String USES =
      """
      resource "note" "each" {
        for_each = local.names
        host     = host.a.id
        path     = "/note-${each.key}"
        text     = "${each.key} of ${length(local.names)}"
      }
      resource "terraform_data" "some" {
        count            = sum(concat([0], values(local.counts)))
        input            = count.index
        triggers_replace = length(note.each)
      }
      module "one" {
        source   = "./one"
        for_each = local.counts
        many     = each.value
        note     = note.each[each.key].text
      }
      output "all" {
        value = flatten([for one in module.one : one.inputs])
      }
      """;

  private static final String ONE =
      """
      variable "many" {
      }
      variable "note" {
      }
      resource "terraform_data" "some" {
        count = var.many
        input = "${var.note} ${count.index}"
      }
      output "inputs" {
        value = terraform_data.some[*].input
      }
      """;

  @TempDir Path folder;

  static List<Integer> seeds() {
    int count = Integer.getInteger("pgha.random.seeds", 30);
    return IntStream.range(0, count).boxed().toList();
  }

  /** How many instances there are of each name. */
  private static Map<String, Integer> counts(Random random) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        counts.put(name, random.nextInt(3));
      }
    }
    return counts;
  }

  /** What is read, as configuration would say it. */
  private static String written(Map<String, Integer> counts) {
    List<String> entries = new ArrayList<>();
    counts.forEach((name, count) -> entries.add(name + " = " + count));
    return """
    locals {
      counts = { %s }
      names  = toset(keys(local.counts))
    }
    """
        .formatted(String.join(", ", entries));
  }

  private static void put(Workbench bench, Map<String, Integer> counts) {
    Map<String, String> files = bench.hosts().files(ADDRESS);
    files.put("/names", String.join(",", counts.keySet()));
    counts.forEach((name, count) -> files.put("/count-" + name, count.toString()));
  }

  private static Map<String, Action> actions(Workbench bench) throws Exception {
    Plan plan = bench.plan().orElseThrow(() -> new AssertionError(bench.findings()));
    Map<String, Action> actions = new TreeMap<>();
    for (PlannedInstance change : plan.changes()) {
      actions.put(change.address(), change.action());
    }
    return actions;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decidesAsIfItWereWritten(int seed) throws Exception {
    Random random = new Random(seed);
    Path directory = Files.createDirectories(folder.resolve("s" + seed));
    Files.writeString(Files.createDirectory(directory.resolve("one")).resolve("one.pgha.hcl"), ONE);
    Workbench bench = new Workbench(directory).configure(HOST);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    for (int step = 0; step < STEPS; step++) {
      Map<String, Integer> counts = counts(random);
      String story = "seed %d, step %d: %s".formatted(seed, step, counts);
      put(bench, counts);
      Map<String, Action> written = actions(bench.configure(HOST + written(counts) + USES));
      Map<String, Action> read = actions(bench.configure(HOST + READ + USES));
      assertThat(read).as(story).isEqualTo(written);
      if (random.nextInt(4) == 0) {
        // Whoever can't be asked any more decides nothing, and loses nothing.
        bench.hosts().files(ADDRESS).remove("/names");
        Set<String> before = bench.state().instances().keySet();
        assertThat(bench.apply()).as(story).isFalse();
        assertThat(bench.state().instances().keySet()).as(story).isEqualTo(before);
        put(bench, counts);
      }
      assertThat(bench.apply()).as("%s: %s", story, bench.findings()).isTrue();
      assertThat(actions(bench)).as(story).isEmpty();
      assertThat(actions(bench.configure(HOST + written(counts) + USES))).as(story).isEmpty();
      bench.configure(HOST + READ + USES);
      PlanOptions refresh = new PlanOptions(Mode.REFRESH_ONLY, Set.of(), Set.of());
      assertThat(bench.plan(refresh).orElseThrow().isEmpty()).as(story).isTrue();
    }
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }
}
