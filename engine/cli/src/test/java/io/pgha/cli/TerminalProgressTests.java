package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.step.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal shows at a moment of a run. */
class TerminalProgressTests {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[?]?([0-9;]*)([A-Za-z])");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private List<PlannedInstance> instances;
  private TerminalProgress progress;
  private long seconds;

  @BeforeEach
  void plan() throws Exception {
    instances = PlannedCreations.of(folder, 40).instances();
    Console console =
        new Console(
            new Surroundings(
                new CheckedOutput(out),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                Map.of("NO_COLOR", "1"),
                false),
            new ViewOptions());
    progress = new TerminalProgress(console, () -> seconds * 1_000_000_000);
  }

  /** The lines that a terminal shows after all that was written to it. */
  private List<String> screen() {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    String text = out.toString(StandardCharsets.UTF_8);
    Matcher escape = ESCAPE.matcher(text);
    for (int i = 0; i < text.length(); ) {
      if (escape.find(i) && escape.start() == i) {
        if (escape.group(2).equals("A")) {
          row -= Integer.parseInt(escape.group(1));
        } else if (escape.group(2).equals("J")) {
          lines.subList(row, lines.size()).clear();
          lines.add(new StringBuilder());
        }
        i = escape.end();
        continue;
      }
      char character = text.charAt(i++);
      if (character == '\n') {
        row++;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (character != '\r') {
        lines.get(row).append(character);
      }
    }
    return lines.stream().map(StringBuilder::toString).filter(line -> !line.isEmpty()).toList();
  }

  private static Step step(String path) {
    return new Step.RemovePath(path, false);
  }

  @Test
  void eachHostSaysWhatItIsDoingAndSinceWhen() {
    progress.stepStarted(instances.get(0), "db-1", step("/a"));
    seconds = 2;
    progress.stepStarted(instances.get(1), "lb-10", step("/b"));
    seconds = 5;
    progress.waiting(instances.get(2), "nobody leads");
    assertThat(screen())
        .containsExactly(
            "  db-1      5 s  remove /a  terraform_data.a[0]",
            "  lb-10     3 s  remove /b  " + instances.get(1).address(),
            "  " + instances.get(2).address() + " waits: nobody leads");
  }

  @Test
  void whatIsDoneScrollsByAndTheRestStaysBelow() {
    progress.stepStarted(instances.get(0), "db-1", step("/a"));
    progress.stepStarted(instances.get(1), "db-2", step("/b"));
    seconds = 4;
    progress.done(instances.get(0), Duration.ofSeconds(4));
    progress.failed(instances.get(2), Diagnostic.error("step-failed", "Failed", "No space."));
    List<String> screen = screen();
    assertThat(screen).hasSize(3);
    assertThat(screen.get(0)).contains("4.0 s", "terraform_data.a[0]: created after 4.0 s");
    assertThat(screen.get(1)).contains(instances.get(2).address(), "failed");
    assertThat(screen.get(2)).startsWith("  db-2");
    progress.close();
    assertThat(screen()).hasSize(2);
  }

  @Test
  void twoThingsThatAHostDoesHaveALineEach() {
    progress.stepStarted(instances.get(0), "db-1", step("/a"));
    progress.stepStarted(instances.get(1), "db-1", step("/b"));
    assertThat(screen()).hasSize(2);
    progress.stepDone(instances.get(1), "db-1", step("/b"), Duration.ZERO);
    assertThat(screen()).singleElement().asString().contains("/a");
  }

  @Test
  void noMoreIsDrawnThanAScreenHolds() {
    for (int i = 0; i < 40; i++) {
      progress.stepStarted(instances.get(i), "db-" + i, step("/x"));
    }
    assertThat(screen()).hasSize(20).last().isEqualTo("  and 21 more");
  }
}
