package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.format.CanonicalForm;
import io.pgha.language.syntax.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents show is true: HCL parses, and each {@link Example} validates; commands exist
 * and take the options that they are shown with; links lead somewhere.
 */
class DocsTests {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");
  private static final Pattern WORD =
      Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"|>&;#])+|[|>&;#]");

  @TempDir private Path folder;

  /** A fenced block and where it stands. */
  record Block(Path file, int line, String kind, String text) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** A command line and where it stands. */
  record Command(Path file, int line, List<String> words) {
    @Override
    public String toString() {
      return file + ":" + line + " " + String.join(" ", words);
    }
  }

  /** A link to a file of the checkout and where it stands. */
  record Link(Path file, String target) {}

  @ParameterizedTest
  @MethodSource("hcl")
  void hclParses(Block block) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFiles sources = new SourceFiles();
    SourceFile source = sources.add(SourceFile.of(block.toString(), block.text()));
    Parser.parseFile(source, diagnostics);
    DiagnosticText text = new DiagnosticText(sources, false, 100);
    assertThat(diagnostics.all()).extracting(text::render).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hcl")
  void hclIsInItsCanonicalForm(Block block) {
    SourceFile source = SourceFile.of(block.toString(), block.text());
    assertThat(CanonicalForm.of(source, new Diagnostics())).contains(block.text());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesValidate(Example example) throws IOException {
    example.write(folder);
    Documents.Verdict verdict = Documents.validate(folder, Map.of());
    assertThat(verdict.errors()).isEmpty();
    assertThat(verdict.out()).isEqualTo("The configuration is valid.\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsExistAndTakeTheirOptions(Command command) {
    String[] arguments = command.words().toArray(String[]::new);
    assertThatCode(() -> Main.commandLine(arguments).parseArgs(arguments))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("links")
  void linksLeadSomewhere(Link link) {
    Path target = Documents.ROOT.resolve(link.file()).resolveSibling(link.target()).normalize();
    assertThat(target).exists();
  }

  /** What is only shown is not tried. */
  @Test
  void theLanguagesPagesTryAllThatTheyShow() {
    assertThat(blocks())
        .filteredOn(block -> block.file().startsWith("docs/language"))
        .filteredOn(block -> block.kind().matches("hcl|json"))
        .isEmpty();
  }

  static List<Block> hcl() {
    return blocks().filter(block -> block.kind().matches("hcl( .*)?")).toList();
  }

  static List<Example> examples() {
    return documents().flatMap(file -> Example.of(blocks(file)).stream()).toList();
  }

  static List<Command> commands() {
    return blocks()
        .filter(block -> block.kind().equals("sh"))
        .flatMap(DocsTests::commands)
        .toList();
  }

  static List<Link> links() {
    return documents()
        .flatMap(file ->
            LINK.matcher(String.join("\n", lines(file)))
                .results()
                .map(result -> new Link(file, result.group(1))))
        .toList();
  }

  private static Stream<Path> documents() {
    Stream<Path> own =
        Stream.concat(
            Stream.of(Documents.ROOT.resolve("README.md")), Documents.below("docs").stream());
    Stream<Path> readmes =
        Stream.of("examples", "modules")
            .flatMap(folder -> Documents.below(folder).stream())
            .filter(file -> file.endsWith("README.md"));
    return Stream.concat(own, readmes)
        .filter(file -> file.toString().endsWith(".md"))
        .map(Documents.ROOT::relativize);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(Documents.ROOT.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<Block> blocks() {
    return documents().flatMap(file -> blocks(file).stream());
  }

  private static List<Block> blocks(Path file) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String kind = null;
    int start = 0;
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.strip().startsWith("```")) {
        text.append(line).append('\n');
      } else if (kind == null) {
        kind = line.strip().substring(3).strip();
        start = number;
        text.setLength(0);
      } else {
        blocks.add(new Block(file, start, kind, text.toString()));
        kind = null;
      }
    }
    assertThat(kind).as("a block without its end in %s, line %d", file, start).isNull();
    return blocks;
  }

  private static Stream<Command> commands(Block block) {
    List<Command> commands = new ArrayList<>();
    List<String> lines = block.text().lines().toList();
    for (int index = 0; index < lines.size(); index++) {
      int line = block.line() + 1 + index;
      pgha(words(lines.get(index)))
          .ifPresent(words -> commands.add(new Command(block.file(), line, words)));
    }
    return commands.stream();
  }

  /** The words of a line up to where another command or a comment begins. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find() && !matcher.group().matches("[|>&;#]")) {
      words.add(matcher.group().replaceAll("['\"]", ""));
    }
    return words;
  }

  /** What pgha is given, where the line runs it: with variables before it, or in the lab. */
  private static Optional<List<String>> pgha(List<String> words) {
    for (int index = 0; index < words.size(); index++) {
      String word = words.get(index);
      if (word.equals("pgha") || word.endsWith("/bin/pgha")) {
        return Optional.of(words.subList(index + 1, words.size()));
      }
      boolean before = word.matches("[A-Z_]+=.*|.*/lab|lab|run|sudo|then|do|!");
      if (!before) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
