package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.provider.drift.Grade;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Markdown says what matters first, calls nobody, and fits into an issue. */
class DriftMarkdownTests {
  @TempDir private Path folder;

  private Workspace workspace() {
    return new Workspace(folder, false);
  }

  @Test
  void whatIsCleanIsShort() {
    assertThat(DriftMarkdown.of(DriftSamples.report(DriftSamples.CLEAN), workspace()))
        .isEqualTo(
            """
            ### pgha drift: clean

            2026-10-01 03:00 UTC, 4.2 s, pgha 1.2.3

            """);
  }

  @Test
  void everythingOfARoot() {
    assertThat(DriftMarkdown.of(DriftSamples.report(DriftSamples.FULL), workspace()))
        .isEqualTo(
            """
            ### pgha drift: 3 findings (1 danger to data, 1 security, 1 degraded), 2 could not be looked at, 3 not applied yet, 1 ignored

            2026-10-01 03:00 UTC, 4.2 s, pgha 1.2.3

            - Warning: **An argument is old**. Use another.

            - Not seen: **db-3: unreachable.** Nothing answers at 10.0.0.3:22. See that the machine is up. Nobody knows of: `host.db["db-3"]`, `patroni_node.db["db-3"]`.
            - Not seen: **no quorum.** Two of three etcd members are down.

            #### Danger to data (1)

            | where | what | found | expected |
            |---|---|---|---|
            | `etcd_member.db["db-1"]` | `foreign-member` | `etcd has a member "intruder" that nobody declared` |  |

            #### Security (1)

            | where | what | found | expected |
            |---|---|---|---|
            | `patroni_node.db["db-1"] on db-1` | `file:/etc/patroni/config.yml` | `0666` | `0640` |

            #### Degraded (1)

            | where | what | found | expected |
            |---|---|---|---|
            | `haproxy_lb.main["lb-1"] and 1 more on lb-1, lb-2` | `file:/etc/haproxy/haproxy.cfg` | `maxconn 50` | `maxconn 400` |

            - `.pghaignore` line 2: `vip.* * *`, it has expired on 2026-09-01

            <details><summary>3 not applied yet</summary>

            - `patroni_cluster.main (update): parameters.work_mem`
            - `vip.main (move, moved from vip.old)`
            - `host.old (delete)`

            </details>

            <details><summary>1 ignored</summary>

            - `host.db["db-1"] on db-1: package:etcd: 0666, expected 0640` until 2027-01-31: an upgrade is under way

            </details>

            <details><summary><code>etcd_member.db["db-1"]: etcd has a member "intruder" that nobody declared</code></summary>

            It takes part in every vote.

            - `etcd_member.db["db-1"]`, no longer declared

            Kind `foreign-member`, fingerprint `%s`

            </details>

            <details><summary><code>patroni_node.db["db-1"] on db-1: file:/etc/patroni/config.yml: 0666, expected 0640</code></summary>

            - `patroni_node.db["db-1"] on db-1`, declared in `clusters/my prod/main.pgha.hcl:30`, since 2026-09-21 14:13 UTC (the file's time)

            Kind `file-mode`, fingerprint `%s`

            Repair:

            ```sh
            pgha apply
            ```

            </details>

            <details><summary><code>haproxy_lb.main["lb-1"] and 1 more on lb-1, lb-2: file:/etc/haproxy/haproxy.cfg: maxconn 50, expected maxconn 400</code></summary>

            Fewer clients can connect than declared.

            - `haproxy_lb.main["lb-1"] on lb-1`, declared in `clusters/my prod/main.pgha.hcl:12`, since 2026-09-21 14:13 UTC (the file's time)
            - `haproxy_lb.main["lb-2"] on lb-2`, declared in `clusters/my prod/main.pgha.hcl:12`, since 2026-09-21 14:13 UTC (the file's time)

            Kind `file-content`, fingerprint `%s`

            ```diff
            @@ -1,2 +1,2 @@
             global
            -  maxconn 50
            +  maxconn 400
            ```

            Repair:

            ```sh
            pgha apply -target='haproxy_lb.main'
            ```

            </details>

            """
                .formatted(
                    DriftSamples.FOREIGN.fingerprint(),
                    DriftSamples.MODE.fingerprint(),
                    DriftSamples.CONTENT.fingerprint()));
  }

