package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The JUnit XML is what Jenkins and GitLab read. */
class DriftJUnitTests {
  /** What each element may have: its attributes, those without an asterisk always. */
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "testsuites",
          Set.of("name", "tests", "failures", "errors", "time"),
          "testsuite",
          Set.of("name", "tests", "failures", "errors", "skipped", "time", "timestamp"),
          "testcase",
          Set.of("classname", "name", "time", "file*", "line*"),
          "failure",
          Set.of("message", "type"),
          "error",
          Set.of("message", "type"),
          "skipped",
          Set.of("message", "type"),
          "system-out",
          Set.of());

  private static final Map<String, Set<String>> CHILDREN =
      Map.of(
          "testsuites",
          Set.of("testsuite"),
          "testsuite",
          Set.of("testcase", "system-out"),
          "testcase",
          Set.of("failure", "error", "skipped"));

  @TempDir private Path folder;

  private Element parsed(DriftReport report) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    String document = DriftJUnit.of(report, new Workspace(folder, false));
    Element root =
        factory
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(document)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("testsuites");
    assertForm(root);
    assertCounts(root);
    return root;
  }

  private static void assertForm(Element element) {
    Set<String> known = ATTRIBUTES.getOrDefault(element.getTagName(), Set.of());
    Set<String> present = new HashSet<>();
    IntStream.range(0, element.getAttributes().getLength())
        .mapToObj(index -> element.getAttributes().item(index).getNodeName())
        .forEach(present::add);
    for (String name : known) {
      if (!name.endsWith("*")) {
        assertThat(present).contains(name);
      }
      present.remove(name.replace("*", ""));
    }
    assertThat(present).as("attributes of %s", element.getTagName()).isEmpty();
    for (Element child : children(element, "*")) {
      assertThat(CHILDREN.getOrDefault(element.getTagName(), Set.of()))
          .contains(child.getTagName());
      assertForm(child);
    }
  }

  private static void assertCounts(Element suites) {
    List<Element> all = new ArrayList<>();
    for (Element suite : children(suites, "testsuite")) {
      List<Element> tests = children(suite, "testcase");
      all.addAll(tests);
      assertThat(suite.getAttribute("tests")).isEqualTo("" + tests.size());
      assertThat(suite.getAttribute("failures")).isEqualTo(count(tests, "failure"));
      assertThat(suite.getAttribute("errors")).isEqualTo(count(tests, "error"));
      assertThat(suite.getAttribute("skipped")).isEqualTo(count(tests, "skipped"));
      assertThat(tests)
          .extracting(test -> test.getAttribute("classname") + " " + test.getAttribute("name"))
          .doesNotHaveDuplicates();
      assertThat(tests).allSatisfy(test -> assertThat(children(test, "*")).hasSizeLessThan(2));
    }
    assertThat(suites.getAttribute("tests")).isEqualTo("" + all.size());
    assertThat(suites.getAttribute("failures")).isEqualTo(count(all, "failure"));
    assertThat(suites.getAttribute("errors")).isEqualTo(count(all, "error"));
  }

  private static String count(List<Element> tests, String name) {
    return "" + tests.stream().filter(test -> !children(test, name).isEmpty()).count();
  }

  private static List<Element> children(Element element, String name) {
    NodeList nodes = element.getChildNodes();
    List<Element> children = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      Node node = nodes.item(index);
      if (node instanceof Element child && (name.equals("*") || name.equals(child.getTagName()))) {
        children.add(child);
      }
    }
    return children;
  }

  private static String told(Element test) {
    String outcome =
        children(test, "*").stream()
            .map(each -> each.getTagName() + ": " + each.getAttribute("message"))
            .findFirst()
            .orElse("passed");
    return test.getAttribute("classname") + " " + test.getAttribute("name") + " " + outcome;
  }

  @Test
  void anInstanceIsATestCase() throws Exception {
    Element suite = children(parsed(DriftSamples.all()), "testsuite").getFirst();
    assertThat(children(suite, "testcase"))
        .extracting(DriftJUnitTests::told)
        .containsExactly(
            "clusters/my prod.host host.db[\"db-1\"] skipped: ignored until 2027-01-31, an upgrade"
                + " is under way: host.db[\"db-1\"] on db-1: package:etcd: 0666, expected 0640",
            "clusters/my prod.haproxy_lb haproxy_lb.main[\"lb-1\"] failure:"
                + " haproxy_lb.main[\"lb-1\"] and 1 more on lb-1, lb-2:"
                + " file:/etc/haproxy/haproxy.cfg: maxconn 50, expected maxconn 400",
            "clusters/my prod.haproxy_lb haproxy_lb.main[\"lb-2\"] failure:"
                + " haproxy_lb.main[\"lb-1\"] and 1 more on lb-1, lb-2:"
                + " file:/etc/haproxy/haproxy.cfg: maxconn 50, expected maxconn 400",
            "clusters/my prod.patroni_cluster module.a.patroni_cluster.main passed",
            "clusters/my prod.etcd_member etcd_member.db[\"db-1\"] failure:"
                + " etcd_member.db[\"db-1\"]: etcd has a member \"intruder\" that nobody declared",
            "clusters/my prod.patroni_node patroni_node.db[\"db-1\"] failure:"
                + " patroni_node.db[\"db-1\"] on db-1: file:/etc/patroni/config.yml: 0666,"
                + " expected 0640",
            "clusters/my prod.host host.db[\"db-3\"] error: not seen, db-3: unreachable",
            "clusters/my prod.patroni_node patroni_node.db[\"db-3\"] error: not seen, db-3:"
                + " unreachable",
            "clusters/my prod.unseen no quorum error: no quorum");
    assertThat(children(suite, "system-out").getFirst().getTextContent())
        .isEqualTo(
            """
            not applied yet: patroni_cluster.main (update): parameters.work_mem
            not applied yet: vip.main (move, moved from vip.old)
            not applied yet: host.old (delete)
            .pghaignore:2: it has expired on 2026-09-01: vip.* * *
            warning: An argument is old\
            """);
  }

  @Test
  void aFailureSaysAllAndWhereItIsDeclared() throws Exception {
    Element suite = children(parsed(DriftSamples.all()), "testsuite").getFirst();
    Element test = children(suite, "testcase").get(1);
    assertThat(test.getAttribute("file")).isEqualTo("clusters/my prod/main.pgha.hcl");
    assertThat(test.getAttribute("line")).isEqualTo("12");
    Element failure = children(test, "failure").getFirst();
    assertThat(failure.getAttribute("type")).isEqualTo("file-content");
    assertThat(failure.getTextContent())
        .isEqualTo(
            """
            haproxy_lb.main["lb-1"] and 1 more on lb-1, lb-2: file:/etc/haproxy/haproxy.cfg: \
            maxconn 50, expected maxconn 400
              grade: degraded
              at: haproxy_lb.main["lb-1"] on lb-1, clusters/my prod/main.pgha.hcl:12, since \
            2026-09-21 14:13 UTC (the file's time)
              at: haproxy_lb.main["lb-2"] on lb-2, clusters/my prod/main.pgha.hcl:12, since \
            2026-09-21 14:13 UTC (the file's time)
              Fewer clients can connect than declared.
              repair: pgha apply -target='haproxy_lb.main'
                @@ -1,2 +1,2 @@
                 global
                -  maxconn 50
                +  maxconn 400\
            """);
  }

  @Test
  void aRootThatCouldNotBeLookedAtHasErrors() throws Exception {
    Element suite = children(parsed(DriftSamples.all()), "testsuite").get(1);
    assertThat(children(suite, "testcase"))
        .extracting(DriftJUnitTests::told)
        .containsExactly(
            "clusters/other.problem There is no argument \"adress\" error: There is no argument"
                + " \"adress\"",
            "clusters/other.problem The state is locked error: The state is locked");
  }

  @Test
  void allFindingsOfAnInstanceAreOneFailure() throws Exception {
    List<Finding> findings =
        List.of(
            DriftSamples.MODE,
            DriftSamples.finding(
                "file-owner",
                "file:/x",
                io.pgha.provider.drift.Grade.DEGRADED,
                DriftSamples.place("patroni_node.db[\"db-1\"]", "db-1", 30)));
    RootReport root = DriftSamples.root(".", List.of(), findings);
    Element suite = children(parsed(DriftSamples.report(root)), "testsuite").getFirst();
    assertThat(suite.getAttribute("name")).isEqualTo("root");
    assertThat(suite.getAttribute("time")).isEqualTo("4.212");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-10-01T03:00:00");
    Element failure = children(children(suite, "testcase").getFirst(), "failure").getFirst();
    assertThat(failure.getAttribute("message"))
        .endsWith("file:/etc/patroni/config.yml: 0666, expected 0640 (and 1 more)");
    assertThat(failure.getTextContent()).contains("file:/x: 0666, expected 0640");
  }

  @Test
  void whatXmlForbidsIsReplaced() throws Exception {
    Element suite = children(parsed(DriftSamples.hostile()), "testsuite").getFirst();
    assertThat(suite.getTextContent())
        .contains("<script>alert(1)</script>", "]]> & \"q\"", "\uFFFD[31m", "é 🐘")
        .doesNotContain("\u001b", "\u202E");
  }
}
