package io.pgha.cli.view;

import java.io.StringWriter;
import java.util.Locale;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a drawing element by element; escapes all that it is given. Not thread-safe. */
public final class SvgWriter {
  private final XMLStreamWriter out;

  private SvgWriter(XMLStreamWriter out) {
    this.out = out;
  }

  private interface Writing {
    void to(XMLStreamWriter out) throws XMLStreamException;
  }

  /**
   * A drawing.
   *
   * @param width how wide it is
   * @param height how high it is
   * @param style its class
   * @param role its role for those who can't see it
   * @param label what it is called
   * @param content writes what is in it
   */
  public static String draw(
      double width,
      double height,
      String style,
      String role,
      String label,
      Consumer<SvgWriter> content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      SvgWriter svg = new SvgWriter(out);
      out.writeStartElement("svg");
      out.writeDefaultNamespace("http://www.w3.org/2000/svg");
      svg.attributes("viewBox", "0 0 " + number(width) + " " + number(height));
      svg.attributes("width", number(width), "height", number(height));
      svg.attributes("class", style, "role", role, "aria-label", label);
      content.accept(svg);
      out.writeEndElement();
      out.close();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
    return text.toString();
  }

  private static IllegalStateException failed(XMLStreamException e) {
    return new IllegalStateException("writing to memory failed", e);
  }

  private void write(Writing writing) {
    try {
      writing.to(out);
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** Gives the element just begun more attributes: names and values by turns. */
  public void attributes(String... namesAndValues) {
    write(to -> {
      for (int i = 0; i < namesAndValues.length; i += 2) {
        to.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
      }
    });
  }

  /** Begins an element. */
  public void open(String element, String... namesAndValues) {
    write(to -> to.writeStartElement(element));
    attributes(namesAndValues);
  }

  /** Ends the element begun last. */
  public void close() {
    write(XMLStreamWriter::writeEndElement);
  }

  /** An element with nothing in it. */
  public void empty(String element, String... namesAndValues) {
    write(to -> to.writeEmptyElement(element));
    attributes(namesAndValues);
  }

  /** An element with text in it. */
  public void element(String element, String text, String... namesAndValues) {
    open(element, namesAndValues);
    write(to -> to.writeCharacters(text));
    close();
  }

  /** A rectangle. */
  public void rectangle(String style, double x, double y, double width, double height, int radius) {
    empty("rect", "class", style, "x", number(x), "y", number(y));
    attributes("width", number(width), "height", number(height));
    attributes("rx", Integer.toString(radius));
  }

  /** A line of text. */
  public void text(String style, double x, double y, String text) {
    element("text", text, "class", style, "x", number(x), "y", number(y));
  }

  /** A number as drawings have it. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
