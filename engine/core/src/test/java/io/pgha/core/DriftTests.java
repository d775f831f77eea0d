package io.pgha.core;

import static io.pgha.core.testing.Workbench.HOSTS;
import static io.pgha.core.testing.Workbench.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pgha.core.drift.DriftCheck.Seen;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.PendingAction;
import io.pgha.core.drift.Silence;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import io.pgha.provider.drift.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the machines are as they were last applied, apart from what is not applied yet. */
final class DriftTests {
  private static final String NOTE_A = "note.all[\"a\"]";
  private static final String NOTE_B = "note.all[\"b\"]";
  private static final String FIRST = "10.0.0.1";
  private static final String SECOND = "10.0.0.2";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void applyNotes() throws Exception {
    bench = new Workbench(folder).configure(HOSTS + NOTES);
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    bench.hosts().forget();
  }

  private Seen look() throws Exception {
    return bench.drift(PlanOptions.NORMAL).orElseThrow();
  }

  @Test
  void isNothingOnAnUntouchedMachine() throws Exception {
    Seen seen = look();
    assertThat(seen.findings()).isEmpty();
    assertThat(seen.pending()).isEmpty();
    assertThat(seen.silences()).isEmpty();
    assertThat(seen.checked()).hasSize(4);
  }

  @Test
  void asksEveryMachineOnceAndChangesNothing() throws Exception {
    bench.hosts().files(FIRST).put("/note", "by hand");
    byte[] state = Files.readAllBytes(folder.resolve("pgha.state.json"));
    look();
    assertThat(bench.hosts().asked()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(bench.hosts().done()).isEmpty();
    assertThat(folder.resolve("pgha.state.json")).hasBinaryContent(state);
    assertThat(folder.toFile().list()).doesNotContain("pgha.state.lock");
  }

  @Test
  void isAnAttributeThatWasChangedByHand() throws Exception {
    bench.hosts().files(FIRST).put("/note", "by hand");
    Seen seen = look();
    assertThat(seen.findings()).hasSize(1);
    Finding finding = seen.findings().getFirst();
    assertThat(finding.code()).isEqualTo("attribute");
    assertThat(finding.subject()).isEqualTo("text");
    assertThat(finding.expected()).isEqualTo("\"note of a\"");
    assertThat(finding.found()).isEqualTo("\"by hand\"");
    assertThat(finding.grade()).isEqualTo(Grade.DEGRADED);
    assertThat(finding.addresses()).containsExactly(NOTE_A);
    assertThat(finding.hosts()).containsExactly("a");
    assertThat(finding.places().getFirst().declared().orElseThrow().toString())
        .isEqualTo("main.pgha.hcl:11,14");
    assertThat(seen.repairs()).containsOnlyKeys(NOTE_A);
  }

  @Test
  void isOneFindingWhereTheCauseIsOne() throws Exception {
    bench.configure(HOSTS + NOTES.replace("note of ${each.key}", "the same"));
    assertThat(bench.apply()).isTrue();
    bench.hosts().files(FIRST).put("/note", "by hand");
    bench.hosts().files(SECOND).put("/note", "by hand");
    Seen seen = look();
    assertThat(seen.findings()).hasSize(1);
    assertThat(seen.findings().getFirst().addresses()).containsExactly(NOTE_A, NOTE_B);
    assertThat(seen.findings().getFirst().hosts()).containsExactly("a", "b");
  }

  @Test
  void neverCallsCleanWhatAnApplyDidNotFinish() throws Exception {
    bench.configure(HOSTS + NOTES + NOTES.replace("\"all\"", "\"more\"").replace("/note", "/more"));
    bench.hosts().refuse("/more", true);
    assertThat(bench.apply()).isFalse();
    bench.hosts().refuse("/more", false);

    Seen seen = look();
    assertThat(seen.findings()).isEmpty();
    assertThat(seen.silences())
        .extracting(Silence::code, Silence::addresses)
        .contains(tuple("half-applied", List.of("note.more[\"a\"]")));
  }

  @Test
  void isToldWhereTheConfigurationCanNotBePlanned() throws Exception {
    bench.hosts().files(FIRST).put("/note", "by hand");
    String condition =
        """
          lifecycle {
            postcondition {
              condition     = self.text == "never"
              error_message = "Never."
            }
          }
        }
        """;
    bench.configure(HOSTS + NOTES.replace("}\"\n}\n", "}\"\n" + condition));

    assertThat(look().findings()).hasSize(1);
    assertThat(bench.findings()).anyMatch(line -> line.startsWith("What is not applied yet"));
  }

  @Test
  void isWhatIsGone() throws Exception {
    bench.hosts().files(FIRST).clear();
    assertThat(look().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo("gone");
          assertThat(finding.summary()).isEqualTo(NOTE_A + ": not there, expected there");
        });
  }

