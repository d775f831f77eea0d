package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.ReplacementTests.Watched;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.ForwardingSession;
import io.pgha.core.testing.Workbench;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random configurations, one applied after the other to the same state, which was spoilt in between
 * by what was tainted, by applies that were cut off anywhere, and by applies of a part: whatever
 * the change, it has an order, needs are there before what needs them and go after it, and nothing
 * is left to do afterwards.
 */
final class RandomChangesTests {
  private static final int STEPS = 5;
  private static final List<String> KEYS = List.of("x", "y", "z");

  /**
   * What the states had in them when something was applied: a test that sees none of it is blind.
   */
  private static final Set<String> SPOILT = new ConcurrentSkipListSet<>();

  @TempDir Path folder;

  static List<Integer> seeds() {
    int count = Integer.getInteger("pgha.random.seeds", 60);
    return java.util.stream.IntStream.range(0, count).boxed().toList();
  }

  @AfterAll
  static void statesWereSpoiltInEveryWay() {
    assertThat(SPOILT).contains("tainted", "deposed", "moved", "applied in part", "cut off");
  }

  /**
   * One resource of a random configuration.
   *
   * @param count of its instances; below 0 for the only one
   * @param keys those of its instances; empty where it has no for_each
   */
  private record Part(
      String name,
      int count,
      Set<String> keys,
      String trigger,
      String input,
      Set<String> uses,
      Set<String> after,
      boolean first) {
    String address() {
      return "terraform_data." + name;
    }

    boolean isSingle() {
      return count < 0 && keys.isEmpty();
    }

    /** An expression with the ids of some of its instances. */
    String ids(Random random) {
      if (isSingle()) {
        return address() + ".id";
      }
      if (!keys.isEmpty()) {
        return random.nextBoolean()
            ? "[for each in " + address() + " : each.id]"
            : address() + "[\"" + keys.iterator().next() + "\"].id";
      }
      return count == 0 || random.nextBoolean() ? address() + "[*].id" : address() + "[0].id";
    }

    List<String> instances() {
      if (!keys.isEmpty()) {
        return keys.stream().map(key -> address() + "[\"" + key + "\"]").toList();
      }
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
      if (!keys.isEmpty()) {
        text.append("  for_each = toset([\"").append(String.join("\", \"", keys)).append("\"])\n");
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
          uses.add(earlier.ids(random));
        }
      }
      int repeated = random.nextInt(5);
      Part part =
          new Part(
              "r" + i,
              repeated == 0 ? random.nextInt(3) : -1,
              repeated == 1 ? some(KEYS, random) : Set.of(),
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

  /** At least one of all. */
  private static Set<String> some(List<String> all, Random random) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return new TreeSet<>(shuffled.subList(0, 1 + random.nextInt(all.size())));
  }

  /** Moves something that goes to something that comes, now and then. */
  private static String moves(Map<String, Part> before, Map<String, Part> now, Random random) {
    List<Part> going =
        before.values().stream().filter(part -> !now.containsKey(part.name())).toList();
    List<Part> coming =
        now.values().stream().filter(part -> !before.containsKey(part.name())).toList();
    if (going.isEmpty() || coming.isEmpty() || random.nextBoolean()) {
      return "";
    }
    SPOILT.add("moved");
    return "moved {\n  from = %s\n  to   = %s\n}\n"
        .formatted(going.getFirst().address(), coming.getFirst().address());
  }

  /** Leaves behind in the state what bad days leave behind. */
  private static void spoil(Workbench bench, Random random) throws Exception {
    for (InstanceState instance : bench.state().instances().values()) {
      if (random.nextInt(6) == 0 && !instance.incomplete()) {
        bench.record(instance.withTainted(true));
      }
    }
    List<String> all = List.copyOf(bench.state().instances().keySet());
    switch (random.nextInt(4)) {
      case 0 -> cutOff(bench, random);
      case 1 -> {
        if (!all.isEmpty()) {
          // It may need what can't be told without others: that is refused, and nothing is done.
          PlanOptions part = new PlanOptions(Mode.NORMAL, some(all, random), Set.of());
          if (bench.apply(part, session -> session)) {
            SPOILT.add("applied in part");
          }
        }
      }
      default -> {
        // a good day
      }
    }
    State state = bench.state();
    state.objects().filter(InstanceState::tainted).forEach(_ -> SPOILT.add("tainted"));
    state.deposed().values().forEach(_ -> SPOILT.add("deposed"));
  }

  /** An apply of which some results can't be recorded. */
  private static void cutOff(Workbench bench, Random random) throws Exception {
    int seed = random.nextInt();
    bench.apply(Mode.NORMAL, session -> new Cut(session, seed));
  }

  /** Refuses a third of all results: which ones does not hang on the order of threads. */
  private record Cut(StateSession session, int seed) implements ForwardingSession {
    @Override
    public void commit(JournalRecord entry) throws StateException {
      String result =
          switch (entry) {
            case JournalRecord.Recorded(InstanceState made) when !made.incomplete() ->
                "made " + made.id();
            case JournalRecord.Removed(String id) -> "removed " + id.replaceFirst(" .*", "");
            default -> "";
          };
      if (!result.isEmpty() && Math.floorMod((result + seed).hashCode(), 3) == 0) {
        SPOILT.add("cut off");
        throw new StateException("No space left on device.");
      }
      session.commit(entry);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endWithNothingLeftToDo(int seed) throws Exception {
    Random random = new Random(seed);
    Path directory = Files.createDirectories(folder.resolve("s" + seed));
    Workbench bench = new Workbench(directory);
    Map<String, Part> before = Map.of();
    for (int step = 0; step < STEPS; step++) {
      Map<String, Part> parts = configuration(random);
      String text =
          String.join("", parts.values().stream().map(Part::text).toList())
              + moves(before, parts, random);
      bench.configure(text);
      spoil(bench, random);
      State prior = bench.state();
      List<String> events = Collections.synchronizedList(new ArrayList<>());
      boolean applied =
          bench.apply(Mode.NORMAL, session -> new Watched(session, events, id -> false));
      String story = "seed " + seed + ", step " + step + ":\n" + text + events;
      assertThat(applied).as("%s\n%s", story, bench.findings()).isTrue();
      Set<String> expected = new TreeSet<>();
      parts.values().forEach(part -> expected.addAll(part.instances()));
      assertThat(bench.state().instances().keySet()).as(story).isEqualTo(expected);
      assertThat(bench.state().objects()).as(story).noneMatch(InstanceState::tainted);
      assertThat(bench.state().deposed()).as(story).isEmpty();
      needsComeFirst(parts, events, story);
      needsGoLast(prior, events, story);
      assertThat(bench.plan().orElseThrow().isEmpty()).as(story).isTrue();
      before = parts;
    }
    assertThat(bench.destroy()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  /**
   * What goes, goes after all that needed it, as state knows, and that goes too. Where state says
   * of something that it needs itself through others, as after an apply of a part, there is no
   * order.
   */
  private static void needsGoLast(State prior, List<String> events, String story) {
    List<InstanceState> gone =
        prior.instances().values().stream()
            .filter(instance -> events.contains("removed " + instance.id()))
            .filter(instance -> !neededBy(instance, prior).contains(instance.id()))
            .toList();
    for (InstanceState used : gone) {
      for (InstanceState user : gone) {
        if (needs(user, used)) {
          assertThat(events)
              .as("%s goes before %s: %s", user.id(), used.id(), story)
              .containsSubsequence("removed " + user.id(), "removed " + used.id());
        }
      }
    }
  }

  private static boolean needs(InstanceState user, InstanceState used) {
    return user.dependencies().contains(used.id())
        || user.dependencies().contains(used.id().replaceFirst("\\[.*", ""));
  }

  /** All that something needs, itself or through others. */
  private static Set<String> neededBy(InstanceState user, State prior) {
    Set<String> found = new TreeSet<>();
    Deque<InstanceState> open = new ArrayDeque<>(List.of(user));
    while (!open.isEmpty()) {
      InstanceState next = open.remove();
      for (InstanceState other : prior.instances().values()) {
        if (needs(next, other) && found.add(other.id())) {
          open.add(other);
        }
      }
    }
    return found;
  }

  private static void needsComeFirst(Map<String, Part> parts, List<String> events, String story) {
    for (Part part : parts.values()) {
      Set<String> needed = new TreeSet<>(part.uses());
      needed.addAll(part.after());
      for (String use : needed) {
        String used =
            use.replaceFirst("^\\[for each in (.*) : each.id]$", "$1")
                .replaceFirst("\\.id$", "")
                .replace("[*]", "");
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
