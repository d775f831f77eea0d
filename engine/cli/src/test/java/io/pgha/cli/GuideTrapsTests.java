package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that the old guide has, or that can't work, written into the guide's example: each is
 * found at its line by {@code pgha validate}, which never opens a connection.
 *
 * <p>The cases are in {@code guide-traps.txt}: a title, the text of the example, what it becomes,
 * and all that is said about it.
 */
class GuideTrapsTests {
  @TempDir private Path folder;

  record Trap(String title, String before, String after, String said) {
    @Override
    public String toString() {
      return title;
    }

    /** Whether the mistake stops the run. */
    boolean stops() {
      return said.contains("Error: ");
    }
  }

  @ParameterizedTest
  @MethodSource("traps")
  void saysWhatWhereWhyAndWhatToDo(Trap trap) throws IOException {
    Documents.copy(Documents.ROOT.resolve("examples/guide"), folder);
    replace(trap);
    Documents.Verdict verdict = Documents.validate(folder, Documents.variables(folder));
    assertThat(verdict.errors().strip()).isEqualTo(trap.said());
    assertThat(verdict.status()).isEqualTo(trap.stops() ? Operation.FAILED : Operation.OK);
  }

  private void replace(Trap trap) throws IOException {
    int places = 0;
    for (String name : List.of("machines", "database", "balancing", "variables")) {
      Path file = folder.resolve(name + ".pgha.hcl");
      String text = Files.readString(file);
      if (text.contains(trap.before())) {
        places++;
        Files.writeString(file, text.replace(trap.before(), trap.after()));
      }
    }
    assertThat(places).as("files with: %s", trap.before()).isEqualTo(1);
  }

  static List<Trap> traps() throws IOException {
    String text;
    try (InputStream in = GuideTrapsTests.class.getResourceAsStream("guide-traps.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Trap> traps = new ArrayList<>();
    for (String part : text.split("(?m)^=== ", -1)) {
      if (traps.isEmpty() && !part.contains("\n--- ")) {
        continue;
      }
      String[] sections = part.split("(?m)^(--- |\\+\\+\\+ |>>>\n)", -1);
      traps.add(
          new Trap(
              sections[0].strip(), sections[1].strip(), sections[2].strip(), sections[3].strip()));
    }
    return traps;
  }
}
