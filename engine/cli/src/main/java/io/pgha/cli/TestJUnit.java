package io.pgha.cli;

import io.pgha.cli.TestRecord.Ended;
import io.pgha.cli.drift.PlainText;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.test.Status;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What came of tests as JUnit XML: a suite for each file, a test case for each run. */
final class TestJUnit {
  private static final int WIDTH = 78;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final XMLStreamWriter out;
  private final DiagnosticText text;

  private TestJUnit(XMLStreamWriter out, SourceFiles sources) {
    this.out = out;
    this.text = new DiagnosticText(sources, false, WIDTH);
  }

  /** The document. */
  static String of(TestRecord record, SourceFiles sources) {
    StringWriter document = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(document);
      new TestJUnit(out, sources).write(record);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string takes all", e);
    }
    return document.toString();
  }

  private void write(TestRecord record) throws XMLStreamException {
    out.writeStartDocument("UTF-8", "1.0");
    open(0, "testsuites");
    for (var file : record.files().entrySet()) {
      suite(file.getKey(), file.getValue().values());
    }
    close(0);
    out.writeEndDocument();
    out.writeCharacters("\n");
  }

  private void suite(TestFile file, Collection<Ended> runs) throws XMLStreamException {
    open(1, "testsuite");
    attribute("name", file.name());
    attribute("tests", String.valueOf(runs.size()));
    attribute("skipped", count(runs, Status.SKIP));
    attribute("failures", count(runs, Status.FAIL));
    attribute("errors", count(runs, Status.ERROR));
    for (Ended run : runs) {
      test(file, run);
    }
    close(1);
  }

  private static String count(Collection<Ended> runs, Status status) {
    return String.valueOf(runs.stream().filter(run -> run.result().status() == status).count());
  }

  private void test(TestFile file, Ended ended) throws XMLStreamException {
    open(2, "testcase");
    attribute("name", ended.run().name());
    attribute("classname", file.name());
    attribute("file", file.name());
    attribute("line", String.valueOf(ended.run().range().start().line()));
    attribute("time", seconds(ended.result().took()));
    attribute("timestamp", TIME.format(ended.result().started()));
    List<Diagnostic> found = ended.result().found();
    switch (ended.result().status()) {
      case PASS -> {}
      case SKIP -> {
        open(3, "skipped");
        attribute("message", "An earlier run of the file could not be tried");
        out.writeEndElement();
      }
      case FAIL -> problem("failure", found);
      case ERROR -> problem("error", found);
    }
    List<Diagnostic> warnings = found.stream().filter(each -> !each.isError()).toList();
    if (!warnings.isEmpty()) {
      open(3, "system-err");
      out.writeCharacters(rendered(warnings));
      out.writeEndElement();
    }
    close(2);
  }

  private void problem(String element, List<Diagnostic> found) throws XMLStreamException {
    List<Diagnostic> errors = found.stream().filter(Diagnostic::isError).toList();
    open(3, element);
    attribute(
        "message", errors.stream().map(Diagnostic::summary).collect(Collectors.joining("; ")));
    out.writeCharacters(rendered(errors));
    out.writeEndElement();
  }

  private String rendered(List<Diagnostic> found) {
    return PlainText.clean(
        found.stream()
            .map(PlainDiagnostic::of)
            .map(text::render)
            .collect(Collectors.joining("\n", "\n", "")));
  }

  private void open(int depth, String name) throws XMLStreamException {
    out.writeCharacters("\n" + "  ".repeat(depth));
    out.writeStartElement(name);
  }

  private void close(int depth) throws XMLStreamException {
    out.writeCharacters("\n" + "  ".repeat(depth));
    out.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, PlainText.line(value));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
