package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.ForwardingSession;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.AttributePath;
import io.pgha.state.JournalRecord;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something that only needs others than when it was applied: nothing is done to it, but state has
 * to know, as only state tells in which order to take away what is configured no more. So has it to
 * know what may not be shown.
 */
final class ChangedNeedsTests {
  private static final String A = "terraform_data.a";
  private static final String B = "terraform_data.b";
  private static final String APART =
      """
      resource "terraform_data" "a" {}
      resource "terraform_data" "b" {}
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void applyBothApart() throws Exception {
    bench = new Workbench(folder);
    assertThat(bench.configure(APART).apply()).isTrue();
  }

  private static String needing(String user, String needed) {
    return APART.replace(
        "\"%s\" {".formatted(user),
        "\"%s\" {\n depends_on = [terraform_data.%s]\n".formatted(user, needed));
  }

  private Set<String> needs(String address) throws Exception {
    return bench.state().instances().get(address).dependencies();
  }

  /** What an apply records, in order. */
  private List<JournalRecord> records(String configuration) throws Exception {
    List<JournalRecord> records = Collections.synchronizedList(new ArrayList<>());
    bench.configure(configuration);
    assertThat(bench.apply(Mode.NORMAL, session -> new Watched(session, records)))
        .as("%s", bench.findings())
        .isTrue();
    return records;
  }

  /** A session that tells what is recorded. */
  record Watched(StateSession session, List<JournalRecord> records) implements ForwardingSession {
    @Override
    public void commit(JournalRecord entry) throws StateException {
      records.add(entry);
      session.commit(entry);
    }
  }

  @Test
  void isNoChangeToAnybody() throws Exception {
    assertThat(bench.configure(needing("b", "a")).plan().orElseThrow().isEmpty()).isTrue();
    assertThat(needs(B)).isEmpty();
  }

  @Test
  void isTheOrderInWhichTheyGo() throws Exception {
    assertThat(bench.configure(needing("b", "a")).apply()).isTrue();
    assertThat(needs(B)).containsExactly(A);
    assertThat(records(""))
        .filteredOn(JournalRecord.Removed.class::isInstance)
        .containsExactly(new JournalRecord.Removed(B), new JournalRecord.Removed(A));
  }

  @Test
  void mayTurnRound() throws Exception {
    bench.configure(needing("a", "b")).apply();
    bench.configure(needing("b", "a")).apply();
    assertThat(needs(A)).isEmpty();
    assertThat(records(""))
        .filteredOn(JournalRecord.Removed.class::isInstance)
        .containsExactly(new JournalRecord.Removed(B), new JournalRecord.Removed(A));
  }

  @Test
  void isRecordedWithAMove() throws Exception {
    String moved =
        needing("b", "a").replace("\"b\"", "\"c\"")
            + "moved {\n from = terraform_data.b\n to = terraform_data.c\n}\n";
    assertThat(bench.configure(moved).apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).containsOnlyKeys(A, "terraform_data.c");
    assertThat(needs("terraform_data.c")).containsExactly(A);
  }

  @Test
  void isLeftToPlansThatAreAboutIt() throws Exception {
    bench.configure(needing("b", "a"));
    bench.apply(new PlanOptions(Mode.NORMAL, Set.of(A), Set.of()), session -> session);
    assertThat(needs(B)).isEmpty();
  }

  @Test
  void isRecordedOnce() throws Exception {
    assertThat(records(needing("b", "a"))).hasSize(1);
    assertThat(records(needing("b", "a"))).isEmpty();
  }

  @Test
  void soIsWhatIsSensitiveByNow() throws Exception {
    String sensitive = APART.replace("\"a\" {", "\"a\" {\n input = sensitive(\"x\")\n");
    bench.configure(sensitive.replace("sensitive(\"x\")", "\"x\"")).apply();
    assertThat(records(sensitive)).hasSize(1);
    assertThat(bench.state().instances().get(A).sensitivePaths())
        .extracting(AttributePath::toString)
        .contains("input");
    assertThat(records(sensitive)).isEmpty();
    assertThat(records(sensitive.replace("sensitive(\"x\")", "\"x\""))).hasSize(1);
    assertThat(bench.state().instances().get(A).sensitivePaths()).isEmpty();
  }
}
