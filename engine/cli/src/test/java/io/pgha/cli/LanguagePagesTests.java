package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/language shows of {@code pgha console} is what it says. {@code -Dpgha.write=true}
 * writes the answers anew.
 */
class LanguagePagesTests {
  private static final String FENCE = "```";
  private static final Path PAGES = Documents.ROOT.resolve("docs/language");

  @TempDir private Path folder;

  static List<Path> pages() {
    return Documents.below("docs/language");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsWhatTheConsoleSays(Path page) throws IOException {
    String text = Files.readString(page);
    String answered = answered(text.lines().toList());
    if (Boolean.getBoolean("pgha.write")) {
      Files.writeString(page, answered);
    }
    assertThat(answered)
        .as(
            "write it anew with: mvn -pl engine/cli -am test -Dtest=LanguagePagesTests -Dpgha.write=true")
        .isEqualTo(text);
  }

  @Test
  void everyFunctionHasAnExample() throws IOException {
    String page = Files.readString(PAGES.resolve("functions.md"));
    FunctionTable functions = Providers.types().functions();
    List<String> names = new ArrayList<>(functions.names());
    for (String provider : functions.providers().keySet()) {
      for (Function function : functions.ofProvider(provider)) {
        assertThat(function.description()).endsWith(".");
        names.add(function.name());
      }
    }
    assertThat(names)
        .contains("max", "encode_expr")
        .allSatisfy(name ->
            assertThat(Pattern.compile("(^> |\\W)" + name + "\\(").matcher(page).find())
                .as(name)
                .isTrue());
  }

  /** The page with what the console says below each question. */
  private String answered(List<String> lines) throws IOException {
    List<String> answered = new ArrayList<>();
    int next = 0;
    while (next < lines.size()) {
      String line = lines.get(next++);
      answered.add(line);
      if (!line.startsWith(FENCE)) {
        continue;
      }
      List<String> block = new ArrayList<>();
      while (!lines.get(next).equals(FENCE)) {
        block.add(lines.get(next++));
      }
      next++;
      String kind = line.substring(FENCE.length());
      if (kind.equals("hcl validate")) {
        Files.writeString(folder.resolve("main.pgha.hcl"), String.join("\n", block) + "\n");
      } else if (kind.startsWith("file ")) {
        Files.writeString(folder.resolve(kind.substring(5)), String.join("\n", block) + "\n");
      }
      answered.addAll(kind.equals("console") ? asked(block) : block);
      answered.add(FENCE);
    }
    return String.join("\n", answered) + "\n";
  }

  private List<String> asked(List<String> block) {
    List<String> answered = new ArrayList<>();
    List<String> question = new ArrayList<>();
    for (String line : block) {
      if (!line.startsWith(">")) {
        continue;
      }
      // What is indented goes on with the question before it.
      if (!line.startsWith(">  ") && !question.isEmpty()) {
        answer(question, answered);
        question.clear();
      }
      question.add(line);
    }
    answer(question, answered);
    return answered;
  }

  private void answer(List<String> question, List<String> answered) {
    StringBuilder input = new StringBuilder();
    question.forEach(line -> input.append(line.substring(2)).append('\n'));
    Cli.Said said = new Cli(folder).runWith(input.toString(), "console");
    assertThat(said.status()).as("%s\n%s", input, said.errors()).isZero();
    answered.addAll(question);
    said.out().lines().forEach(answered::add);
  }
}
