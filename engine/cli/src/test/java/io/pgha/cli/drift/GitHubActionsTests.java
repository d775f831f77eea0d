package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.provider.drift.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub Actions gets annotations and a summary page. */
class GitHubActionsTests {
  @TempDir private Path folder;

  private Workspace gitHub() {
    return Workspace.of(folder, Map.of("GITHUB_ACTIONS", "true"));
  }

  @Test
  void elsewhereNothingIsSaid() {
    assertThat(GitHubActions.annotations(DriftSamples.all(), Workspace.of(folder, Map.of())))
        .isEmpty();
  }

  @Test
  void eachFindingIsAnnotatedWhereItIsDeclared() {
    assertThat(GitHubActions.annotations(DriftSamples.report(DriftSamples.FULL), gitHub()))
        .isEqualTo(
            """
            ::error file=clusters/my prod/main.pgha.hcl,line=1,title=Drift%3A foreign member::\
            etcd_member.db["db-1"]: etcd has a member "intruder" that nobody declared\
            %0Agrade: danger to data%0Aat: etcd_member.db["db-1"]%0AIt takes part in every vote.
            ::error file=clusters/my prod/main.pgha.hcl,line=30,title=Drift%3A file mode::\
            patroni_node.db["db-1"] on db-1: file:/etc/patroni/config.yml: 0666, expected 0640\
            %0Agrade: security%0Aat: patroni_node.db["db-1"] on db-1, clusters/my prod/main.pgha.hcl:30, \
            since 2026-09-21 14:13 UTC (the file's time)%0Arepair: pgha apply
            ::warning title=An argument is old::Use another.
            ::warning file=clusters/my prod/main.pgha.hcl,line=12,title=Drift%3A file content::\
            haproxy_lb.main["lb-1"] and 1 more on lb-1, lb-2: file:/etc/haproxy/haproxy.cfg: \
            maxconn 50, expected maxconn 400%0Agrade: degraded\
            %0Aat: haproxy_lb.main["lb-1"] on lb-1, clusters/my prod/main.pgha.hcl:12, \
            since 2026-09-21 14:13 UTC (the file's time)\
            %0Aat: haproxy_lb.main["lb-2"] on lb-2, clusters/my prod/main.pgha.hcl:12, \
            since 2026-09-21 14:13 UTC (the file's time)\
            %0AFewer clients can connect than declared.\
            %0Arepair: pgha apply -target='haproxy_lb.main'
            ::warning title=Not seen%3A db-3%3A unreachable::Nothing answers at 10.0.0.3:22. \
            See that the machine is up.
            ::warning title=Not seen%3A no quorum::Two of three etcd members are down.
            ::warning file=clusters/my prod/.pghaignore,line=2,title=.pghaignore::\
            it has expired on 2026-09-01: vip.* * *
            ::notice file=clusters/my prod/cluster.pgha.hcl,line=7,title=Not applied yet%2C which is \
            no drift::patroni_cluster.main (update): parameters.work_mem%0Avip.main (move, moved from vip.old)%0Ahost.old (delete)
            """);
  }

  @Test
  void noMachineCanGiveCommands() {
    String said = GitHubActions.annotations(DriftSamples.hostile(), gitHub());
    assertThat(said.lines()).allMatch(line -> line.matches("::(error|warning|notice) .*"));
    assertThat(said).doesNotContain("\r", "\u001b").contains("%250A::error::x");
    assertThat(said).contains("file=clusters/my prod/a b/%25|`é.pgha.hcl,line=3,");
  }

  @Test
  void whatGitHubWouldDropIsCounted() {
    List<Finding> findings =
        IntStream.range(0, 25)
            .mapToObj(each ->
                DriftSamples.finding(
                    "file-mode",
                    "file:/" + each,
                    Grade.SECURITY,
                    DriftSamples.place("a.b", "h", each + 1)))
            .toList();
    RootReport root = DriftSamples.root(".", List.of(), findings);
    List<String> lines =
        GitHubActions.annotations(DriftSamples.report(root), gitHub()).lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.getFirst()).startsWith("::error file=main.pgha.hcl,line=1,");
    assertThat(lines.getLast())
        .isEqualTo(
            "::error title=And 16 more::GitHub shows no more than 10 of a kind. All are in the"
                + " step's summary and in the files that pgha drift -out writes.");
  }

  @Test
  void theSummaryPageIsAddedTo() throws IOException {
    Path page = Files.writeString(folder.resolve("summary.md"), "before\n");
    GitHubActions.summarize(
        DriftSamples.report(DriftSamples.CLEAN),
        gitHub(),
        Map.of("GITHUB_STEP_SUMMARY", page.toString()));
    assertThat(page).content().startsWith("before\n### pgha drift: clean\n");
    GitHubActions.summarize(DriftSamples.all(), gitHub(), Map.of());
    assertThat(folder).isDirectoryContaining(file -> file.equals(page));
  }

  @Test
  void whatIsPrintedBesidesGivesNoCommands() {
    assertThat(GitHubActions.inert("a::b\n \u00A0\t::error::x\n:::y\n##[error]z ###[w"))
        .isEqualTo("a::b\n \u00A0\t: :error::x\n: ::y\n## [error]z ### [w");
    // .NET passes over characters that take no room.
    assertThat(GitHubActions.inert("\u200B:\u00AD:error::x\n#\u200B#\uFE0F[y"))
        .isEqualTo("\u200B: \u00AD:error::x\n#\u200B# \uFE0F[y");
  }
}
