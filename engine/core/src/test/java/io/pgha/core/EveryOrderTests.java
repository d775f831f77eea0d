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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three values, each made of the one before it: all that may happen to each of them, with all
 * combinations of create_before_destroy.
 */
final class EveryOrderTests {
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** What happens to a value. */
  private enum Fate {
    STAYS,
    CHANGES,
    IS_MADE_ANEW,
    GOES
  }

  @TempDir Path folder;

  /** Each combination of create_before_destroy, as a bit for each value. */
  static List<Integer> successors() {
    return IntStream.range(0, 8).boxed().toList();
  }

  private static boolean isFirst(int successors, int index) {
    return (successors >> index & 1) == 1;
  }

  private static String text(List<Fate> fates, int successors) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < NAMES.size(); i++) {
      Fate fate = fates.get(i);
      if (fate == Fate.GOES) {
        continue;
      }
      boolean uses = i > 0 && fates.get(i - 1) != Fate.GOES;
      text.append(
          """
          resource "terraform_data" "%s" {
            input            = ["%s", %s]
            triggers_replace = "%s"
            lifecycle { create_before_destroy = %s }
          }
          """
              .formatted(
                  NAMES.get(i),
                  fate == Fate.CHANGES ? "new" : "old",
                  uses ? "terraform_data." + NAMES.get(i - 1) + ".id" : "null",
                  fate == Fate.IS_MADE_ANEW ? "new" : "old",
                  isFirst(successors, i)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("successors")
  void isRight(int successors) throws Exception {
    List<Fate> all = List.of(Fate.values());
    for (Fate a : all) {
      for (Fate b : all) {
        for (Fate c : all) {
          check(List.of(a, b, c), successors);
        }
      }
    }
  }

  private void check(List<Fate> fates, int successors) throws Exception {
    Workbench bench = new Workbench(Files.createTempDirectory(folder, "run"));
    bench.configure(text(List.of(Fate.STAYS, Fate.STAYS, Fate.STAYS), successors));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    bench.configure(text(fates, successors));
    String what = "%s with create_before_destroy %s: %%s".formatted(fates, successors);
    assertThat(bench.apply(Mode.NORMAL, session -> new Watched(session, events, id -> false)))
        .as(what, bench.findings())
        .isTrue();
    for (int i = 0; i < NAMES.size(); i++) {
      checkOwn(fates, successors, i, events, what);
      if (i > 0) {
        checkPair(
            "terraform_data." + NAMES.get(i - 1), "terraform_data." + NAMES.get(i), events, what);
      }
    }
    assertThat(bench.state().deposed()).as(what, events).isEmpty();
    assertThat(bench.plan().orElseThrow().isEmpty()).as(what, events).isTrue();
  }

  /** What is made anew is made before the old one goes where it, or a user of it, asks for that. */
  private static void checkOwn(
      List<Fate> fates, int successors, int index, List<String> events, String what) {
    String address = "terraform_data." + NAMES.get(index);
    switch (fates.get(index)) {
      case STAYS -> assertThat(events).as(what, events).noneMatch(isGone(address));
      case CHANGES ->
          assertThat(events)
              .as(what, events)
              .contains("made " + address)
              .noneMatch(isGone(address));
      case GOES ->
          assertThat(events)
              .as(what, events)
              .contains("removed " + address)
              .doesNotContain("made " + address);
      case IS_MADE_ANEW -> {
        boolean first = false;
        for (int user = index; user < NAMES.size() && fates.get(user) != Fate.GOES; user++) {
          first |= isFirst(successors, user);
        }
        assertThat(events)
            .as(what, events)
            .containsSubsequence(
                first
                    ? List.of("made " + address, "removed " + address + " (deposed)")
                    : List.of("removed " + address, "made " + address));
      }
    }
  }

  private static Predicate<String> isGone(String address) {
    return event -> event.startsWith("removed " + address);
  }

  /** What is needed is there before its user is, and goes once nobody uses it any more. */
  private static void checkPair(String needed, String user, List<String> events, String what) {
    int made = events.indexOf("made " + user);
    int neededMade = events.indexOf("made " + needed);
    if (made >= 0 && neededMade >= 0) {
      assertThat(neededMade).as(what, events).isLessThan(made);
    }
    int gone = last(isGone(needed), events);
    if (gone < 0) {
      return;
    }
    assertThat(last(isGone(user), events)).as(what, events).isLessThan(gone);
    boolean comesBack = events.contains("removed " + needed) && neededMade >= 0;
    if (made >= 0 && !comesBack) {
      assertThat(made).as(what, events).isLessThan(gone);
    }
  }

  private static int last(Predicate<String> kind, List<String> events) {
    int last = -1;
    for (int i = 0; i < events.size(); i++) {
      if (kind.test(events.get(i))) {
        last = i;
      }
    }
    return last;
  }
}
