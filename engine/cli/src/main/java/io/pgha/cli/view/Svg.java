package io.pgha.cli.view;

import io.pgha.cli.view.Layout.Arrow;
import io.pgha.cli.view.Layout.Box;
import io.pgha.cli.view.Layout.Point;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Draws a graph as SVG: what is needed on the left, what needs it on the right. */
public final class Svg {
  /** How many nodes are drawn at most. */
  public static final int MOST_NODES = 200;

  private static final double MARGIN = 12;
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final XMLStreamWriter out;
  private final boolean links;

  private Svg(XMLStreamWriter out, boolean links) {
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
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new Svg(out, links).draw(Layout.of(graph));
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** The id that a page gives to what is said of an address. */
  static String anchor(String address) {
    return "r-" + address.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private void draw(Layout layout) throws XMLStreamException {
    double width = layout.width() + 2 * MARGIN;
    double height = layout.height() + 2 * MARGIN;
    out.writeStartElement("svg");
    out.writeDefaultNamespace(NAMESPACE);
    out.writeAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
    out.writeAttribute("width", number(width));
    out.writeAttribute("height", number(height));
    out.writeAttribute("class", "graph");
    out.writeAttribute("role", links ? "group" : "img");
    out.writeAttribute("aria-label", "What needs what: each box needs those to its left.");
    if (!links) {
      out.writeStartElement("style");
      out.writeCharacters(Pages.resource("graph.css"));
      out.writeEndElement();
    }
    for (Arrow arrow : layout.arrows()) {
      arrow(arrow);
    }
    for (Box box : layout.boxes()) {
      box(box);
    }
    out.writeEndElement();
  }

  private void arrow(Arrow arrow) throws XMLStreamException {
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
    out.writeEmptyElement("path");
    out.writeAttribute("class", "arrow");
    out.writeAttribute("d", path.toString());
    out.writeAttribute("data-from", arrow.needed());
    out.writeAttribute("data-to", arrow.needing());
  }

  private void box(Box box) throws XMLStreamException {
    String style = box.node().action().map(PlannedAction::style).orElse("none");
    String said =
        box.node().id() + box.node().action().map(action -> ": " + action.word()).orElse("");
    out.writeStartElement(links ? "a" : "g");
    if (links) {
      out.writeAttribute("href", "#" + anchor(box.node().id()));
      out.writeAttribute("aria-label", said);
    }
    out.writeAttribute("class", "node " + style);
    out.writeStartElement("title");
    out.writeCharacters(said);
    out.writeEndElement();
    rectangle(box, box.width(), "box");
    rectangle(box, 4, "edge");
    text(box, 14, 18, "caption", box.node().caption());
    text(box, 14, 36, "title", box.node().title());
    String sign = box.node().action().map(PlannedAction::sign).orElse("").strip();
    if (!sign.isEmpty()) {
      text(box, box.width() - 10, 18, "sign", sign);
    }
    out.writeEndElement();
  }

  private void rectangle(Box box, double width, String style) throws XMLStreamException {
    out.writeEmptyElement("rect");
    out.writeAttribute("class", style);
    out.writeAttribute("x", number(box.x() + MARGIN));
    out.writeAttribute("y", number(box.y() + MARGIN));
    out.writeAttribute("width", number(width));
    out.writeAttribute("height", number(Layout.BOX_HEIGHT));
    out.writeAttribute("rx", width > 4 ? "6" : "2");
  }

  private void text(Box box, double x, double y, String style, String content)
      throws XMLStreamException {
    out.writeStartElement("text");
    out.writeAttribute("class", style);
    out.writeAttribute("x", number(box.x() + x + MARGIN));
    out.writeAttribute("y", number(box.y() + y + MARGIN));
    out.writeCharacters(content);
    out.writeEndElement();
  }

  private static String point(Point point) {
    return number(point.x() + MARGIN) + "," + number(point.y() + MARGIN);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
