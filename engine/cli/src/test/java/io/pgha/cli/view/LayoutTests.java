package io.pgha.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.view.Layout.Arrow;
import io.pgha.cli.view.Layout.Box;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTests {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void boxesDoNotOverlapAndStandRightOfWhatTheyNeed(int seed) {
    Graph graph = random(seed);
    Layout layout = Layout.of(graph);
    Map<String, Box> boxes = new HashMap<>();
    layout.boxes().forEach(box -> boxes.put(box.node().id(), box));
    assertThat(boxes).hasSameSizeAs(graph.nodes());
    for (Box one : layout.boxes()) {
      assertThat(one.y()).isBetween(0.0, layout.height() - Layout.BOX_HEIGHT);
      assertThat(one.x() + one.width()).isLessThanOrEqualTo(layout.width());
      for (Box other : layout.boxes()) {
        if (!one.equals(other) && one.x() == other.x()) {
          assertThat(Math.abs(one.y() - other.y())).isGreaterThanOrEqualTo(Layout.BOX_HEIGHT);
        }
      }
    }
    for (Arrow arrow : layout.arrows()) {
      Box needed = boxes.get(arrow.needed());
      assertThat(needed.x() + needed.width()).isLessThan(boxes.get(arrow.needing()).x());
    }
  }

  private static Graph random(int seed) {
    Random random = new Random(seed);
    Map<String, Set<String>> needs = new TreeMap<>();
    int size = 2 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      Set<String> needed = new TreeSet<>();
      for (int j = 0; j < 3 && i > 0; j++) {
        needed.add("t.n" + random.nextInt(i));
      }
      needs.put("t.n" + i, needed);
    }
    return Graph.of(needs);
  }

  @Test
  void leavesOutArrowsThatOthersImply() {
    Graph graph =
        Graph.of(Map.of("t.a", Set.of(), "t.b", Set.of("t.a"), "t.c", Set.of("t.a", "t.b")));
    assertThat(graph.reduced().needs())
        .isEqualTo(Map.of("t.a", Set.of(), "t.b", Set.of("t.a"), "t.c", Set.of("t.b")));
  }

  @Test
  void keepsTheOrderAndMovesAsLittleAsPossible() {
    assertThat(Layout.neverFalling(new double[] {1, 5, 3, 4, 10})).containsExactly(1, 4, 4, 4, 10);
    assertThat(Layout.neverFalling(new double[] {3, 2, 1})).containsExactly(2, 2, 2);
    assertThat(Layout.neverFalling(new double[] {})).isEmpty();
  }

  @Test
  void condensesInstancesThenModules() {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (int module = 0; module < 3; module++) {
      for (int i = 0; i < 4; i++) {
        needs.put("module.m[%d].t.a[%d]".formatted(module, i), Set.of("t.base"));
        needs.put("module.m[%d].t.b[\"k.%d\"]".formatted(module, i), Set.of());
      }
    }
    needs.put("t.base", Set.of());
    Graph graph = Graph.of(needs);
    assertThat(ids(graph.condensed(10)))
        .containsExactly(
            "module.m[0].t.a",
            "module.m[0].t.b",
            "module.m[1].t.a",
            "module.m[1].t.b",
            "module.m[2].t.a",
            "module.m[2].t.b",
            "t.base");
    assertThat(ids(graph.condensed(3))).containsExactly("module.m", "t.base");
    assertThat(graph.condensed(3).orElseThrow().needsOf("module.m")).containsExactly("t.base");
    assertThat(graph.condensed(1)).isEmpty();
  }

  private static List<String> ids(java.util.Optional<Graph> graph) {
    return graph.orElseThrow().nodes().stream().map(Graph.Node::id).toList();
  }
}
