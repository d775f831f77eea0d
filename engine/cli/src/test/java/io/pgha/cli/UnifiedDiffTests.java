package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTests {
  @TempDir private Path folder;

  @Test
  void ofEqualTextsIsEmpty() {
    assertThat(UnifiedDiff.of("x", "a\n", "a\n")).isEmpty();
    assertThat(UnifiedDiff.of("x", "", "")).isEmpty();
  }

  @Test
  void changesThatAreNearShareAHunkAndOthersDoNot() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
    assertThat(UnifiedDiff.of("x", before, before.replace("1\n2", "1\nb").replace("9", "i")))
        .contains("@@ -1,10 +1,10 @@\n")
        .hasLineCount(15);
    assertThat(UnifiedDiff.of("x", before, before.replace("2", "b").replace("10", "j")))
        .contains("@@ -1,5 +1,5 @@\n")
        .contains("@@ -7,4 +7,4 @@\n");
  }

  @Test
  void makesTheNewTextOfTheOldOne() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "there is no patch here: skipped");
    Random random = new Random(9);
    for (int i = 0; i < 40; i++) {
      String before = lines(random);
      String after = random.nextBoolean() ? before.replace("a\n", "b\n") : lines(random);
      assertThat(patched(before, UnifiedDiff.of("x", before, after))).isEqualTo(after);
    }
  }

  private static String lines(Random random) {
    StringBuilder lines = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      lines.append((char) ('a' + random.nextInt(4))).append('\n');
    }
    return lines + (random.nextBoolean() ? "end" : "");
  }

  private String patched(String before, String diff) throws IOException, InterruptedException {
    Path file = folder.resolve("x");
    Path patch = folder.resolve("patch");
    Files.writeString(file, before);
    Files.writeString(patch, diff);
    if (!diff.isEmpty()) {
      Process process =
          new ProcessBuilder(
                  "/usr/bin/patch", "--quiet", "--force", "-i", patch.toString(), file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
    // patch removes a file that becomes empty.
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
