package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.ReplacementTests.Watched;
import io.pgha.core.plan.Mode;
import io.pgha.core.testing.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random configurations, one applied after the other to the same state: whatever the change, it has
 * an order, needs are there before what needs them, and nothing is left to do afterwards.
 */
final class RandomChangesTests {
  private static final int STEPS = 5;

  @TempDir Path folder;

  static List<Integer> seeds() {
    int count = Integer.getInteger("pgha.random.seeds", 60);
    return java.util.stream.IntStream.range(0, count).boxed().toList();
  }

  /** One resource of a random configuration. */
  private record Part(
      String name,
      int count,
      String trigger,
      String input,
      Set<String> uses,
      Set<String> after,
      boolean first) {
    String address() {
      return "terraform_data." + name;
    }

    List<String> instances() {
      if (count < 0) {
        return List.of(address());
      }
      List<String> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(address() + "[" + i + "]");
      }
      return all;
    }

    String text() {
      StringBuilder text = new StringBuilder("resource \"terraform_data\" \"" + name + "\" {\n");
      if (count >= 0) {
        text.append("  count = ").append(count).append('\n');
      }
      text.append("  input = [\"").append(input).append('"');
      uses.forEach(use -> text.append(", ").append(use));
      text.append("]\n  triggers_replace = [\"").append(trigger).append('"');
      if (!uses.isEmpty() && trigger.equals("a")) {
        text.append(", ").append(uses.iterator().next());
      }
      text.append("]\n");
      if (!after.isEmpty()) {
        text.append("  depends_on = [").append(String.join(", ", after)).append("]\n");
      }
      if (first) {
        text.append("  lifecycle { create_before_destroy = true }\n");
      }
      return text.append("}\n").toString();
    }
  }

  private static Map<String, Part> configuration(Random random) {
    Map<String, Part> parts = new TreeMap<>();
    List<Part> made = new ArrayList<>();
    List<Integer> numbers =
        new ArrayList<>(java.util.stream.IntStream.range(0, 7).boxed().toList());
    // Who needs whom turns round from one configuration to the next.
    Collections.shuffle(numbers, random);
    int size = 1 + random.nextInt(7);
    for (int i : numbers.subList(0, size)) {
      if (random.nextInt(5) == 0) {
        continue;
      }
      Set<String> uses = new TreeSet<>();
      Set<String> after = new TreeSet<>();
      for (Part earlier : made) {
        if (random.nextInt(6) == 0) {
          after.add(earlier.address());
        }
        if (random.nextInt(3) == 0) {
          boolean whole = earlier.count() < 1 || random.nextBoolean();
          uses.add(
              earlier.count() < 0
                  ? earlier.address() + ".id"
                  : whole ? earlier.address() + "[*].id" : earlier.address() + "[0].id");
        }
      }
      Part part =
          new Part(
              "r" + i,
              random.nextInt(3) == 0 ? random.nextInt(3) : -1,
              random.nextBoolean() ? "a" : "b",
              random.nextBoolean() ? "x" : "y",
              uses,
              after,
              random.nextInt(4) == 0);
      made.add(part);
      parts.put(part.name(), part);
    }
    return parts;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endWithNothingLeftToDo(int seed) throws Exception {
    Random random = new Random(seed);
    Path directory = Files.createDirectories(folder.resolve("s" + seed));
    Workbench bench = new Workbench(directory);
    for (int step = 0; step < STEPS; step++) {
      Map<String, Part> parts = configuration(random);
      String text = String.join("", parts.values().stream().map(Part::text).toList());
      bench.configure(text);
      List<String> events = Collections.synchronizedList(new ArrayList<>());
      boolean applied =
          bench.apply(Mode.NORMAL, session -> new Watched(session, events, id -> false));
      String story = "seed " + seed + ", step " + step + ":\n" + text + events;
      assertThat(applied).as("%s\n%s", story, bench.findings()).isTrue();
      Set<String> expected = new TreeSet<>();
      parts.values().forEach(part -> expected.addAll(part.instances()));
      assertThat(bench.state().instances().keySet()).as(story).isEqualTo(expected);
      assertThat(bench.state().deposed()).as(story).isEmpty();
      needsComeFirst(parts, events, story);
      assertThat(bench.plan().orElseThrow().isEmpty()).as(story).isTrue();
    }
    assertThat(bench.destroy()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  private static void needsComeFirst(Map<String, Part> parts, List<String> events, String story) {
    for (Part part : parts.values()) {
      Set<String> needed = new TreeSet<>(part.uses());
      needed.addAll(part.after());
      for (String use : needed) {
        String used = use.replaceFirst("\\.id$", "").replace("[*]", "");
        for (String user : part.instances()) {
          for (String event : events) {
            if (event.startsWith("made " + used + "[") || event.equals("made " + used)) {
              int made = events.indexOf("made " + user);
              assertThat(made < 0 || events.indexOf(event) < made)
                  .as("%s before %s in %s", event, user, story)
                  .isTrue();
            }
          }
        }
      }
    }
  }
}
