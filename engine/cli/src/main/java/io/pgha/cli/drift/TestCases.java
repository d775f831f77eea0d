package io.pgha.cli.drift;

import io.pgha.cli.drift.Workspace.Spot;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A root's instances as test cases: each has one outcome, whatever was found at it. */
final class TestCases {
  private final RootReport root;
  private final Workspace workspace;
  private final String suite;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final List<Case> cases = new ArrayList<>();

  private TestCases(RootReport root, Workspace workspace) {
    this.root = root;
    this.workspace = workspace;
    this.suite = suite(root, workspace);
  }

  /** How a test ended. */
  enum Outcome {
    PASSED(""),
    FAILED("failure"),
    ERRED("error"),
    SKIPPED("skipped");

    private final String element;

    Outcome(String element) {
      this.element = element;
    }

    /** The XML element that says so; empty for one that passed. */
    String element() {
      return element;
    }
  }

  /**
   * A test case.
   *
   * @param group what it is listed under: the root and the resource type
   * @param name its name, which no other of the group has
   * @param spot the line that declares it, if known
   * @param outcome how it ended
   * @param type what kind of failure it is, in a word; empty for one that passed
   * @param message the failure in one line
   * @param text the failure at length
   */
  record Case(
      String group,
      String name,
      Optional<Spot> spot,
      Outcome outcome,
      String type,
      String message,
      String text) {}

  /** Those of a root: its instances in their order, then what is about none of them. */
  static List<Case> of(RootReport root, Workspace workspace) {
    TestCases made = new TestCases(root, workspace);
    made.collect();
    return List.copyOf(made.cases);
  }

  /** What a root is called: a point would end a package's name. */
  static String suite(RootReport root, Workspace workspace) {
    String path = workspace.path(root);
    return PlainText.line(path.equals(".") ? "root" : path).replace('.', '_');
  }

  private void collect() {
    root.checked().forEach(checked -> types.put(checked.address(), checked.type()));
    root.findings().forEach(finding -> finding.addresses().forEach(this::know));
    root.ignored().forEach(each -> each.finding().addresses().forEach(this::know));
    root.silences().forEach(silence -> silence.addresses().forEach(this::know));
    types.forEach((address, type) -> cases.add(instance(address, type)));
    root.silences().stream()
        .filter(silence -> silence.addresses().isEmpty())
        .forEach(this::silence);
    root.problems().stream().filter(Diagnostic::isError).forEach(this::problem);
  }

  private void know(String address) {
    types.computeIfAbsent(address, TestCases::type);
  }

  private static String type(String address) {
    try {
      return InstanceAddress.parse(address).type();
    } catch (IllegalArgumentException e) {
      return "other";
    }
  }

  private Case instance(String address, String type) {
    List<Finding> findings =
        root.findings().stream().filter(each -> each.addresses().contains(address)).toList();
    List<Silence> silences =
        root.silences().stream().filter(each -> each.addresses().contains(address)).toList();
    List<Ignored> ignored =
        root.ignored().stream()
            .filter(each -> each.finding().addresses().contains(address))
            .toList();
    List<String> text = new ArrayList<>();
    findings.forEach(finding -> text.addAll(lines(finding)));
    silences.forEach(silence -> text.addAll(lines(silence)));
    ignored.forEach(each -> text.add(reason(each)));
    if (!findings.isEmpty()) {
      Finding gravest = findings.getFirst();
      String more = findings.size() > 1 ? " (and " + (findings.size() - 1) + " more)" : "";
      return test(
          address, type, Outcome.FAILED, gravest.code(), FindingText.title(gravest) + more, text);
    }
    if (!silences.isEmpty()) {
      Silence first = silences.getFirst();
      return test(
          address,
          type,
          Outcome.ERRED,
          first.code(),
          "not seen, " + FindingText.silence(first),
          text);
    }
    if (!ignored.isEmpty()) {
      return test(address, type, Outcome.SKIPPED, "ignored", reason(ignored.getFirst()), text);
    }
    return test(address, type, Outcome.PASSED, "", "", List.of());
  }

  private Case test(
      String address,
      String type,
      Outcome outcome,
      String kind,
      String message,
      List<String> text) {
    return new Case(
        suite + "." + type,
        PlainText.line(address),
        workspace.declared(root, declared(address)),
        outcome,
        PlainText.line(kind),
        message,
        String.join("\n", text));
  }

  private Optional<SourceRange> declared(String address) {
    Predicate<Place> here = place -> place.address().equals(address);
    return root.findings().stream()
        .flatMap(finding -> finding.places().stream())
        .filter(here)
        .flatMap(place -> place.declared().stream())
        .findFirst();
  }

  private void silence(Silence silence) {
    add("unseen", FindingText.silence(silence), silence.code(), lines(silence), Optional.empty());
  }

  private void problem(Diagnostic problem) {
    add(
        "problem",
        PlainText.line(problem.summary()),
        problem.code(),
        List.of(PlainText.clean(problem.detail())),
        workspace.declared(root, problem.subject()));
  }

  /** Of two cases with one name GitLab shows the first only. */
  private void add(
      String group, String title, String code, List<String> text, Optional<Spot> spot) {
    String name = title;
    for (int number = 2; isTaken(group, name); number++) {
      name = title + " (" + number + ")";
    }
    cases.add(
        new Case(
            suite + "." + group,
            name,
            spot,
            Outcome.ERRED,
            PlainText.line(code),
            title,
            String.join("\n", text)));
  }

  private boolean isTaken(String group, String name) {
    return cases.stream()
        .anyMatch(each -> each.group().equals(suite + "." + group) && each.name().equals(name));
  }

  private List<String> lines(Finding finding) {
    List<String> lines = new ArrayList<>();
    lines.add(FindingText.title(finding));
    FindingText.facts(finding, root, workspace).forEach(line -> lines.add("  " + line));
    finding.diff().forEach(line -> lines.add("    " + PlainText.clean(line)));
    return lines;
  }

  private static List<String> lines(Silence silence) {
    return List.of(
        "not seen, " + FindingText.silence(silence), "  " + PlainText.line(silence.reason()));
  }

  private static String reason(Ignored ignored) {
    return PlainText.line(
        "ignored until %s, %s: %s"
            .formatted(ignored.expires(), ignored.reason(), FindingText.title(ignored.finding())));
  }
}
