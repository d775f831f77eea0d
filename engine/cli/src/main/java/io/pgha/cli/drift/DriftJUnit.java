package io.pgha.cli.drift;

import io.pgha.cli.drift.TestCases.Case;
import io.pgha.cli.drift.TestCases.Outcome;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.RootReport;
import io.pgha.language.diagnostic.Diagnostic;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report as JUnit XML: a suite for each root, a test case for each instance that was compared.
 *
 * <p>A test case has at most one failure, which tells of all its findings: Jenkins reads the first
 * one only.
 */
public final class DriftJUnit {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final XMLStreamWriter out;
  private final DriftReport report;
  private final Workspace workspace;

  private DriftJUnit(XMLStreamWriter out, DriftReport report, Workspace workspace) {
    this.out = out;
    this.report = report;
    this.workspace = workspace;
  }

  /** The document. */
  public static String of(DriftReport report, Workspace workspace) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new DriftJUnit(out, report, workspace).write();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string takes all", e);
    }
    return text.toString();
  }

  private void write() throws XMLStreamException {
    Map<RootReport, List<Case>> suites = new LinkedHashMap<>();
    report.roots().forEach(root -> suites.put(root, TestCases.of(root, workspace)));
    List<Case> all = suites.values().stream().flatMap(List::stream).toList();
    out.writeStartDocument("UTF-8", "1.0");
    open(0, "testsuites");
    attribute("name", "pgha drift");
    counts(all);
    attribute("time", seconds(report.took()));
    for (Map.Entry<RootReport, List<Case>> suite : suites.entrySet()) {
      suite(suite.getKey(), suite.getValue());
    }
    close(0);
    out.writeEndDocument();
    out.writeCharacters("\n");
  }

  private void suite(RootReport root, List<Case> cases) throws XMLStreamException {
    open(1, "testsuite");
    attribute("name", TestCases.suite(root, workspace));
    counts(cases);
    attribute("skipped", count(cases, Outcome.SKIPPED));
    // What a root alone took is not known where there are several.
    attribute("time", seconds(report.roots().size() == 1 ? report.took() : Duration.ZERO));
    attribute("timestamp", TIME.format(report.started()));
    for (Case test : cases) {
      test(test);
    }
    List<String> remarks = remarks(root);
    if (!remarks.isEmpty()) {
      open(2, "system-out");
      out.writeCharacters(String.join("\n", remarks));
      out.writeEndElement();
    }
    close(1);
  }

  private void counts(List<Case> cases) throws XMLStreamException {
    attribute("tests", String.valueOf(cases.size()));
    attribute("failures", count(cases, Outcome.FAILED));
    attribute("errors", count(cases, Outcome.ERRED));
  }

  private static String count(List<Case> cases, Outcome outcome) {
    return String.valueOf(cases.stream().filter(each -> each.outcome() == outcome).count());
  }

  private void test(Case test) throws XMLStreamException {
    open(2, "testcase");
    attribute("classname", test.group());
    attribute("name", test.name());
    if (test.spot().isPresent()) {
      attribute("file", PlainText.line(test.spot().get().path()));
      attribute("line", String.valueOf(test.spot().get().line()));
    }
    attribute("time", "0.000");
    if (test.outcome() == Outcome.PASSED) {
      out.writeEndElement();
      return;
    }
    open(3, test.outcome().element());
    attribute("message", test.message());
    attribute("type", test.type());
    out.writeCharacters(test.text());
    out.writeEndElement();
    close(2);
  }

  /** What is no test: configuration to be applied, entries to be looked at, warnings. */
  private static List<String> remarks(RootReport root) {
    List<String> lines = new ArrayList<>();
    root.pending().forEach(each -> lines.add("not applied yet: " + FindingText.pending(each)));
    root.ignores()
        .forEach(each ->
            lines.add(
                PlainText.line(
                    ".pghaignore:%d: %s: %s".formatted(each.line(), each.remark(), each.text()))));
    root.problems().stream()
        .filter(problem -> !problem.isError())
        .map(Diagnostic::summary)
        .forEach(warning -> lines.add("warning: " + PlainText.line(warning)));
    return lines;
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
    out.writeAttribute(name, value);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
