package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/language shows of {@code pgha console} and {@code pgha plan} is what they say. {@code
 * -Dpgha.write=true} writes the answers anew.
 */
class LanguagePagesTests {
  private static final String FENCE = "```";
  private static final String CONSOLE = "console";
  private static final String STATE = "pgha.state.json";
  private static final Path PAGES = Documents.ROOT.resolve("docs/language");

  @TempDir private Path folder;

  /** Files that all examples of the page find. */
  private final Set<String> common = new TreeSet<>();

  /** Whether the example is applied before the next one takes its place. */
  private boolean applied;

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
      take(kind, String.join("\n", block) + "\n");
      answered.addAll(answered(kind, block));
      answered.add(FENCE);
    }
    return String.join("\n", answered) + "\n";
  }

  private List<String> answered(String kind, List<String> block) {
    if (kind.equals(CONSOLE) || kind.startsWith(CONSOLE + " ")) {
      return asked(block, kind.split(" "));
    }
    return kind.equals("text plan") ? planned() : block;
  }

  /** Takes what a block holds for the example that it belongs to, or begins another one. */
  private void take(String kind, String text) throws IOException {
    List<String> words = List.of(kind.split(" "));
    if (Example.begins(kind)) {
      begin();
      applied = words.getLast().equals("applied");
      write("main.pgha." + words.getFirst(), text);
    } else if (Example.goesOn(kind)) {
      write(words.getLast(), text);
    } else if (words.getFirst().equals("file")) {
      common.add(words.getLast());
      write(words.getLast(), text);
    }
  }

  /** Takes away the example before, save for what it was applied for. */
  private void begin() throws IOException {
    Set<String> kept = new TreeSet<>(common);
    if (applied) {
      Cli.Said said = new Cli(folder).run("apply", "-auto-approve");
      assertThat(said.status()).as(said.errors()).isZero();
      kept.add(STATE);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!kept.contains(folder.relativize(file).toString())) {
          Files.delete(file);
        }
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> planned() {
    Cli.Said said = new Cli(folder).run("plan");
    assertThat(said.status()).as(said.errors()).isZero();
    return said.out().stripTrailing().lines().dropWhile(String::isBlank).toList();
  }

  private List<String> asked(List<String> block, String... words) {
    List<String> answered = new ArrayList<>();
    List<String> question = new ArrayList<>();
    for (String line : block) {
      if (!line.startsWith(">")) {
        continue;
      }
      // What is indented goes on with the question before it.
      if (!line.startsWith(">  ") && !question.isEmpty()) {
        answer(question, answered, words);
        question.clear();
      }
      question.add(line);
    }
    answer(question, answered, words);
    return answered;
  }

  private void answer(List<String> question, List<String> answered, String... words) {
    StringBuilder input = new StringBuilder();
    question.forEach(line -> input.append(line.substring(2)).append('\n'));
    String[] command =
        Stream.of(words)
            .map(word -> word.replace("-var-file=", "-var-file=" + folder + "/"))
            .toArray(String[]::new);
    Cli.Said said = new Cli(folder).runWith(input.toString(), command);
    assertThat(said.status()).as("%s\n%s", input, said.errors()).isZero();
    answered.addAll(question);
    said.out().lines().forEach(answered::add);
  }
}
