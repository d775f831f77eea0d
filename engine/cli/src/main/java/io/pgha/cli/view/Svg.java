package io.pgha.cli.view;

import io.pgha.cli.view.Layout.Arrow;
import io.pgha.cli.view.Layout.Box;
import io.pgha.cli.view.Layout.Point;
import java.util.List;

/** Draws a graph as SVG: what is needed on the left, what needs it on the right. */
public final class Svg {
  /** How many nodes are drawn at most. */
  public static final int MOST_NODES = 200;

  private static final double MARGIN = 12;

  private final SvgWriter out;
  private final boolean links;

  private Svg(SvgWriter out, boolean links) {
    this.out = out;
    this.links = links;
  }

  /** A drawing that stands for itself, with its style sheet. */
  public static String document(Graph graph) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + draw(graph, false) + "\n";
  }

  /** A drawing for a page that brings the style sheet; its nodes are links to their addresses. */
  static String embedded(Graph graph) {
    return draw(graph, true);
  }

  private static String draw(Graph graph, boolean links) {
    Layout layout = Layout.of(graph);
    return SvgWriter.draw(
        layout.width() + 2 * MARGIN,
        layout.height() + 2 * MARGIN,
        "graph",
        links ? "group" : "img",
        "What needs what: each box needs those to its left.",
        out -> new Svg(out, links).draw(layout));
  }

  /** The id that a page gives to what is said of an address. */
  static String anchor(String address) {
    return "r-" + address.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private void draw(Layout layout) {
    if (!links) {
      out.element("style", Pages.resource("/view/graph.css"));
    }
    layout.arrows().forEach(this::arrow);
    layout.boxes().forEach(this::box);
  }

  private void arrow(Arrow arrow) {
    List<Point> way = arrow.way();
    StringBuilder path = new StringBuilder("M" + point(way.getFirst()));
    for (int i = 1; i < way.size(); i++) {
      Point from = way.get(i - 1);
      Point to = way.get(i);
      if (i % 2 == 0) {
        path.append('L').append(point(to));
      } else {
        double middle = (from.x() + to.x()) / 2;
        path.append('C')
            .append(point(new Point(middle, from.y())))
            .append(' ')
            .append(point(new Point(middle, to.y())))
            .append(' ')
            .append(point(to));
      }
    }
    out.empty("path", "class", "arrow", "d", path.toString());
    out.attributes("data-from", arrow.needed(), "data-to", arrow.needing());
  }

  private void box(Box box) {
    String style = box.node().action().map(PlannedAction::style).orElse("none");
    String said =
        box.node().id() + box.node().action().map(action -> ": " + action.word()).orElse("");
    out.open(links ? "a" : "g");
    if (links) {
      out.attributes("href", "#" + anchor(box.node().id()), "aria-label", said);
    }
    out.attributes("class", "node " + style);
    out.element("title", said);
    double x = box.x() + MARGIN;
    double y = box.y() + MARGIN;
    out.rectangle("box", x, y, box.width(), Layout.BOX_HEIGHT, 6);
    out.rectangle("edge", x, y, 4, Layout.BOX_HEIGHT, 2);
    out.text("caption", x + 14, y + 18, box.node().caption());
    out.text("title", x + 14, y + 36, box.node().title());
    String sign = box.node().action().map(PlannedAction::sign).orElse("").strip();
    if (!sign.isEmpty()) {
      out.text("sign", x + box.width() - 10, y + 18, sign);
    }
    out.close();
  }

  private static String point(Point point) {
    return SvgWriter.number(point.x() + MARGIN) + "," + SvgWriter.number(point.y() + MARGIN);
  }
}