  @Test
  void keepsItsFingerprintWhileItIsTheSameDrift() throws Exception {
    bench.hosts().files(FIRST).put("/note", "by hand");
    String first = look().findings().getFirst().fingerprint();
    bench.hosts().files(FIRST).put("/note", "by another hand");
    assertThat(look().findings().getFirst().fingerprint()).isEqualTo(first).hasSize(16);
  }

  @Nested
  class Fingerprints {
    private String single() throws Exception {
      List<Finding> findings = look().findings();
      assertThat(findings).hasSize(1);
      return findings.getFirst().fingerprint();
    }

    @Test
    void stayWhenTheSameCauseComesToAHostAndLeavesTheFirstOne() throws Exception {
      bench.configure(HOSTS + NOTES.replace("note of ${each.key}", "the same"));
      assertThat(bench.apply()).isTrue();
      bench.hosts().files(FIRST).put("/note", "by hand");
      String before = single();
      bench.hosts().files(SECOND).put("/note", "by hand");
      assertThat(single()).isEqualTo(before);
      bench.hosts().files(FIRST).put("/note", "the same");
      assertThat(single()).isEqualTo(before);
    }

    @Test
    void tellApartWhatHasNotOneCause() throws Exception {
      bench.hosts().files(FIRST).put("/note", "by hand");
      bench.hosts().files(SECOND).put("/note", "by another hand");
      assertThat(look().findings())
          .hasSize(2)
          .extracting(Finding::fingerprint)
          .doesNotHaveDuplicates();
    }

    @Test
    void doNotGoToAnotherDriftWhenTheFirstHostIsRepaired() throws Exception {
      bench.configure(HOSTS + NOTES.replace("note of ${each.key}", "the same"));
      assertThat(bench.apply()).isTrue();
      bench.hosts().files(FIRST).put("/note", "by hand");
      bench.hosts().files(SECOND).put("/note", "by another hand");
      List<Finding> both = look().findings();
      bench.hosts().files(FIRST).put("/note", "the same");
      String left = single();
      assertThat(both)
          .filteredOn(finding -> finding.places().getFirst().address().equals(NOTE_A))
          .extracting(Finding::fingerprint)
          .hasSize(1)
          .doesNotContain(left);
    }
  }

  @Nested
  class NotAppliedYet {
    @Test
    void isPendingAndNoDrift() throws Exception {
      bench.configure(HOSTS + NOTES.replace("note of", "another note of"));
      Seen seen = look();
      assertThat(seen.findings()).isEmpty();
      assertThat(seen.pending())
          .extracting(Pending::address, Pending::action, Pending::attributes)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(NOTE_A, PendingAction.UPDATE, List.of("text")),
              org.assertj.core.groups.Tuple.tuple(NOTE_B, PendingAction.UPDATE, List.of("text")));
    }

    @Test
    void doesNotHideDrift() throws Exception {
      bench.hosts().files(FIRST).put("/note", "by hand");
      bench.configure(HOSTS + NOTES.replace("note of", "another note of"));
      Seen seen = look();
      assertThat(seen.findings()).hasSize(1);
      assertThat(seen.findings().getFirst().expected()).isEqualTo("\"note of a\"");
      assertThat(seen.pending()).hasSize(2);
    }