  @Test
  void ofSeveralRootsEachIsNamed() {
    assertThat(DriftMarkdown.of(DriftSamples.all(), workspace()))
        .contains(
            "pgha 1.2.3, 3 roots: 1 clean, 1 with drift, 1 failed",
            "- Error: `clusters/other` **There is no argument \"adress\"**. Did you mean address?\n",
            "| `clusters/my prod` `etcd_member.db[\"db-1\"]` |",
            "<details><summary><code>clusters/my prod</code> <code>etcd_member");
  }

  @Test
  void whatAHostileMachineSaysStaysText() {
    String text = DriftMarkdown.of(DriftSamples.hostile(), workspace());
    String outside = text.replaceAll("(?s)\n(`{3,})\\w*\n.*?\n\\1\n", "\n");
    assertThat(
            outside
                .replaceAll("<code>[^<]*</code>", "")
                .replaceAll("(?<![`\\\\])(`+)(?!`)(.*?)(?<!`)\\1(?!`)", ""))
        .doesNotContain("<script>", "@everyone", "#12", "\n::error", "\u001b", "\u202E")
        .doesNotContainPattern("(?<!\\\\)\\]\\(");
    for (String line : text.lines().filter(each -> each.startsWith("| ")).toList()) {
      assertThat(line.replace("\\|", "").chars().filter(each -> each == '|'))
          .as("cells of %s", line)
          .hasSize(5);
    }
    assertThat(text).contains("\n``````diff\n").contains("\n````sh\n");
  }

  @Test
  void codeHoldsAnyText() {
    assertThat(Markdown.code("a`b``c")).isEqualTo("```a`b``c```");
    assertThat(Markdown.code("`a`")).isEqualTo("`` `a` ``");
    assertThat(Markdown.code("")).isEmpty();
    assertThat(Markdown.cell("a|b")).isEqualTo("`a\\|b`");
    assertThat(Markdown.text("@you fix #1 <b> *x* a_b $1 ~ `c` & [d](e)"))
        .isEqualTo(
            "@&#8203;you fix #&#8203;1 &lt;b&gt; \\*x\\* a\\_b \\$1 \\~ \\`c\\` &amp; \\[d\\](e)");
  }

  @Test
  void whatDoesNotFitIntoAnIssueIsLeftOutAndThatIsSaid() {
    List<String> lines = IntStream.range(0, 1000).mapToObj(each -> "+ line é " + each).toList();
    List<Finding> findings =
        IntStream.range(0, 300)
            .mapToObj(each ->
                DriftSamples.finding(
                    "file-content",
                    "file:/etc/" + each,
                    Grade.DEGRADED,
                    "x",
                    "y",
                    "",
                    lines,
                    List.of(DriftSamples.place("a.b", "h", 1)),
                    ""))
            .toList();
    RootReport root = DriftSamples.root(".", List.of(), findings);
    String text = DriftMarkdown.of(DriftSamples.report(root), workspace());
    assertThat(text.getBytes(StandardCharsets.UTF_8).length)
        .isBetween(50_000, DriftMarkdown.MOST_BYTES);
    assertThat(text)
        .contains("`file:/etc/299`", "… and 800 more lines")
        .endsWith(
            """
            </details>


            **The rest is left out here: an issue takes no more than 65,536 characters. Everything \
            is in the JSON and HTML of the same run (`-out json=FILE`, `-out html=FILE`).**
            """);
    String opened =
        text.lines().filter(line -> line.startsWith("<details>")).collect(Collectors.joining());
    assertThat(opened.split("<details>", -1)).hasSameSizeAs(text.split("</details>", -1));
  }
}