    @Test
    void isWhatComesAndWhatGoes() throws Exception {
      bench.configure(
          HOSTS
              + """
              resource "note" "new" {
                host = host.all["a"].id
                path = "/new"
                text = "new"
              }
              """);
      Seen seen = look();
      assertThat(seen.findings()).isEmpty();
      assertThat(seen.pending())
          .extracting(Pending::address, Pending::action)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(NOTE_A, PendingAction.DELETE),
              org.assertj.core.groups.Tuple.tuple(NOTE_B, PendingAction.DELETE),
              org.assertj.core.groups.Tuple.tuple("note.new", PendingAction.CREATE));
    }
  }

  @Nested
  class MovedAndNotApplied {
    private static final String MOVED =
        NOTES.replace("\"note\" \"all\"", "\"note\" \"every\"")
            + """
            moved {
              from = note.all
              to   = note.every
            }
            """;
    private static final String NOW_A = "note.every[\"a\"]";
    private static final String NOW_B = "note.every[\"b\"]";

    @Test
    void isPendingAndNoDrift() throws Exception {
      bench.configure(HOSTS + MOVED);
      Seen seen = look();
      assertThat(seen.findings()).isEmpty();
      assertThat(seen.pending())
          .extracting(Pending::address, Pending::action, Pending::previousAddress)
          .containsExactly(
              tuple(NOW_A, PendingAction.MOVE, Optional.of(NOTE_A)),
              tuple(NOW_B, PendingAction.MOVE, Optional.of(NOTE_B)));
      assertThat(seen.pending().getFirst().declared().orElseThrow().toString())
          .isEqualTo("main.pgha.hcl:7,1");
    }

    @Test
    void isToldBesideWhatElseWasChanged() throws Exception {
      bench.configure(HOSTS + MOVED.replace("note of", "another note of"));
      assertThat(look().pending())
          .extracting(Pending::action, Pending::attributes, Pending::previousAddress)
          .containsExactly(
              tuple(PendingAction.UPDATE, List.of("text"), Optional.of(NOTE_A)),
              tuple(PendingAction.UPDATE, List.of("text"), Optional.of(NOTE_B)));
    }

    @Test
    void isToldWhereTheLookIsLimitedToOthers() throws Exception {
      bench.configure(HOSTS + MOVED);
      PlanOptions hosts = new PlanOptions(Mode.NORMAL, Set.of("host.all"), Set.of());
      assertThat(bench.drift(hosts).orElseThrow().pending())
          .extracting(Pending::address)
          .containsExactly(NOW_A, NOW_B);
    }

    @Test
    void doesNotHideDrift() throws Exception {
      bench.hosts().files(FIRST).put("/note", "by hand");
      bench.configure(HOSTS + MOVED);
      Seen seen = look();
      assertThat(seen.findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.addresses()).containsExactly(NOW_A));
      assertThat(seen.isMoving()).isTrue();
    }
  }

  @Test
  void whatIsToBeForgottenIsPending() throws Exception {
    bench.configure(
        HOSTS
            + """
            removed {
              from = note.all
              lifecycle {
                destroy = false
              }
            }
            """);
    Seen seen = look();
    assertThat(seen.findings()).isEmpty();
    assertThat(seen.pending())
        .extracting(Pending::address, Pending::action)
        .containsExactly(tuple(NOTE_A, PendingAction.FORGET), tuple(NOTE_B, PendingAction.FORGET));
    assertThat(seen.isMoving()).isFalse();
  }

  @Test
  void aMereNewOutputIsNone() throws Exception {
    bench.configure(HOSTS + NOTES + "output \"names\" { value = keys(local.hosts) }\n");
    Seen seen = look();
    assertThat(seen.findings()).isEmpty();
    assertThat(seen.pending()).isEmpty();
    assertThat(seen.silences()).isEmpty();
    assertThat(bench.findings()).isEmpty();
  }

  @Nested
  class OutOfReach {
    @Test
    void isNeitherCleanNorDrift() throws Exception {
      bench.hosts().setDown(SECOND, true);
      Seen seen = look();
      assertThat(seen.findings()).isEmpty();
      assertThat(seen.silences())
          .containsExactly(
              new Silence(
                  "b",
                  "unreachable",
                  "b at 10.0.0.2 does not answer.",
                  List.of("host.all[\"b\"]", NOTE_B)));
    }

    @Test
    void doesNotKeepTheOthersFromBeingSeen() throws Exception {
      bench.hosts().setDown(SECOND, true);
      bench.hosts().files(FIRST).put("/note", "by hand");
      assertThat(look().findings()).hasSize(1);
    }

    @Test
    void isAnotherMachineUnderTheOldName() throws Exception {
      bench.hosts().replaceMachine(SECOND);
      Seen seen = look();
      assertThat(seen.findings()).isEmpty();
      assertThat(seen.silences()).extracting(Silence::code).containsOnly("another-machine");
    }
  }

  @Nested
  class Limited {
    @Test
    void looksOnlyAtWhatIsNamedAndWhatItNeeds() throws Exception {
      bench.hosts().files(FIRST).put("/note", "by hand");
      bench.hosts().files(SECOND).put("/note", "by hand");
      PlanOptions one = new PlanOptions(Mode.NORMAL, Set.of(NOTE_B), Set.of());
      Seen seen = bench.drift(one).orElseThrow();
      assertThat(seen.findings().getFirst().addresses()).containsExactly(NOTE_B);
      assertThat(bench.hosts().asked()).containsExactly(SECOND);
    }
  }

  @Test
  void needsAConfigurationWithoutErrors() throws Exception {
    bench.configure(HOSTS + NOTES.replace("note of", "forbidden"));
    assertThat(bench.drift(PlanOptions.NORMAL)).isEmpty();
    assertThat(bench.findings()).contains("Forbidden text: Say something else.");
    assertThat(bench.hosts().asked()).isEmpty();
  }
}
